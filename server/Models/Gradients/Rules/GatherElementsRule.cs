namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>GatherElements: the gradient is added up at the places that were read.</summary>
internal sealed class GatherElementsRule : IGradientRule
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Operators { get; } = ["GatherElements"];

    /// <inheritdoc/>
    public void Differentiate(GradientContext context)
    {
        if (!context.Needs(0) || context.Gradient(0) is not { } gradient)
            return;
        context.Give(0, context.Add(
            "ScatterElements",
            [context.ZerosLike(context.Input(0)!), context.Input(1), gradient],
            ("axis", context.Integer("axis", 0)),
            ("reduction", "add")));
    }
}
