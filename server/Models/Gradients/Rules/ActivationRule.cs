namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>Activation functions with parameters or pieces. At their kinks the derivative is that of PyTorch: of the piece on the left.</summary>
internal sealed class ActivationRule : IGradientRule
{
    private static readonly Dictionary<string, Func<GradientContext, string, string, string>> Formula = new(StringComparer.Ordinal)
    {
        ["LeakyRelu"] = (c, g, x) => c.Choose(c.Above(x, 0), g, c.Times(g, c.Number("alpha", 0.01f))),
        ["Elu"] = (c, g, x) => c.Choose(c.Above(x, 0), g, c.Times(c.Times(g, c.Number("alpha", 1)), c.ExpOfNegative(x))),
        ["Celu"] = (c, g, x) => c.Choose(c.Above(x, 0), g, c.Times(g, c.ExpOfNegative(c.Times(x, 1.0 / c.Number("alpha", 1))))),
        ["Selu"] = (c, g, x) => c.Times(
            c.Choose(c.Above(x, 0), g, c.Times(c.Times(g, c.Number("alpha", 1.67326319217681884765625f)), c.ExpOfNegative(x))),
            c.Number("gamma", 1.05070102214813232421875f)),
        ["ThresholdedRelu"] = (c, g, x) => c.OnlyWhere(c.Above(x, c.Number("alpha", 1)), g),
        ["Shrink"] = (c, g, x) => c.OnlyWhere(c.Above(c.Add("Abs", [x]), c.Number("lambd", 0.5f)), g),
        ["HardSigmoid"] = (c, g, x) => c.OnlyWhere(c.Inside(c.Output(0), 0, 1), c.Times(g, c.Number("alpha", 0.2f))),
        ["HardSwish"] = (c, g, x) => c.Choose(
            c.Inside(x, -3, 3), c.Times(g, c.Plus(c.Times(x, 1.0 / 3), 0.5)), c.OnlyWhere(c.Above(x, 0), g)),
        ["Gelu"] = Gelu,
        ["Mish"] = Mish,
        ["Swish"] = Swish,
    };

    /// <inheritdoc/>
    public IReadOnlyList<string> Operators { get; } = [.. Formula.Keys];

    /// <inheritdoc/>
    public void Differentiate(GradientContext context)
    {
        if (context.Gradient(0) is { } gradient && context.Needs(0))
            context.Give(0, Formula[context.Node.OpType](context, gradient, context.Input(0)!));
    }

    // Φ(x) + x·φ(x); with its approximation by tanh, u = √(2/π)(x + 0.044715 x³): ½(1 + t) + ½x(1 − t²)u′.
    private static string Gelu(GradientContext context, string gradient, string x)
    {
        if (context.Text("approximate", "none") == "none")
        {
            var cumulative = context.Times(context.Plus(context.Add("Erf", [context.Times(x, Math.Sqrt(0.5))]), 1), 0.5);
            var density = context.Times(context.Add("Exp", [context.Times(context.Square(x), -0.5)]), 1 / Math.Sqrt(2 * Math.PI));
            return context.Times(gradient, context.Plus(cumulative, context.Times(x, density)));
        }

        const double Cubic = 0.044715;
        var root = Math.Sqrt(2 / Math.PI);
        var square = context.Square(x);
        var t = context.Add("Tanh", [context.Times(x, context.Plus(context.Times(square, root * Cubic), root))]);
        var slope = context.Plus(context.Times(square, 3 * root * Cubic), root);
        var rest = context.Times(context.Times(x, context.OneMinus(context.Square(t))), slope);
        return context.Times(gradient, context.Times(context.Plus(context.Plus(t, 1), rest), 0.5));
    }

    // t + x·(1 − t²)·σ(x), t = tanh(softplus(x)).
    private static string Mish(GradientContext context, string gradient, string x)
    {
        var t = context.Add("Tanh", [context.Add("Softplus", [x])]);
        var rest = context.Times(context.Times(x, context.OneMinus(context.Square(t))), context.Add("Sigmoid", [x]));
        return context.Times(gradient, context.Plus(t, rest));
    }

    // s + αx·s(1 − s), s = σ(αx).
    private static string Swish(GradientContext context, string gradient, string x)
    {
        var scaled = context.Times(x, context.Number("alpha", 1));
        var s = context.Add("Sigmoid", [scaled]);
        return context.Times(gradient, context.Plus(s, context.Times(scaled, context.Times(s, context.OneMinus(s)))));
    }
}
