namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>
/// <c>Slice</c>: zeros around the gradient where neighbours were taken and all is known; else the elements' numbers, sliced in the same way,
/// say where it goes (any step, also negative, and limits that are computed).
/// </summary>
internal sealed class SliceRule : IGradientRule
{
    public IReadOnlyList<string> Operators { get; } = ["Slice"];

    public void Differentiate(GradientContext context)
    {
        if (context.Gradient(0) is not { } gradient || !context.Needs(0))
            return;
        var input = context.Input(0)!;
        if (Around(context, input) is { } pads)
        {
            context.Give(0, context.Add("Pad", [gradient, context.Integers(pads), null, null]));
            return;
        }

        var numbers = context.Add("Slice", [context.Numbered(input), .. context.Node.Input.Skip(1).Select(name => name.Length == 0 ? null : name)]);
        context.Give(0, context.Scattered(gradient, numbers, input, add: false));
    }

    // The padding that undoes it; null where that is not known or a step is not 1.
    private static long[]? Around(GradientContext context, string input)
    {
        if (context.Shape(input) is not { } shape || context.Constant(context.Input(1)!) is not { } starts || context.Constant(context.Input(2)!) is not { } ends)
            return null;
        var axes = context.Input(3) is { } named ? context.Constant(named)?.Values : [.. Enumerable.Range(0, starts.Values.Length)];
        var steps = context.Input(4) is { } stated ? context.Constant(stated)?.Values : [.. starts.Values.Select(_ => 1.0)];
        if (axes is null || steps is null || steps.Any(step => step != 1))
            return null;

        var pads = new long[2 * shape.Length];
        for (var i = 0; i < axes.Length; i++)
        {
            var axis = Formulas.Axis((long)axes[i], shape.Length);
            if (shape[axis] < 0)
                return null;
            var start = Limit(starts.Values[i], shape[axis]);
            var end = Math.Max(Limit(ends.Values[i], shape[axis]), start);
            (pads[axis], pads[axis + shape.Length]) = (start, shape[axis] - end);
        }

        return pads;
    }

    // As double, because limits such as the largest integer mean "to the end".
    private static long Limit(double position, long size) => (long)Math.Clamp(position < 0 ? position + size : position, 0, size);
}
