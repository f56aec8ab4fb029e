namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>Cast between floating-point types: the gradient in the input's own type. To integers nothing passes.</summary>
internal sealed class CastRule : IGradientRule
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Operators { get; } = ["Cast"];

    /// <inheritdoc/>
    public void Differentiate(GradientContext context)
    {
        if (context.Gradient(0) is not { } gradient || !context.Needs(0))
            return;
        var type = context.Type(context.Input(0)!);
        context.Give(0, type == context.Type(gradient) ? gradient : context.Add("Cast", [gradient], ("to", (long)type)));
    }
}
