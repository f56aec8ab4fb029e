namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>What means over axes have in common.</summary>
internal static class Reductions
{
    // Elements of a constant that repeats; more would make the file large.
    private const long MostRepeated = 4096;

    /// <summary>A gradient given back to all elements that were added up, or to each its share of a mean.</summary>
    /// <param name="context">The node.</param>
    /// <param name="gradient">The gradient of the result, reduced axes kept.</param>
    /// <param name="input">What was reduced.</param>
    /// <param name="output">The result.</param>
    /// <param name="axes">The axes, from the front; null where they are computed.</param>
    /// <param name="mean">Whether the result is a mean; else it is a sum.</param>
    public static string Spread(GradientContext context, string gradient, string input, string output, IReadOnlyList<int>? axes, bool mean)
    {
        if (axes is { Count: > 0 } && context.Shape(input) is { } shape && axes.All(axis => shape[axis] > 0))
        {
            long[] repeated = [.. shape.Select((size, axis) => axes.Contains(axis) ? size : 1)];
            var count = repeated.Aggregate(1L, (product, size) => product * size);
            // A product with a constant that is broadcast; ONNX Runtime's Expand takes several times as long.
            if (count <= MostRepeated)
                return context.Times(gradient, context.Numbers([.. Enumerable.Repeat(mean ? 1.0 / count : 1, (int)count)], repeated, gradient));
        }

        return context.ExpandedLike(mean ? Share(context, gradient, input, output, axes) : gradient, input);
    }

    /// <summary>A gradient divided by how many elements each element of the result is the mean of.</summary>
    /// <param name="context">The node.</param>
    /// <param name="gradient">The gradient of the result.</param>
    /// <param name="input">What was reduced.</param>
    /// <param name="output">The result.</param>
    /// <param name="axes">The axes, from the front; null where they are computed.</param>
    private static string Share(GradientContext context, string gradient, string input, string output, IReadOnlyList<int>? axes)
    {
        if (axes is not null && context.Shape(input) is { } shape)
        {
            var sizes = axes.Select(axis => shape[axis]).ToArray();
            if (!sizes.Contains(-1))
                return context.Times(gradient, 1.0 / Math.Max(sizes.Aggregate(1L, (product, size) => product * size), 1));
        }

        // An empty batch has no elements on either side, and then nothing to divide either.
        var results = context.Add("Max", [context.Add("Size", [output]), context.Integer(1)]);
        var elements = context.Add("Div", [context.Add("Size", [input]), results]);
        return context.Over(gradient, context.Add("Cast", [elements], ("to", (long)context.Type(gradient))));
    }
}
