namespace ExplainLsp.Models.Gradients.Rules;

/// <summary><c>CastLike</c>: the gradient in the input's own type.</summary>
internal sealed class CastLikeRule : IGradientRule
{
    public IReadOnlyList<string> Operators { get; } = ["CastLike"];

    public void Differentiate(GradientContext context)
    {
        if (context.Gradient(0) is { } gradient && context.Needs(0))
            context.Give(0, context.Add("Cast", [gradient], ("to", (long)context.Type(context.Input(0)!))));
    }
}
