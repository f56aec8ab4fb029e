namespace ExplainLsp.Models.Gradients.Decompositions.Attention;

/// <summary>softmax(q·kᵀ·scale + mask)·v over heads, in standard operators.</summary>
/// <param name="context">The fused node.</param>
internal sealed class ScaledProduct(DecompositionContext context)
{
    private readonly string _like = context.Input(0)!;

    /// <summary>batch × length × (heads·size) to batch × heads × length × size.</summary>
    public string Heads(string tensor, long heads) =>
        context.Add("Transpose", [context.Add("Reshape", [tensor, context.Integers(0, 0, heads, -1)])], ("perm", new long[] { 0, 2, 1, 3 }));

    /// <summary>batch × heads × length × size back to batch × length × (heads·size).</summary>
    public string Merged(string tensor) =>
        context.Add("Reshape", [context.Add("Transpose", [tensor], ("perm", new long[] { 0, 2, 1, 3 })), context.Integers(0, 0, -1)]);

    /// <summary>The attended values, batch × heads × length × size.</summary>
    /// <param name="query">Queries, by heads.</param>
    /// <param name="key">Keys, by heads.</param>
    /// <param name="value">Values, by heads.</param>
    /// <param name="scale">The factor of the products; null for one over the root of a head's size.</param>
    /// <param name="masks">Added to the products.</param>
    public string Attend(string query, string key, string value, float? scale, IEnumerable<string?> masks)
    {
        var products = context.Add("MatMul", [query, context.Add("Transpose", [key], ("perm", new long[] { 0, 1, 3, 2 }))]);
        products = context.Add("Mul", [products, scale is { } given ? context.Scalar(given, _like) : Root(query)]);
        foreach (var mask in masks)
        {
            if (mask is not null)
                products = context.Add("Add", [products, mask]);
        }

        return context.Add("MatMul", [context.Add("Softmax", [products], ("axis", -1L)), value]);
    }

    /// <summary>0 where a mask of integers is not zero, a low number where it is; in a shape that broadcasts against the products.</summary>
    /// <param name="mask">Batch, batch × keys, or batch × queries × keys.</param>
    /// <param name="rank">Its rank: 1 for the number of keys a row.</param>
    /// <param name="key">Keys, by heads.</param>
    /// <param name="low">The low number.</param>
    public string Padding(string mask, int rank, string key, float low)
    {
        var kept = rank switch
        {
            1 => context.Add("Less", [Counted(context.Add("Shape", [key], ("start", 2L), ("end", 3L))), context.Add("Unsqueeze", [Wide(mask), context.Integers(1)])]),
            2 or 3 => context.Add("Not", [context.Add("Equal", [Wide(mask), context.Integers(0)])]),
            _ => throw context.Refuse($"its mask has {rank} dimensions"),
        };
        var axes = rank == 3 ? context.Integers(1) : context.Integers(1, 2);
        return Chosen(context.Add("Unsqueeze", [kept, axes]), low);
    }

    /// <summary>0 for keys up to the query's own place, a low number for later ones.</summary>
    public string Causal(string query, string key, float low)
    {
        var rows = context.Add("Unsqueeze", [Counted(context.Add("Shape", [query], ("start", 2L), ("end", 3L))), context.Integers(1)]);
        var columns = context.Add("Unsqueeze", [Counted(context.Add("Shape", [key], ("start", 2L), ("end", 3L))), context.Integers(0)]);
        return Chosen(context.Add("LessOrEqual", [columns, rows]), low);
    }

    /// <summary>0 where a condition holds, a low number elsewhere.</summary>
    public string Chosen(string condition, float low) => context.Add("Where", [condition, context.Scalar(0, _like), context.Scalar(low, _like)]);

    private string Wide(string mask) => context.Add("Cast", [mask], ("to", 7L));

    private string Counted(string size) =>
        context.Add("CumSum", [context.Add("Expand", [context.Integers(1), size]), context.Integers(0)], ("exclusive", 1L));

    private string Root(string query)
    {
        var size = context.Add("CastLike", [context.Add("Shape", [query], ("start", 3L), ("end", 4L)), _like]);
        return context.Add("Reciprocal", [context.Add("Sqrt", [size])]);
    }
}
