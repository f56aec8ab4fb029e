namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>Products and quotients: d(ab) = b·da + a·db; d(a/b) = da/b − (a/b)/b·db.</summary>
internal sealed class ProductRule : IGradientRule
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Operators { get; } = ["Mul", "Div"];

    /// <inheritdoc/>
    public void Differentiate(GradientContext context)
    {
        if (context.Gradient(0) is not { } gradient)
            return;
        var (a, b) = (context.Input(0)!, context.Input(1)!);
        var quotient = context.Node.OpType == "Div";
        if (context.Needs(0))
            context.Give(0, context.ReduceTo(context.Add(quotient ? "Div" : "Mul", [gradient, b]), a));
        if (!context.Needs(1))
            return;
        var change = quotient
            ? context.Add("Neg", [context.Add("Mul", [gradient, context.Add("Div", [context.Output(0), b])])])
            : context.Add("Mul", [gradient, a]);
        context.Give(1, context.ReduceTo(change, b));
    }
}
