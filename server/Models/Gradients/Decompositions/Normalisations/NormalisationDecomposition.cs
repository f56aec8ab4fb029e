namespace ExplainLsp.Models.Gradients.Decompositions.Normalisations;

/// <summary>
/// Normalisations by the statistics of the row itself, as sums, products and roots. Gradients have rules of their own for these operators;
/// modified backward rules (DeepLIFT, LRP) treat the pieces.
/// </summary>
internal sealed class NormalisationDecomposition : IDecomposition
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Operators { get; } =
        ["LayerNormalization", "RMSNormalization", "InstanceNormalization", "GroupNormalization", "MeanVarianceNormalization", "LpNormalization"];

    /// <inheritdoc/>
    public bool Decompose(DecompositionContext context)
    {
        var x = context.Input(0)!;
        var rank = context.Shape(x)?.Length ?? throw context.NeedsShapes(x);
        switch (context.Node.OpType)
        {
            case "LayerNormalization":
                Layer(context, x, rank);
                break;
            case "RMSNormalization":
                Rms(context, x, rank);
                break;
            case "InstanceNormalization":
                var (normal, _, _) = Normalised(context, x, x, Range(2, rank), 1e-5f);
                context.Set(0, Affine(context, normal, Column(context, 1, rank), Column(context, 2, rank)));
                break;
            case "GroupNormalization":
                Group(context, x, rank);
                break;
            case "MeanVarianceNormalization":
                var axes = context.IntegerList("axes") ?? [0, 2, 3];
                context.Set(0, Normalised(context, x, x, axes, 1e-9f).Result);
                break;
            default:
                Lp(context, x);
                break;
        }

        return true;
    }

    private static void Layer(DecompositionContext context, string x, int rank)
    {
        var axis = (int)context.Integer("axis", -1);
        var (normal, mean, inverse) = Normalised(context, x, x, Range(axis < 0 ? axis + rank : axis, rank), 1e-5f);
        context.Set(0, Affine(context, normal, context.Input(1), context.Input(2)));
        context.Set(1, mean);
        context.Set(2, inverse);
    }

    private static void Rms(DecompositionContext context, string x, int rank)
    {
        var axis = (int)context.Integer("axis", -1);
        var (result, _) = Fusions.Fused.RootMeanSquare(context, x, context.Input(1), rank, axis < 0 ? axis + rank : axis);
        context.Set(0, result);
    }

    private static void Group(DecompositionContext context, string x, int rank)
    {
        // By the groups' own shape: batch × groups × all the rest.
        var groups = context.Integer("num_groups", 1);
        var grouped = context.Add("Reshape", [x, context.Integers(0, groups, -1)]);
        var (normal, _, _) = Normalised(context, grouped, x, [2], 1e-5f);
        var back = context.Add("Reshape", [normal, context.Add("Shape", [x])]);
        context.Set(0, Affine(context, back, Column(context, 1, rank), Column(context, 2, rank)));
    }

    private static void Lp(DecompositionContext context, string x)
    {
        var axes = context.Integers(context.Integer("axis", -1));
        var norm = context.Integer("p", 2) == 1
            ? context.Add("ReduceSum", [context.Add("Abs", [x]), axes])
            : context.Add("Sqrt", [context.Add("ReduceSum", [context.Add("Mul", [x, x]), axes])]);
        context.Set(0, context.Add("Div", [x, norm]));
    }

    /// <summary>(x − mean)/√(variance + ε), with the mean and the root's reciprocal.</summary>
    private static (string Result, string Mean, string Inverse) Normalised(
        DecompositionContext context, string x, string like, long[] axes, float epsilon)
    {
        var over = context.Integers(axes);
        var mean = context.Add("ReduceMean", [x, over]);
        var centred = context.Add("Sub", [x, mean]);
        var variance = context.Add("ReduceMean", [context.Add("Mul", [centred, centred]), over]);
        var root = context.Add("Sqrt", [context.Add("Add", [variance, context.Scalar(context.Number("epsilon", epsilon), like)])]);
        return (context.Add("Div", [centred, root]), mean, context.Add("Reciprocal", [root]));
    }

    private static string Affine(DecompositionContext context, string x, string? scale, string? shift)
    {
        if (scale is not null)
            x = context.Add("Mul", [x, scale]);
        return shift is null ? x : context.Add("Add", [x, shift]);
    }

    private static long[] Range(int from, int to) => [.. Enumerable.Range(from, to - from).Select(i => (long)i)];

    /// <summary>A value a channel, in a shape that broadcasts along dimension 1.</summary>
    private static string Column(DecompositionContext context, int input, int rank) =>
        context.Add("Unsqueeze", [context.Input(input), context.Integers(Range(1, rank - 1))]);
}
