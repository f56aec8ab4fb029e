namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>ScatterND without a reduction, or adding, or keeping the larger or smaller: the updates get the gradient of the places that they were written to.</summary>
internal sealed class ScatterNDRule : IGradientRule
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Operators { get; } = ["ScatterND"];

    /// <inheritdoc/>
    public void Differentiate(GradientContext context)
    {
        if (context.Gradient(0) is not { } gradient)
            return;
        ScatterGradient.Give(
            context,
            gradient,
            values => context.Add("GatherND", [values, context.Input(1)]),
            (values, updates) => context.Add("ScatterND", [values, context.Input(1), updates]));
    }
}
