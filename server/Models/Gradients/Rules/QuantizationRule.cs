namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>QuantizeLinear and DequantizeLinear: rounding to integers and back has no gradient of its own; the pair passes it straight through.</summary>
internal sealed class QuantizationRule : IGradientRule
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Operators { get; } = ["QuantizeLinear", "DequantizeLinear"];

    /// <inheritdoc/>
    public void Differentiate(GradientContext context)
    {
        if (context.Needs(1))
            throw context.Refuse("its scale is computed");
        if (!context.Needs(0) || context.Gradient(0) is not { } gradient)
            return;
        context.Warn("The model is quantised: gradients pass its rounding straight through, so they are those of the model before rounding.");
        context.Give(0, gradient);
    }
}
