namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>What reductions have in common.</summary>
internal static class Reductions
{
    /// <summary>A gradient divided by how many elements each element of the result was made of.</summary>
    /// <param name="context">The node.</param>
    /// <param name="gradient">The gradient of the result.</param>
    /// <param name="input">What was reduced.</param>
    /// <param name="output">The result.</param>
    public static string Share(GradientContext context, string gradient, string input, string output)
    {
        if (Count(context, input, output) is { } count)
            return context.Times(gradient, 1.0 / Math.Max(count, 1));
        var elements = context.Add("Div", [context.Add("Size", [input]), context.Add("Size", [output])]);
        return context.Over(gradient, context.Add("Cast", [elements], ("to", (long)context.Type(gradient))));
    }

    // Open sizes that are the same before and after (the batch) do not count; those of the result stand somewhere among the input's.
    private static long? Count(GradientContext context, string input, string output)
    {
        if (context.Shape(input) is not { } before || context.Shape(output) is not { } after)
            return null;
        if (before.Length == after.Length)
        {
            var count = 1L;
            for (var axis = 0; axis < before.Length; axis++)
            {
                if (after[axis] == 1 && before[axis] >= 0)
                    count *= before[axis];
                else if (after[axis] == 1 || (before[axis] >= 0 && before[axis] != after[axis]))
                    return null;
            }

            return count;
        }

        return before.Contains(-1) || after.Contains(-1)
            ? null
            : before.Aggregate(1L, (product, size) => product * size) / Math.Max(after.Aggregate(1L, (product, size) => product * size), 1);
    }
}
