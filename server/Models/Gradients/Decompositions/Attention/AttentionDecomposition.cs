namespace ExplainLsp.Models.Gradients.Decompositions.Attention;

/// <summary>
/// ONNX Runtime's fused Attention (projections included) and MultiHeadAttention, without a past. Packed inputs, caches and rotary embeddings
/// are refused.
/// </summary>
internal sealed class AttentionDecomposition : IDecomposition
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Operators { get; } = ["com.microsoft.Attention", "com.microsoft.MultiHeadAttention"];

    /// <inheritdoc/>
    public bool Decompose(DecompositionContext context)
    {
        if (Enumerable.Range(1, 2).Any(context.HasOutput))
            throw context.Refuse("it keeps keys and values for a next run");
        if (context.Integer("do_rotary", 0) != 0)
            throw context.Refuse("it has rotary embeddings");
        var product = new ScaledProduct(context);
        var heads = context.Integer("num_heads", 1);
        var low = context.Number("mask_filter_value", -10000);
        var projected = context.Node.OpType == "Attention" ? Projected(context) : Given(context);
        var (query, key, value) = (product.Heads(projected.Query, heads), product.Heads(projected.Key, heads), product.Heads(projected.Value, heads));
        var (mask, bias) = context.Node.OpType == "Attention" ? (context.Input(3), context.Input(5)) : (context.Input(4), context.Input(5));
        string? padding = null;
        if (mask is not null)
            padding = product.Padding(mask, context.Shape(mask)?.Length ?? throw context.NeedsShapes(mask), key, low);
        var causal = context.Integer("unidirectional", 0) != 0 ? product.Causal(query, key, low) : null;
        var scale = context.Number("scale", 0);
        context.Set(0, product.Merged(product.Attend(query, key, value, scale == 0 ? null : scale, [padding, causal, bias])));
        return true;
    }

    /// <summary>Attention: one product with the weights of queries, keys and values side by side.</summary>
    private static (string Query, string Key, string Value) Projected(DecompositionContext context)
    {
        if (context.Input(4) is not null || context.Input(6) is not null)
            throw context.Refuse("it reads keys and values of an earlier run");
        var all = context.Add("MatMul", [context.Input(0), context.Input(1)]);
        if (context.Input(2) is { } bias)
            all = context.Add("Add", [all, bias]);
        var parts = context.IntegerList("qkv_hidden_sizes") is { } sizes
            ? context.AddMany("Split", [all, context.Integers(sizes)], 3, ("axis", -1L))
            : context.AddMany("Split", [all], 3, ("axis", -1L), ("num_outputs", 3L));
        return (parts[0], parts[1], parts[2]);
    }

    /// <summary>MultiHeadAttention: queries, keys and values of their own, with a common bias.</summary>
    private static (string Query, string Key, string Value) Given(DecompositionContext context)
    {
        if (context.Input(1) is not { } key || context.Input(2) is not { } value || context.Shape(context.Input(0)!)?.Length != 3)
            throw context.Refuse("its queries, keys and values are packed into one tensor");
        if (context.Input(6) is not null || context.Input(7) is not null)
            throw context.Refuse("it reads keys and values of an earlier run");
        var query = context.Input(0)!;
        if (context.Shape(key)?.Length != 3)
            throw context.Refuse("its keys are not given as batch, length and size");
        if (context.Input(3) is not { } bias)
            return (query, key, value);
        if (context.Shape(query) is not [.., > 0 and var width] || context.Shape(value) is not [.., > 0 and var depth])
            throw context.NeedsShapes(query);
        var biases = context.AddMany("Split", [bias, context.Integers(width, width, depth)], 3, ("axis", 0L));
        return (context.Add("Add", [query, biases[0]]), context.Add("Add", [key, biases[1]]), context.Add("Add", [value, biases[2]]));
    }
}
