namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>Mod of floating-point numbers, a − b·trunc(a / b): da = g, db = −g·trunc(a / b), the jumps left out.</summary>
internal sealed class RemainderRule : IGradientRule
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Operators { get; } = ["Mod"];

    /// <inheritdoc/>
    public void Differentiate(GradientContext context)
    {
        if (context.Gradient(0) is not { } gradient)
            return;
        var (a, b) = (context.Input(0)!, context.Input(1)!);
        if (context.Needs(0))
            context.Give(0, context.ReduceTo(gradient, a));
        if (!context.Needs(1))
            return;
        // The whole quotient, without what rounding would make of a / b next to a whole number.
        var quotient = context.Add("Round", [context.Over(context.Minus(a, context.Output(0)), b)]);
        context.Give(1, context.ReduceTo(context.Add("Neg", [context.Times(gradient, quotient)]), b));
    }
}
