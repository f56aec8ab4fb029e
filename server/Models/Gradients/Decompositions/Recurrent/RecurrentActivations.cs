namespace ExplainLsp.Models.Gradients.Decompositions.Recurrent;

/// <summary>The activations of LSTM, GRU and RNN nodes, in the order of the node's attribute.</summary>
internal sealed class RecurrentActivations
{
    private readonly DecompositionContext _context;
    private readonly (string Name, float Alpha, float Beta)[] _functions;

    /// <summary>Reads the attributes.</summary>
    /// <param name="context">The node.</param>
    /// <param name="defaults">The activations of one direction when the node names none.</param>
    /// <param name="directions">1 or 2.</param>
    public RecurrentActivations(DecompositionContext context, string[] defaults, int directions)
    {
        _context = context;
        var names = context.Texts("activations") ?? [.. Enumerable.Repeat(defaults, directions).SelectMany(name => name)];
        if (names.Length != defaults.Length * directions)
            throw context.Refuse($"it names {names.Length} activations, not {defaults.Length * directions}");
        var alphas = new Queue<float>(context.Numbers("activation_alpha") ?? []);
        var betas = new Queue<float>(context.Numbers("activation_beta") ?? []);
        _functions = [.. names.Select(name =>
        {
            var (alpha, beta) = Defaults(name);
            return (name, Next(alpha, alphas), Next(beta, betas));
        })];
    }

    /// <summary>Applies an activation.</summary>
    /// <param name="index">Its place in the attribute, directions one after the other.</param>
    /// <param name="x">The tensor.</param>
    public string Apply(int index, string x)
    {
        var (name, alpha, beta) = _functions[index];
        string Scale(string tensor, float factor) => _context.Add("Mul", [tensor, _context.Scalar(factor, x)]);
        return name.ToUpperInvariant() switch
        {
            "RELU" or "TANH" or "SIGMOID" or "SOFTSIGN" or "SOFTPLUS" => _context.Add(Standard(name), [x]),
            "AFFINE" => _context.Add("Add", [Scale(x, alpha), _context.Scalar(beta, x)]),
            "SCALEDTANH" => Scale(_context.Add("Tanh", [Scale(x, beta)]), alpha),
            "LEAKYRELU" => _context.Add("LeakyRelu", [x], ("alpha", alpha)),
            "THRESHOLDEDRELU" => _context.Add("ThresholdedRelu", [x], ("alpha", alpha)),
            "ELU" => _context.Add("Elu", [x], ("alpha", alpha)),
            "HARDSIGMOID" => _context.Add("HardSigmoid", [x], ("alpha", alpha), ("beta", beta)),
            _ => throw _context.Refuse($"its activation {name} is not known here"),
        };
    }

    private static float Next(float? standard, Queue<float> given) =>
        standard is not { } value ? 0 : given.TryDequeue(out var next) ? next : value;

    private static string Standard(string name) => name[..1].ToUpperInvariant() + name[1..].ToLowerInvariant();

    // What the specification gives where the attributes are left out; null where an activation has no such parameter.
    private static (float? Alpha, float? Beta) Defaults(string name) => name.ToUpperInvariant() switch
    {
        "AFFINE" => (1, 0),
        "SCALEDTANH" => (1, 1),
        "LEAKYRELU" => (0.01f, null),
        "THRESHOLDEDRELU" or "ELU" => (1, null),
        "HARDSIGMOID" => (0.2f, 0.5f),
        _ => (null, null),
    };
}
