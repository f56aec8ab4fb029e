namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>
/// The gradient of a convolution's kernel, where it is computed by the graph: the input convolved with the arriving gradient, batch and
/// channels swapped, strides and dilations swapped.
/// </summary>
internal static class KernelGradient
{
    /// <param name="context">The node.</param>
    /// <param name="wide">What the windows slide over: a convolution's input.</param>
    /// <param name="narrow">One element a window: the gradient of a convolution's output.</param>
    /// <param name="kernel">The kernel; the result has its shape: channels of <paramref name="narrow"/>, channels of <paramref name="wide"/> a group, sizes.</param>
    /// <param name="axes">How the windows slide.</param>
    /// <param name="group">Groups of channels.</param>
    public static string Of(GradientContext context, string wide, string narrow, string kernel, SlidingAxis[] axes, long group)
    {
        var convolved = context.Add(
            "Conv",
            [ChannelsFirst(context, wide, group, inner: true), ChannelsFirst(context, narrow, group, inner: false)],
            ("strides", axes.Select(axis => axis.Dilation).ToArray()),
            ("dilations", axes.Select(axis => axis.Stride).ToArray()),
            ("pads", SlidingWindow.Pads(axes)),
            ("group", group));

        // [C/g, M, …]; longer than the kernel where the last windows end before the padding does.
        var positions = Enumerable.Range(2, axes.Length).Select(axis => (long)axis).ToArray();
        var cut = context.Add(
            "Slice",
            [convolved, context.Integers(new long[axes.Length]), context.Integers([.. axes.Select(axis => axis.Kernel)]), context.Integers(positions)]);
        return context.Add("Transpose", [cut], ("perm", (long[])[1, 0, .. positions]));
    }

    /// <summary>The gradient of the bias: the arriving one summed over all but channels.</summary>
    public static string Bias(GradientContext context, string gradient, int axes) =>
        context.Add(
            "ReduceSum",
            [gradient, context.Integers([0, .. Enumerable.Range(2, axes).Select(axis => (long)axis)])],
            ("keepdims", 0L));

    // Inner: [N, g·C, …] to [C, g·N, …], the input of a grouped convolution. Else: [N, g·M, …] to [g·M, N, …], its kernel.
    private static string ChannelsFirst(GradientContext context, string tensor, long group, bool inner)
    {
        var rank = context.Rank(tensor);
        var rest = Enumerable.Range(2, rank - 2).Select(axis => (long)axis).ToArray();
        if (group == 1 || !inner)
            return context.Add("Transpose", [tensor], ("perm", (long[])[1, 0, .. rest]));

        var shape = context.Shape(tensor)!.Value;
        if (shape.AsSpan()[1..].IndexOf(-1) >= 0)
            throw context.NeedsShapes(tensor);
        var sizes = shape.AsSpan()[2..].ToArray();
        var channels = shape[1] / group;
        var split = context.Add("Reshape", [tensor, context.Integers([-1, group, channels, .. sizes])]);
        var moved = context.Add("Transpose", [split], ("perm", (long[])[2, 1, 0, .. rest.Select(axis => axis + 1)]));
        return context.Add("Reshape", [moved, context.Integers([channels, -1, .. sizes])]);
    }
}
