namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>
/// <c>Conv</c>. The gradient of the input is the transposed convolution of the arriving one (Dumoulin and Visin 2016). Where windows move one
/// step at a time that is also a convolution with the kernel flipped and its channels swapped; ONNX Runtime runs it in its blocked layout
/// when there are channels enough, which was measured to be faster; with strides its <c>ConvTranspose</c> was faster always.
/// </summary>
internal sealed class ConvRule : IGradientRule
{
    // What a vector register of today's processors holds; the blocked layout needs as many channels.
    private const long Block = 16;

    public IReadOnlyList<string> Operators { get; } = ["Conv"];

    public void Differentiate(GradientContext context)
    {
        if (context.Gradient(0) is not { } gradient)
            return;
        var (input, weights) = (context.Input(0)!, context.Input(1)!);
        var shape = context.Shape(weights) is { } known && known.AsSpan()[1..].IndexOf(-1) < 0 ? known : throw context.NeedsShapes(weights);
        var axes = SlidingWindow.Of(context, input, [.. shape.Skip(2)]);
        var group = context.Integer("group", 1);
        if (context.Needs(0))
            context.Give(0, InputGradient(context, gradient, weights, axes, group));
        if (context.Needs(1))
            context.Give(1, KernelGradient.Of(context, input, gradient, weights, axes, group));
        if (context.Input(2) is not null && context.Needs(2))
            context.Give(2, KernelGradient.Bias(context, gradient, axes.Length));
    }

    private static string InputGradient(GradientContext context, string gradient, string weights, SlidingAxis[] axes, long group)
    {
        if (axes.All(axis => axis.Stride == 1 && axis.Before < axis.Extent && axis.After < axis.Extent)
            && context.Constant(weights) is { } constant && Blocked(constant.Shape, group))
        {
            var flipped = Flipped(constant.Values, constant.Shape, group);
            var around = axes.Select(axis => axis with { Before = axis.Extent - 1 - axis.Before, After = axis.Extent - 1 - axis.After });
            return context.Add(
                "Conv",
                [gradient, context.Numbers(flipped.Values, flipped.Shape, weights)],
                ("dilations", axes.Select(axis => axis.Dilation).ToArray()),
                ("pads", SlidingWindow.Pads(around)),
                ("group", group));
        }

        return SlidingWindow.Spread(context, gradient, weights, axes, group, context.Input(0)!);
    }

    // Channels of the result a group, or one kernel a channel (depthwise).
    private static bool Blocked(long[] shape, long group) =>
        group == 1 || shape[1] > 1 ? shape[1] >= Block : shape[0] == group && group >= Block;

    // [M, C/g, …] becomes [C, M/g, …], each kernel from its last element to its first.
    private static (double[] Values, long[] Shape) Flipped(double[] values, long[] shape, long group)
    {
        var (filters, channels) = ((int)(shape[0] / group), (int)shape[1]);
        var kernel = (int)shape.Skip(2).Aggregate(1L, (product, size) => product * size);
        var flipped = new double[values.Length];
        for (var g = 0; g < group; g++)
        {
            for (var filter = 0; filter < filters; filter++)
            {
                for (var channel = 0; channel < channels; channel++)
                {
                    var from = values.AsSpan(((((g * filters) + filter) * channels) + channel) * kernel, kernel);
                    var to = flipped.AsSpan(((((g * channels) + channel) * filters) + filter) * kernel, kernel);
                    from.CopyTo(to);
                    to.Reverse();
                }
            }
        }

        return (flipped, [channels * group, filters, .. shape.Skip(2)]);
    }
}
