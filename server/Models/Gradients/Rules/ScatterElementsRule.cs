namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>ScatterElements without a reduction, or adding, or keeping the larger or smaller: the updates get the gradient of the places that they were written to.</summary>
internal sealed class ScatterElementsRule : IGradientRule
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Operators { get; } = ["ScatterElements"];

    /// <inheritdoc/>
    public void Differentiate(GradientContext context)
    {
        if (context.Gradient(0) is not { } gradient)
            return;
        var axis = context.Integer("axis", 0);
        ScatterGradient.Give(
            context,
            gradient,
            values => context.Add("GatherElements", [values, context.Input(1)], ("axis", axis)),
            (values, updates) => context.Add("ScatterElements", [values, context.Input(1), updates], ("axis", axis)));
    }
}
