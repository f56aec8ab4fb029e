namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>
/// <c>MaxPool</c>: the gradient goes to the maximum of each window, to the first in row-major order where several are equal, as PyTorch does.
/// The pool itself says where its maxima are (its second output); windows that overlap add up.
/// </summary>
internal sealed class MaxPoolRule : IGradientRule
{
    public IReadOnlyList<string> Operators { get; } = ["MaxPool"];

    public void Differentiate(GradientContext context)
    {
        if (context.Gradient(0) is not { } gradient || !context.Needs(0))
            return;
        if (context.Integer("storage_order", 0) != 0)
            throw context.Refuse("its indices are stored column by column");
        context.Give(0, context.Scattered(gradient, context.Output(1), context.Input(0)!, add: Overlapping(context)));
    }

    private static bool Overlapping(GradientContext context)
    {
        var axes = SlidingWindow.Plain(context, context.IntegerList("kernel_shape")!);
        return axes.Any(axis => axis.Stride < axis.Extent);
    }
}
