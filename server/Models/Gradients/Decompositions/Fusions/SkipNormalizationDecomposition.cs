namespace ExplainLsp.Models.Gradients.Decompositions.Fusions;

/// <summary>Skip connections fused with the normalisation behind them, by mean and variance or by root mean square, and the simplified (RMS) normalisation alone.</summary>
internal sealed class SkipNormalizationDecomposition : IDecomposition
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Operators { get; } =
    [
        "com.microsoft.SkipLayerNormalization", "com.microsoft.SkipSimplifiedLayerNormalization", "com.microsoft.SimplifiedLayerNormalization",
        "SimplifiedLayerNormalization",
    ];

    /// <inheritdoc/>
    public bool Decompose(DecompositionContext context)
    {
        var input = context.Input(0)!;
        var rank = context.Shape(input)?.Length ?? throw context.NeedsShapes(input);
        switch (context.Node.OpType)
        {
            case "SkipLayerNormalization":
                var sum = Sum(context, context.Input(4));
                var outputs = context.AddMany(
                    "LayerNormalization",
                    [sum, context.Input(2), context.Input(3)],
                    context.HasOutput(2) ? 3 : context.HasOutput(1) ? 2 : 1,
                    ("axis", -1L),
                    ("epsilon", context.Number("epsilon", 1e-12f)));
                for (var i = 0; i < outputs.Length; i++)
                    context.Set(i, outputs[i]);
                context.Set(3, sum);
                return true;
            case "SkipSimplifiedLayerNormalization":
                var added = Sum(context, context.Input(3));
                var (normal, inverse) = Fused.RootMeanSquare(context, added, context.Input(2), rank, rank - 1, 1e-12f);
                context.Set(0, normal);
                context.Set(2, inverse);
                context.Set(3, added);
                return !context.HasOutput(1);
            default:
                var axis = (int)context.Integer("axis", -1);
                var (result, deviation) = Fused.RootMeanSquare(context, input, context.Input(1), rank, axis < 0 ? axis + rank : axis);
                context.Set(0, result);
                context.Set(1, deviation);
                return true;
        }
    }

    private static string Sum(DecompositionContext context, string? bias)
    {
        var sum = context.Add("Add", [context.Input(0), context.Input(1)]);
        return bias is null ? sum : context.Add("Add", [sum, bias]);
    }
}
