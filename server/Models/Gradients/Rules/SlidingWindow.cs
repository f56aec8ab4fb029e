namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>How a kernel slides along one axis.</summary>
/// <param name="Kernel">Elements of the kernel.</param>
/// <param name="Stride">Steps between windows.</param>
/// <param name="Dilation">Steps between the elements of the kernel.</param>
/// <param name="Before">Padding before the first element.</param>
/// <param name="After">Padding after the last.</param>
internal readonly record struct SlidingAxis(long Kernel, long Stride, long Dilation, long Before, long After)
{
    /// <summary>Elements from the kernel's first to its last.</summary>
    public long Extent => ((Kernel - 1) * Dilation) + 1;
}

/// <summary>How a convolution or a pool slides over the axes behind batch and channels, with padding resolved.</summary>
internal static class SlidingWindow
{
    /// <summary>Reads a convolution or a pool: padding as stated, or as <c>auto_pad</c> makes of the sizes.</summary>
    /// <param name="context">The node.</param>
    /// <param name="input">The tensor that the windows slide over.</param>
    /// <param name="kernel">Sizes of the kernel.</param>
    /// <exception cref="Exception">The padding follows from sizes that are not known yet.</exception>
    public static SlidingAxis[] Of(GradientContext context, string input, IReadOnlyList<long> kernel)
    {
        var pads = context.IntegerList("pads");
        var automatic = context.Text("auto_pad", "NOTSET");
        var axes = Plain(context, kernel);
        for (var i = 0; i < axes.Length; i++)
        {
            if (automatic is "SAME_UPPER" or "SAME_LOWER")
            {
                var size = context.Shape(input) is { } shape && shape[i + 2] >= 0 ? shape[i + 2] : throw context.NeedsShapes(input);
                var windows = (size + axes[i].Stride - 1) / axes[i].Stride;
                var padding = Math.Max(((windows - 1) * axes[i].Stride) + axes[i].Extent - size, 0);
                var before = automatic == "SAME_UPPER" ? padding / 2 : padding - (padding / 2);
                axes[i] = axes[i] with { Before = before, After = padding - before };
            }
            else if (automatic != "VALID" && pads is not null)
            {
                axes[i] = axes[i] with { Before = pads[i], After = pads[i + axes.Length] };
            }
        }

        return axes;
    }

    /// <summary>Strides and dilations of a node, without padding.</summary>
    public static SlidingAxis[] Plain(GradientContext context, IReadOnlyList<long> kernel)
    {
        var strides = context.IntegerList("strides");
        var dilations = context.IntegerList("dilations");
        return [.. kernel.Select((size, i) => new SlidingAxis(size, strides?[i] ?? 1, dilations?[i] ?? 1, 0, 0))];
    }

    /// <summary>The attribute <c>pads</c>: all before, then all after.</summary>
    public static long[] Pads(IEnumerable<SlidingAxis> axes) => [.. axes.Select(axis => axis.Before), .. axes.Select(axis => axis.After)];

    /// <summary>
    /// Adds up what each window spreads over its elements, with a kernel: the transpose of a convolution. The result has the sizes of
    /// <paramref name="like"/>, known or not.
    /// </summary>
    /// <param name="context">The node.</param>
    /// <param name="gradient">One element a window.</param>
    /// <param name="kernel">Channels of <paramref name="gradient"/>, channels of the result a group, kernel.</param>
    /// <param name="axes">How the windows slide.</param>
    /// <param name="group">Groups of channels.</param>
    /// <param name="like">The tensor that the windows slid over.</param>
    public static string Spread(GradientContext context, string gradient, string kernel, SlidingAxis[] axes, long group, string like)
    {
        var shape = context.Shape(like);
        var windows = context.Shape(gradient);
        var open = false;
        var rest = new long[axes.Length];
        for (var i = 0; i < axes.Length; i++)
        {
            var size = shape?[i + 2] ?? -1;
            var count = windows?[i + 2] ?? -1;
            if (axes[i].Stride == 1)
                continue;
            // Elements behind the last window, which no window reached.
            rest[i] = size >= 0 && count >= 0
                ? size - (((count - 1) * axes[i].Stride) + axes[i].Extent - axes[i].Before - axes[i].After)
                : axes[i].Stride - 1;
            open |= size < 0 || count < 0;
        }

        var spread = context.Add(
            "ConvTranspose",
            [gradient, kernel],
            ("strides", axes.Select(axis => axis.Stride).ToArray()),
            ("dilations", axes.Select(axis => axis.Dilation).ToArray()),
            ("pads", Pads(axes)),
            ("output_padding", rest),
            ("group", group));
        return open ? CutTo(context, spread, like, axes.Length) : spread;
    }

    /// <summary>The first elements of each axis behind batch and channels, as many as another tensor has.</summary>
    public static string CutTo(GradientContext context, string tensor, string like, int axes)
    {
        var positions = context.Integers([.. Enumerable.Range(2, axes).Select(axis => (long)axis)]);
        var ends = context.Add("Shape", [like], ("start", 2L), ("end", 2L + axes));
        return context.Add("Slice", [tensor, context.Integers(new long[axes]), ends, positions]);
    }
}
