namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>Gives what each window of a pool gets back to the window's elements.</summary>
internal static class PoolWindows
{
    /// <summary>Elements and windows along each axis; null where a size is open.</summary>
    public static (long Size, long Windows)[]? Sizes(GradientContext context, string input, SlidingAxis[] axes)
    {
        if (context.Shape(input) is not { } shape || context.Shape(context.Output(0)) is not { } output)
            return null;
        var sizes = axes.Select((_, i) => (Size: shape[i + 2], Windows: output[i + 2])).ToArray();
        return sizes.Any(size => size.Size < 0 || size.Windows < 0) ? null : sizes;
    }

    /// <summary>Spreads with one weight a window and axis; all sizes are known.</summary>
    /// <param name="context">The node.</param>
    /// <param name="gradient">One element a window.</param>
    /// <param name="axes">How windows slide.</param>
    /// <param name="sizes">Elements and windows along each axis.</param>
    /// <param name="input">The tensor that the windows slid over.</param>
    /// <param name="weight">The weight of a window along an axis.</param>
    public static string Spread(
        GradientContext context,
        string gradient,
        SlidingAxis[] axes,
        (long Size, long Windows)[] sizes,
        string input,
        Func<(SlidingAxis Axis, long Size), long, double> weight)
    {
        for (var i = 0; i < axes.Length; i++)
        {
            var matrix = new AxisMatrix((int)sizes[i].Size, (int)sizes[i].Windows);
            for (var window = 0; window < sizes[i].Windows; window++)
            {
                var value = weight((axes[i], sizes[i].Size), window);
                for (var element = 0L; element < axes[i].Kernel; element++)
                {
                    var place = (window * axes[i].Stride) - axes[i].Before + (element * axes[i].Dilation);
                    if (place >= 0 && place < sizes[i].Size)
                        matrix.Add(place, window, value);
                }
            }

            gradient = matrix.Apply(context, gradient, i + 2, axes.Length + 2);
        }

        return gradient;
    }

    /// <summary>Spreads each window's value to all its elements, by a transposed convolution of one channel.</summary>
    public static string Spread(GradientContext context, string gradient, SlidingAxis[] axes, string input)
    {
        var ones = Enumerable.Repeat(1.0, (int)axes.Aggregate(1L, (product, axis) => product * axis.Kernel)).ToArray();
        var kernel = context.Numbers(ones, [1, 1, .. axes.Select(axis => axis.Kernel)], gradient);
        var spread = SlidingWindow.Spread(context, OneChannel(context, gradient, axes.Length), kernel, axes, 1, OneChannel(context, input, axes.Length));
        return context.ShapedLike(spread, input);
    }

    private static string OneChannel(GradientContext context, string tensor, int axes)
    {
        if (context.Shape(tensor) is { } shape && shape.AsSpan()[2..].IndexOf(-1) < 0)
            return context.Add("Reshape", [tensor, context.Integers([-1, 1, .. shape.Skip(2)])]);
        var sizes = context.Add("Shape", [tensor], ("start", 2L), ("end", 2L + axes));
        return context.Add("Reshape", [tensor, context.Add("Concat", [context.Integers(-1, 1), sizes], ("axis", 0L))]);
    }
}
