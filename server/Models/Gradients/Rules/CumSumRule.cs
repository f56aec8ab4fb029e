namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>CumSum: the gradient is summed the other way round.</summary>
internal sealed class CumSumRule : IGradientRule
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Operators { get; } = ["CumSum"];

    /// <inheritdoc/>
    public void Differentiate(GradientContext context)
    {
        if (!context.Needs(0) || context.Gradient(0) is not { } gradient)
            return;
        context.Give(0, context.Add(
            "CumSum",
            [gradient, context.Input(1)],
            ("exclusive", context.Integer("exclusive", 0)),
            ("reverse", 1 - context.Integer("reverse", 0))));
    }
}
