namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>
/// Gather: the gradient is added up at the places that were read. By ScatterElements, whose CPU kernel adds in order; ScatterND's adds from
/// several threads, so that its sums differ from run to run. A single constant index is padded with zeros instead.
/// </summary>
internal sealed class GatherRule : IGradientRule
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Operators { get; } = ["Gather"];

    /// <inheritdoc/>
    public void Differentiate(GradientContext context)
    {
        if (!context.Needs(0) || context.Gradient(0) is not { } gradient)
            return;
        var data = context.Input(0)!;
        var indices = context.Input(1)!;
        var shape = context.Shape(data) ?? throw context.NeedsShapes(data);
        var axis = context.Integer("axis", 0);
        if (axis < 0)
            axis += shape.Length;
        context.Give(0, Backward(context, gradient, data, indices, (int)axis, shape.Length));
    }

    private static string Backward(GradientContext context, string gradient, string data, string indices, int axis, int rank)
    {
        if (context.Constant(indices) is ({ Length: 1 } single, { Length: 0 }))
            return Padded(context, context.Add("Unsqueeze", [gradient, context.Integers(axis)]), data, axis, (long)single[0]);

        // All indices become one axis; the rest of the gradient has the shape of the data.
        var shape = context.ShapeOf(data);
        var count = context.Add("Reshape", [context.Add("Size", [indices]), context.Integers(1)]);
        var parts = new List<string>();
        if (axis > 0)
            parts.Add(context.Add("Slice", [shape, context.Integers(0), context.Integers(axis)]));
        parts.Add(count);
        if (axis < rank - 1)
            parts.Add(context.Add("Slice", [shape, context.Integers(axis + 1), context.Integers(rank)]));
        var flat = parts.Count == 1 ? count : context.Add("Concat", [.. parts], ("axis", 0L));
        var column = new long[rank];
        Array.Fill(column, 1);
        column[axis] = -1;
        var places = context.Add("Expand", [context.Add("Reshape", [indices, context.Integers(column)]), flat]);
        return context.Add(
            "ScatterElements",
            [context.ZerosLike(data), places, context.Add("Reshape", [gradient, flat], ("allowzero", 1L))],
            ("axis", (long)axis),
            ("reduction", "add"));
    }

    private static string Padded(GradientContext context, string row, string data, int axis, long index)
    {
        string before, after;
        var size = context.Add("Shape", [data], ("start", (long)axis), ("end", axis + 1L));
        if (index >= 0)
        {
            before = context.Integers(index);
            after = context.Add("Sub", [size, context.Integers(index + 1)]);
        }
        else
        {
            before = context.Add("Add", [size, context.Integers(index)]);
            after = context.Integers(-index - 1);
        }

        return context.Add("Pad", [row, context.Add("Concat", [before, after], ("axis", 0L)), context.Scalar(0, row), context.Integers(axis)]);
    }
}
