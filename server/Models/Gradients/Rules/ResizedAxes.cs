using System.Collections.Immutable;

namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>The axes that a <c>Resize</c> changes, with sizes and scales.</summary>
internal static class ResizedAxes
{
    /// <param name="context">The node.</param>
    /// <param name="shape">Of the input.</param>
    /// <param name="cropped">Whether a region of interest counts.</param>
    /// <param name="upsample">Whether the scales are the second input.</param>
    /// <exception cref="Exception">A size or a scale is not known yet.</exception>
    public static IEnumerable<(int Axis, ResampledAxis Along)> Of(GradientContext context, ImmutableArray<long> shape, bool cropped, bool upsample)
    {
        var rank = shape.Length;
        var axes = (context.IntegerList("axes") ?? [.. Enumerable.Range(0, rank)]).Select(axis => Formulas.Axis(axis, rank)).ToArray();
        var region = cropped ? Values(context, context.Input(1)) : null;
        var scales = Values(context, context.Input(upsample ? 1 : 2));
        var sizes = scales is { Length: > 0 } ? null : context.Input(3);
        var output = context.Shape(context.Output(0));
        var policy = context.Text("keep_aspect_ratio_policy", "stretch");
        var common = sizes is null || policy == "stretch" ? null : (float?)CommonScale(context, shape, axes, sizes, policy);
        for (var i = 0; i < axes.Length; i++)
        {
            var axis = axes[i];
            if (scales is { Length: > 0 } && scales[i] == 1 && !cropped)
                continue;
            var (size, target) = (shape[axis], output?[axis] ?? -1);
            if (sizes is not null && context.Constant(sizes) is { } constant && common is null)
                target = (long)constant.Values[i];
            // An open batch stays as it is; the kernels resize what lies behind it.
            if (axis == 0 && size < 0 && target < 0 && scales is not { Length: > 0 })
                continue;
            if (size < 0)
                throw context.NeedsShapes(context.Input(0)!);
            var scale = scales is { Length: > 0 } ? (float)scales[i] : common ?? (float)target / size;
            if (target < 0)
                target = scales is { Length: > 0 } ? (long)Math.Floor(size * scale) : throw context.NeedsShapes(context.Output(0));
            var (start, end) = region is null ? (0, 1) : (region[i], region[i + axes.Length]);
            yield return (axis, new ResampledAxis((int)size, (int)target, scale, start, end));
        }
    }

    private static float CommonScale(GradientContext context, ImmutableArray<long> shape, int[] axes, string sizes, string policy)
    {
        var stated = Values(context, sizes)!;
        var ratios = axes.Select((axis, i) => shape[axis] < 0 ? throw context.NeedsShapes(context.Input(0)!) : (float)stated[i] / shape[axis]);
        return policy == "not_larger" ? ratios.Min() : ratios.Max();
    }

    // Null where the input is left out.
    private static double[]? Values(GradientContext context, string? input)
    {
        if (input is null)
            return null;
        if (context.Constant(input) is { } constant)
            return constant.Values;
        return context.Shape(input) is [0] ? [] : throw context.NeedsShapes(input);
    }
}
