namespace ExplainLsp.Models.Gradients.Decompositions.Fusions;

/// <summary>EmbedLayerNormalization: word, position and segment embeddings, added up and normalised.</summary>
internal sealed class EmbeddingDecomposition : IDecomposition
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Operators { get; } = ["com.microsoft.EmbedLayerNormalization"];

    /// <inheritdoc/>
    public bool Decompose(DecompositionContext context)
    {
        var ids = context.Input(0)!;
        var words = context.Add("Gather", [context.Input(2), ids]);
        var sum = context.Add("Add", [words, Positions(context, ids)]);
        if (context.Input(1) is { } segments && context.Input(4) is { } table)
            sum = context.Add("Add", [sum, context.Add("Gather", [table, segments])]);
        context.Set(0, context.Add(
            "LayerNormalization",
            [sum, context.Input(5), context.Input(6)],
            ("axis", -1L),
            ("epsilon", context.Number("epsilon", 1e-12f))));
        context.Set(2, sum);
        if (!context.HasOutput(1))
            return true;

        // How many tokens each text has, by its mask; zeros without a mask.
        var mask = context.Input(7) ?? context.Add("Mul", [ids, context.Add("Cast", [context.Integers(0)], ("to", (long)context.Graph.Type(ids)))]);
        context.Set(1, context.Add("Cast", [context.Add("ReduceSum", [mask, context.Integers(1)], ("keepdims", 0L))], ("to", 6L)));
        return true;
    }

    private static string Positions(DecompositionContext context, string ids)
    {
        if (context.Input(8) is { } given)
            return context.Add("Gather", [context.Input(3), given]);
        var length = context.Add("Shape", [ids], ("start", 1L), ("end", 2L));
        return context.Add("Slice", [context.Input(3), context.Integers(0), length, context.Integers(0)]);
    }
}
