namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>Where: the gradient goes to the side that was chosen.</summary>
internal sealed class WhereRule : IGradientRule
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Operators { get; } = ["Where"];

    /// <inheritdoc/>
    public void Differentiate(GradientContext context)
    {
        if (context.Gradient(0) is not { } gradient)
            return;
        var condition = context.Input(0)!;
        if (context.Needs(1))
            context.Give(1, context.ReduceTo(context.OnlyWhere(condition, gradient), context.Input(1)!));
        if (context.Needs(2))
            context.Give(2, context.ReduceTo(context.ExceptWhere(condition, gradient), context.Input(2)!));
    }
}
