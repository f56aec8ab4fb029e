namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>
/// Quantisation: rounding has no gradient, so that of the numbers before rounding stands in for it (the straight-through estimator, Bengio
/// et al. 2013). Readers are warned.
/// </summary>
internal sealed class StraightThroughRule : IGradientRule
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Operators { get; } = ["QuantizeLinear", "DequantizeLinear"];

    /// <summary>Whether an operator's integers stand for the floating-point numbers that it was given.</summary>
    public static bool Carries(string type) => type == "QuantizeLinear";

    /// <inheritdoc/>
    public void Differentiate(GradientContext context)
    {
        if (context.Gradient(0) is not { } gradient || !context.Needs(0))
            return;
        context.Warn("The model is quantised: gradients pass straight through its rounding, as if it did not round.");
        context.Give(0, gradient);
    }
}
