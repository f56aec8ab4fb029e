namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>Sums of tensors that are broadcast: each gets the gradient, summed to its shape; of a mean of n, divided by n; the subtrahend's negated.</summary>
internal sealed class SumRule : IGradientRule
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Operators { get; } = ["Add", "Sub", "Sum", "Mean"];

    /// <inheritdoc/>
    public void Differentiate(GradientContext context)
    {
        if (context.Gradient(0) is not { } gradient)
            return;
        if (context.Node.OpType == "Mean" && context.Node.Input.Count > 1)
            gradient = context.Add("Div", [gradient, context.Scalar(context.Node.Input.Count, gradient)]);
        for (var i = 0; i < context.Node.Input.Count; i++)
        {
            if (!context.Needs(i))
                continue;
            var part = context.ReduceTo(gradient, context.Input(i)!);
            context.Give(i, context.Node.OpType == "Sub" && i == 1 ? context.Add("Neg", [part]) : part);
        }
    }
}
