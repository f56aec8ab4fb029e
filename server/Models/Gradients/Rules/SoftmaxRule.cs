namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>Softmax over one axis: dx = (g − Σ g·y)·y; LogSoftmax: dx = g − exp(y)·Σ g.</summary>
internal sealed class SoftmaxRule : IGradientRule
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Operators { get; } = ["Softmax", "LogSoftmax"];

    /// <inheritdoc/>
    public void Differentiate(GradientContext context)
    {
        if (context.Gradient(0) is not { } gradient || !context.Needs(0))
            return;
        var (y, axis) = (context.Output(0), context.Integer("axis", -1));
        context.Give(0, context.Node.OpType == "Softmax"
            ? context.Times(context.Minus(gradient, context.Sum(context.Times(gradient, y), axis)), y)
            : context.Minus(gradient, context.Times(context.Add("Exp", [y]), context.Sum(gradient, axis))));
    }
}
