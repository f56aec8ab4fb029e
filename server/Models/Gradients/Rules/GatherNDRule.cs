namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>
/// GatherND: the gradient is added up at the places that were read. Index tuples become places in the flattened data, so that ScatterElements
/// adds them in order (ScatterND's CPU kernel adds from several threads).
/// </summary>
internal sealed class GatherNDRule : IGradientRule
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Operators { get; } = ["GatherND"];

    /// <inheritdoc/>
    public void Differentiate(GradientContext context)
    {
        if (!context.Needs(0) || context.Gradient(0) is not { } gradient)
            return;
        var data = context.Input(0)!;
        var indices = context.Input(1)!;
        var batch = (int)context.Integer("batch_dims", 0);
        var indexShape = context.Shape(indices);
        if (indexShape is not [.., >= 0 and var depth])
            throw context.NeedsShapes(indices);
        if (context.Shape(data) is not { } shape)
            throw context.NeedsShapes(data);
        context.Give(0, Backward(context, gradient, data, indices, new Layout(batch, (int)depth, indexShape.Value.Length)));
    }

    private static string Backward(GradientContext context, string gradient, string data, string indices, Layout layout)
    {
        var (batch, depth, _) = layout;
        var places = FlatPlaces(context, data, indices, layout);
        var outer = context.Add("ReduceProd", [context.Add("Shape", [data], ("start", 0L), ("end", (long)(batch + depth)))], ("keepdims", 1L));
        var inner = context.Add("ReduceProd", [context.Add("Shape", [data], ("start", (long)(batch + depth)))], ("keepdims", 1L));
        var count = context.Add("Shape", [places], ("start", 0L), ("end", 1L));
        var flat = context.Add("Concat", [count, inner], ("axis", 0L));
        var zeros = context.Add("Expand", [context.Scalar(0, data), context.Add("Concat", [outer, inner], ("axis", 0L))]);
        var sum = context.Add(
            "ScatterElements",
            [zeros, context.Add("Expand", [places, flat]), context.Add("Reshape", [gradient, flat], ("allowzero", 1L))],
            ("axis", 0L),
            ("reduction", "add"));
        return context.Add("Reshape", [sum, context.ShapeOf(data)], ("allowzero", 1L));
    }

    /// <summary>The place of each index tuple among the flattened leading dimensions of the data, as a column.</summary>
    private static string FlatPlaces(GradientContext context, string data, string indices, Layout layout)
    {
        var (batch, depth, rank) = layout;
        var flat = context.Integers(0);
        for (var i = 0; i < batch + depth; i++)
        {
            var size = context.Add("Shape", [data], ("start", (long)i), ("end", i + 1L));
            var index = i < batch ? BatchIndex(context, indices, i, rank) : TupleIndex(context, indices, i - batch, size);
            flat = context.Add("Add", [context.Add("Mul", [flat, size]), index]);
        }

        var all = context.Add("Expand", [flat, context.Add("Concat", [context.Add("Shape", [indices], ("start", 0L), ("end", -1L)), context.Integers(1)], ("axis", 0L))]);
        return context.Add("Reshape", [all, context.Integers(-1, 1)]);
    }

    /// <summary>Counts along a batch dimension, in a shape that broadcasts against the index tuples.</summary>
    private static string BatchIndex(GradientContext context, string indices, int dimension, int rank)
    {
        var size = context.Add("Shape", [indices], ("start", (long)dimension), ("end", dimension + 1L));
        var ones = context.Add("Expand", [context.Integers(1), size]);
        var counts = context.Add("CumSum", [ones, context.Integers(0)], ("exclusive", 1L));
        var column = new long[rank];
        Array.Fill(column, 1);
        column[dimension] = -1;
        return context.Add("Reshape", [counts, context.Integers(column)]);
    }

    private static string TupleIndex(GradientContext context, string indices, int position, string size)
    {
        var index = context.Add("Slice", [indices, context.Integers(position), context.Integers(position + 1), context.Integers(-1)]);
        var negative = context.Add("Less", [index, context.Integers(0)]);
        return context.Add("Where", [negative, context.Add("Add", [index, size]), index]);
    }

    private readonly record struct Layout(int Batch, int Depth, int Rank);
}
