namespace ExplainLsp.Models.Gradients.Decompositions.Fusions;

/// <summary>ONNX Runtime's fused Gelu operators: x·Φ(x) by erf or tanh, with a bias added first, or x·sigmoid(α·x).</summary>
internal sealed class GeluDecomposition : IDecomposition
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Operators { get; } =
        ["com.microsoft.Gelu", "com.microsoft.BiasGelu", "com.microsoft.FastGelu", "com.microsoft.QuickGelu"];

    /// <inheritdoc/>
    public bool Decompose(DecompositionContext context)
    {
        var like = context.Input(0)!;
        var x = like;
        if (context.Node.OpType is "BiasGelu" or "FastGelu" && context.Input(1) is { } bias)
            x = context.Add("Add", [x, bias]);
        switch (context.Node.OpType)
        {
            case "Gelu" or "BiasGelu":
                context.Set(0, Fused.Gelu(context, x, like));
                return true;
            case "FastGelu":
                context.Set(0, Fused.TanhGelu(context, x, like));
                return true;
            case "QuickGelu":
                var scaled = context.Add("Mul", [x, context.Scalar(context.Number("alpha", 1.702f), like)]);
                context.Set(0, context.Add("Mul", [x, context.Add("Sigmoid", [scaled])]));
                return true;
            default:
                return false;
        }
    }
}
