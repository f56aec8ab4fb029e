namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>
/// <c>MaxPool</c>: the gradient goes to the maximum of each window, to the first in row-major order where several are equal, as PyTorch does;
/// windows that overlap add up.
/// <para>
/// The largest in a window is the largest of its rows' largest, so small kernels are taken axis by axis, the last first: that finds the same
/// first maximum. Else the pool itself says where its maxima are (its second output). That was measured to take 1.5 to 3 times as long,
/// because with that output ONNX Runtime compares one element at a time.
/// </para>
/// </summary>
internal sealed class MaxPoolRule : IGradientRule
{
    // Elements of the kernel along all axes together, up to which the way by axes was faster.
    private const long LargestByAxes = 10;

    public IReadOnlyList<string> Operators { get; } = ["MaxPool"];

    public void Differentiate(GradientContext context)
    {
        if (context.Gradient(0) is not { } gradient || !context.Needs(0))
            return;
        if (ReluRule.IsMaskedBehind(context))
            gradient = context.WhereActive(gradient, context.Output(0));
        var input = context.Input(0)!;
        var axes = SlidingWindow.Plain(context, context.IntegerList("kernel_shape")!);
        if (PoolWindows.Sizes(context, input, axes) is { } sizes
            && axes.All(MaxPoolStage.Covers)
            && sizes.All(size => size is { Size: > 0, Windows: > 0 })
            && axes.Sum(axis => axis.Kernel) <= LargestByAxes)
        {
            axes = SlidingWindow.Of(context, input, [.. axes.Select(axis => axis.Kernel)]);
            context.Give(0, ByAxes(context, gradient, input, axes, sizes));
            return;
        }

        if (context.Integer("storage_order", 0) != 0)
            throw context.Refuse("its indices are stored column by column");
        context.Give(0, context.Scattered(gradient, context.Output(1), input, add: axes.Any(axis => axis.Stride < axis.Extent)));
    }

    private static string ByAxes(GradientContext context, string gradient, string input, SlidingAxis[] axes, (long Size, long Windows)[] sizes)
    {
        var stages = new (MaxPoolStage Stage, string Largest)[axes.Length];
        var (tensor, trailing) = (input, 1L);
        for (var i = axes.Length - 1; i >= 0; i--)
        {
            var stage = new MaxPoolStage(context, axes[i], sizes[i].Size, sizes[i].Windows, trailing);
            stage.Read(tensor);
            tensor = i == 0 ? context.Output(0) : stage.Largest();
            stages[i] = (stage, tensor);
            trailing *= sizes[i].Windows;
        }

        foreach (var (stage, largest) in stages)
            gradient = stage.Backward(gradient, largest);
        return context.ShapedLike(gradient, input);
    }
}
