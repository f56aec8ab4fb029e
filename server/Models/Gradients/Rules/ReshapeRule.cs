namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>Operators that keep all elements in their order: the gradient takes the input's shape.</summary>
internal sealed class ReshapeRule : IGradientRule
{
    public IReadOnlyList<string> Operators { get; } = ["Reshape", "Flatten", "Squeeze", "Unsqueeze"];

    public void Differentiate(GradientContext context)
    {
        if (context.Gradient(0) is { } gradient && context.Needs(0))
            context.Give(0, context.ShapedLike(gradient, context.Input(0)!));
    }
}
