namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>MatMul: dA = G·Bᵀ and dB = Aᵀ·G over the last two dimensions, summed over batch dimensions that were broadcast; vectors as NumPy's matmul takes them.</summary>
internal sealed class MatMulRule : IGradientRule
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Operators { get; } = ["MatMul"];

    /// <inheritdoc/>
    public void Differentiate(GradientContext context)
    {
        if (context.Gradient(0) is not { } gradient)
            return;
        var (a, b) = (context.Input(0)!, context.Input(1)!);
        var (rankA, rankB) = (Rank(context, a), Rank(context, b));
        // A vector is a matrix of one row (left) or one column (right).
        if (rankB == 1)
            gradient = context.Add("Unsqueeze", [gradient, context.Integers(-1)]);
        if (rankA == 1)
            gradient = context.Add("Unsqueeze", [gradient, context.Integers(-2)]);
        if (context.Needs(0))
        {
            var right = rankB == 1 ? context.Add("Unsqueeze", [b, context.Integers(0)]) : Transposed(context, b, rankB);
            var change = context.Add("MatMul", [gradient, right]);
            context.Give(0, context.ReduceTo(rankA == 1 ? context.Add("Squeeze", [change, context.Integers(-2)]) : change, a));
        }

        if (context.Needs(1))
            context.Give(1, Right(context, gradient, a, rankA, b, rankB));
    }

    private static string Right(GradientContext context, string gradient, string a, int rankA, string b, int rankB)
    {
        if (rankB == 2 && rankA > 2)
        {
            // One matrix for the whole batch: the batch is part of what is summed over.
            var rows = context.Add("Flatten", [a], ("axis", (long)(rankA - 1)));
            var columns = context.Add("Flatten", [gradient], ("axis", (long)(rankA - 1)));
            return context.Add("MatMul", [context.Add("Transpose", [rows], ("perm", new long[] { 1, 0 })), columns]);
        }

        var left = rankA == 1 ? context.Add("Unsqueeze", [a, context.Integers(1)]) : Transposed(context, a, rankA);
        var change = context.Add("MatMul", [left, gradient]);
        return context.ReduceTo(rankB == 1 ? context.Add("Squeeze", [change, context.Integers(-1)]) : change, b);
    }

    private static int Rank(GradientContext context, string tensor) => context.Shape(tensor)?.Length ?? throw context.NeedsShapes(tensor);

    private static string Transposed(GradientContext context, string tensor, int rank)
    {
        var order = Enumerable.Range(0, rank).Select(axis => (long)axis).ToArray();
        (order[^1], order[^2]) = (order[^2], order[^1]);
        return context.Add("Transpose", [tensor], ("perm", order));
    }
}
