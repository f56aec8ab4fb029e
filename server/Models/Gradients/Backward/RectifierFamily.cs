namespace ExplainLsp.Models.Gradients.Backward;

/// <summary>
/// Guided backpropagation (Springenberg et al. 2015, section 3.4) and deconvolution (Zeiler and Fergus 2014, section 2.1): rectifiers pass
/// back only what is positive; guided backpropagation also only where the rectifier was active. Rectifiers are Relu, ThresholdedRelu, and
/// Clip and Max with a lower bound of zero (ReLU6 as exporters write it). All other operators keep their gradient.
/// </summary>
/// <param name="kind">Which of the two.</param>
internal sealed class RectifierFamily(BackwardKind kind) : IBackwardFamily
{
    /// <inheritdoc/>
    public bool NeedsReference => false;

    /// <inheritdoc/>
    public bool StartsFromOutput => false;

    /// <inheritdoc/>
    public IReadOnlyList<string> Decomposed => [];

    /// <inheritdoc/>
    public bool Differentiate(GradientContext context)
    {
        if (!IsRectifier(context) || context.Gradient(0) is not { } gradient)
            return false;
        for (var i = 0; i < context.Node.Input.Count; i++)
        {
            if (!context.Needs(i))
                continue;
            var passed = kind == BackwardKind.GuidedBackpropagation ? context.Plain([gradient])[i] : context.ReduceTo(gradient, context.Input(i)!);
            if (passed is not null)
                context.Give(i, context.Add("Relu", [passed]));
        }

        return true;
    }

    private static bool IsRectifier(GradientContext context) => Elementwise.IsStandard(context) && context.Node.OpType switch
    {
        "Relu" or "ThresholdedRelu" => true,
        "Clip" => context.Input(1) is { } low && IsZero(context, low),
        "Max" => context.Node.Input.Any(input => IsZero(context, input)),
        _ => false,
    };

    private static bool IsZero(GradientContext context, string tensor) =>
        context.Constant(tensor) is { } constant && constant.Values.All(value => value == 0);
}
