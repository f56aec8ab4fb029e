namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>TopK: the gradient of each value goes to the element that it was.</summary>
internal sealed class TopKRule : IGradientRule
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Operators { get; } = ["TopK"];

    /// <inheritdoc/>
    public void Differentiate(GradientContext context)
    {
        if (!context.Needs(0) || context.Gradient(0) is not { } gradient)
            return;
        context.Give(0, context.Add(
            "ScatterElements",
            [context.ZerosLike(context.Input(0)!), context.Output(1), gradient],
            ("axis", context.Integer("axis", -1))));
    }
}
