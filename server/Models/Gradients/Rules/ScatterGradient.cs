namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>What ScatterElements and ScatterND have in common: data, updates, and how they meet.</summary>
internal static class ScatterGradient
{
    /// <summary>Gives data and updates their gradients.</summary>
    /// <param name="context">The node.</param>
    /// <param name="gradient">The gradient of its output.</param>
    /// <param name="read">Reads a tensor of the data's shape at the indices.</param>
    /// <param name="write">Writes updates into a tensor of the data's shape.</param>
    public static void Give(GradientContext context, string gradient, Func<string, string> read, Func<string, string, string> write)
    {
        switch (context.Text("reduction", "none"))
        {
            case "none":
                if (context.Needs(0))
                    context.Give(0, write(gradient, context.ZerosLike(context.Input(2)!)));
                if (context.Needs(2))
                    context.Give(2, read(gradient));
                break;
            case "add":
                if (context.Needs(0))
                    context.Give(0, gradient);
                if (context.Needs(2))
                    context.Give(2, read(gradient));
                break;
            case "max" or "min":
                // Whoever equals the result was kept.
                var result = context.Output(0);
                if (context.Needs(0))
                    context.Give(0, Where(context, context.Input(0)!, result, gradient));
                if (context.Needs(2))
                    context.Give(2, Where(context, context.Input(2)!, read(result), read(gradient)));
                break;
            case var reduction:
                throw context.Refuse($"its reduction is {reduction}; none, add, max and min have gradients here");
        }
    }

    private static string Where(GradientContext context, string candidate, string kept, string gradient) =>
        context.Add("Where", [context.Add("Equal", [candidate, kept]), gradient, context.Scalar(0, gradient)]);
}
