namespace ExplainLsp.Models.Gradients.Decompositions.Fusions;

/// <summary>Pieces that several fused operators are made of.</summary>
internal static class Fused
{
    /// <summary>½·x·(1 + erf(x/√2)).</summary>
    public static string Gelu(DecompositionContext context, string x, string like)
    {
        var erf = context.Add("Erf", [context.Add("Mul", [x, context.Scalar(Math.Sqrt(0.5), like)])]);
        return Gated(context, x, erf, like);
    }

    /// <summary>½·x·(1 + tanh(√(2/π)·(x + 0.044715·x³))).</summary>
    public static string TanhGelu(DecompositionContext context, string x, string like)
    {
        var square = context.Add("Mul", [x, x]);
        var factor = context.Add("Add", [context.Add("Mul", [square, context.Scalar(0.044715, like)]), context.Scalar(1, like)]);
        var inner = context.Add("Mul", [context.Add("Mul", [x, context.Scalar(Math.Sqrt(2 / Math.PI), like)]), factor]);
        return Gated(context, x, context.Add("Tanh", [inner]), like);
    }

    /// <summary>A tensor behind the activation that a fused node names in its attribute <c>activation</c>.</summary>
    /// <param name="context">The node.</param>
    /// <param name="x">The tensor.</param>
    /// <param name="like">A tensor of the same element type.</param>
    /// <param name="first">The activation's first parameter.</param>
    /// <param name="second">Its second.</param>
    public static string Activated(DecompositionContext context, string x, string like, float first, float second) =>
        context.Text("activation", string.Empty) switch
        {
            "" => x,
            "Clip" => context.Add("Clip", [x, context.Scalar(first, like), context.Scalar(second, like)]),
            "LeakyRelu" => context.Add("LeakyRelu", [x], ("alpha", first)),
            "HardSigmoid" => context.Add("HardSigmoid", [x], ("alpha", first), ("beta", second)),
            "Elu" => context.Add("Elu", [x], ("alpha", first)),
            var name and ("Relu" or "Tanh" or "Sigmoid" or "Softplus" or "Softsign" or "HardSwish") => context.Add(name, [x]),
            var name => throw context.Refuse($"its fused activation {name} is not known here"),
        };

    /// <summary>x·w/√(mean(x²) + ε) over the last dimensions from an axis on; also what the square root's reciprocal is.</summary>
    public static (string Result, string Inverse) RootMeanSquare(
        DecompositionContext context, string x, string? scale, int rank, int axis, float epsilon = 1e-5f)
    {
        var like = context.Input(0)!;
        var axes = context.Integers([.. Enumerable.Range(axis, rank - axis).Select(i => (long)i)]);
        var mean = context.Add("ReduceMean", [context.Add("Mul", [x, x]), axes]);
        var root = context.Add("Sqrt", [context.Add("Add", [mean, context.Scalar(context.Number("epsilon", epsilon), like)])]);
        var result = context.Add("Div", [x, root]);
        return (scale is null ? result : context.Add("Mul", [result, scale]), context.Add("Reciprocal", [root]));
    }

    private static string Gated(DecompositionContext context, string x, string gate, string like)
    {
        var half = context.Add("Mul", [x, context.Scalar(0.5, like)]);
        return context.Add("Mul", [half, context.Add("Add", [gate, context.Scalar(1, like)])]);
    }
}
