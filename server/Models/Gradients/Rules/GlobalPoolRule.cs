namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>
/// <c>GlobalAveragePool</c>: every element gets its share. <c>GlobalMaxPool</c>: the first maximum in row-major order gets all, as a pool
/// over the whole picture does.
/// </summary>
internal sealed class GlobalPoolRule : IGradientRule
{
    public IReadOnlyList<string> Operators { get; } = ["GlobalAveragePool", "GlobalMaxPool"];

    public void Differentiate(GradientContext context)
    {
        if (context.Gradient(0) is not { } gradient || !context.Needs(0))
            return;
        var input = context.Input(0)!;
        context.Give(0, context.Node.OpType == "GlobalMaxPool"
            ? First(context, gradient, input)
            : Reductions.Spread(context, gradient, input, context.Output(0), Positions(context, input), mean: true));
    }

    private static string First(GradientContext context, string gradient, string input)
    {
        var flat = context.Add("Reshape", [input, context.Integers(0, 0, -1)]);
        var first = context.Add("ArgMax", [flat], ("axis", 2L), ("keepdims", 1L));
        var shared = context.Add("Reshape", [gradient, context.Integers(0, 0, -1)]);
        var zeros = context.ZerosLike(flat);
        return context.ShapedLike(context.Add("ScatterElements", [zeros, first, shared], ("axis", 2L)), input);
    }

    private static int[]? Positions(GradientContext context, string input) =>
        context.Shape(input) is { } shape ? [.. Enumerable.Range(2, shape.Length - 2)] : null;
}
