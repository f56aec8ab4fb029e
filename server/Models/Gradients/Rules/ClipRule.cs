namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>Clip: dx = g within the bounds, the bounds included, as torch.clamp; a bound gets what was cut off at it.</summary>
internal sealed class ClipRule : IGradientRule
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Operators { get; } = ["Clip"];

    /// <inheritdoc/>
    public void Differentiate(GradientContext context)
    {
        if (context.Gradient(0) is not { } gradient)
            return;
        var x = context.Input(0)!;
        var below = context.Input(1) is { } low ? context.Add("Less", [x, low]) : null;
        var above = context.Input(2) is { } high ? context.Add("Greater", [x, high]) : null;
        if (context.Needs(0))
        {
            var outside = below is null ? above : above is null ? below : context.Add("Or", [below, above]);
            context.Give(0, outside is null ? gradient : context.ExceptWhere(outside, gradient));
        }

        if (context.Needs(1))
            context.Give(1, context.ReduceTo(context.OnlyWhere(below!, gradient), context.Input(1)!));
        if (context.Needs(2))
            context.Give(2, context.ReduceTo(context.OnlyWhere(above!, gradient), context.Input(2)!));
    }
}
