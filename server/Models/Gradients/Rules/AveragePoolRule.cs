namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>
/// <c>AveragePool</c>: linear, and each axis by itself, so the gradient is a product with the transposed matrix of means along each axis.
/// Axes of open size are spread by a transposed convolution.
/// </summary>
internal sealed class AveragePoolRule : IGradientRule
{
    public IReadOnlyList<string> Operators { get; } = ["AveragePool"];

    public void Differentiate(GradientContext context)
    {
        if (context.Gradient(0) is not { } gradient || !context.Needs(0))
            return;
        var input = context.Input(0)!;
        var axes = SlidingWindow.Of(context, input, context.IntegerList("kernel_shape")!);
        var included = context.Integer("count_include_pad", 0) != 0;
        var windows = PoolWindows.Sizes(context, input, axes);
        if (windows is null)
        {
            if (context.Integer("ceil_mode", 0) != 0 || (!included && axes.Any(axis => axis.Before + axis.After > 0)))
                throw context.NeedsShapes(input);
            var elements = axes.Aggregate(1L, (product, axis) => product * axis.Kernel);
            context.Give(0, PoolWindows.Spread(context, context.Times(gradient, 1.0 / elements), axes, input));
            return;
        }

        context.Give(0, PoolWindows.Spread(context, gradient, axes, windows, input, (axis, window) => 1 / Divisor(axis, window, included)));
    }

    // What a window's sum is divided by along one axis: its elements inside, or inside and on the padding. A window that ceil_mode let
    // hang over the padding counts only what is there.
    private static double Divisor((SlidingAxis Axis, long Size) along, long window, bool included)
    {
        var start = (window * along.Axis.Stride) - along.Axis.Before;
        var (first, last) = included ? (-along.Axis.Before, along.Size + along.Axis.After) : (0, along.Size);
        var count = 0;
        for (var element = 0L; element < along.Axis.Kernel; element++)
        {
            var place = start + (element * along.Axis.Dilation);
            if (place >= first && place < last)
                count++;
        }

        return Math.Max(count, 1);
    }
}
