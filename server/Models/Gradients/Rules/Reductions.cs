namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>What means over axes have in common.</summary>
internal static class Reductions
{
    /// <summary>A gradient divided by how many elements each element of the result is the mean of.</summary>
    /// <param name="context">The node.</param>
    /// <param name="gradient">The gradient of the result.</param>
    /// <param name="input">What was reduced.</param>
    /// <param name="output">The result.</param>
    /// <param name="axes">The axes, from the front; null where they are computed.</param>
    public static string Share(GradientContext context, string gradient, string input, string output, IEnumerable<int>? axes)
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
