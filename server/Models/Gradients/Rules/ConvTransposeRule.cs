namespace ExplainLsp.Models.Gradients.Rules;

/// <summary><c>ConvTranspose</c>: the gradient of the input is the convolution of the arriving one with the same kernel.</summary>
internal sealed class ConvTransposeRule : IGradientRule
{
    public IReadOnlyList<string> Operators { get; } = ["ConvTranspose"];

    public void Differentiate(GradientContext context)
    {
        if (context.Gradient(0) is not { } gradient)
            return;
        var (input, weights) = (context.Input(0)!, context.Input(1)!);
        var shape = context.Shape(weights) is { } known && known.AsSpan()[1..].IndexOf(-1) < 0 ? known : throw context.NeedsShapes(weights);
        var axes = Axes(context, input, [.. shape.Skip(2)]);
        var group = context.Integer("group", 1);
        if (context.Needs(0))
        {
            var convolved = context.Add(
                "Conv",
                [gradient, weights],
                ("strides", axes.Select(axis => axis.Stride).ToArray()),
                ("dilations", axes.Select(axis => axis.Dilation).ToArray()),
                ("pads", SlidingWindow.Pads(axes)),
                ("group", group));
            // Output padding of a stride or more, or an output made longer by output_shape, would be read as further windows.
            var longer = (context.IntegerList("output_padding") ?? []).Where((size, i) => size >= axes[i].Stride).Any()
                || context.IntegerList("output_shape") is not null;
            context.Give(0, longer ? SlidingWindow.CutTo(context, convolved, input, axes.Length) : convolved);
        }

        if (context.Needs(1))
            context.Give(1, KernelGradient.Of(context, gradient, input, weights, axes, group));
        if (context.Input(2) is not null && context.Needs(2))
            context.Give(2, KernelGradient.Bias(context, gradient, axes.Length));
    }

    // Padding as stated, or what is left over of the full result when the size of the output is stated.
    private static SlidingAxis[] Axes(GradientContext context, string input, IReadOnlyList<long> kernel)
    {
        var axes = SlidingWindow.Plain(context, kernel);
        var automatic = context.Text("auto_pad", "NOTSET");
        var stated = context.IntegerList("output_shape");
        var pads = context.IntegerList("pads");
        for (var i = 0; i < axes.Length; i++)
        {
            if (stated is not null || automatic is "SAME_UPPER" or "SAME_LOWER")
            {
                var size = context.Shape(input) is { } shape && shape[i + 2] >= 0 ? shape[i + 2] : throw context.NeedsShapes(input);
                var target = stated is null ? size * axes[i].Stride : stated[stated.Length - axes.Length + i];
                var full = (axes[i].Stride * (size - 1)) + (context.IntegerList("output_padding")?[i] ?? 0) + axes[i].Extent;
                var padding = Math.Max(full - target, 0);
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
}
