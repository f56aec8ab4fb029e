using ExplainLsp.Models.Onnx;

namespace ExplainLsp.Models.Gradients.Decompositions.Fusions;

/// <summary>Matrix products and convolutions that ONNX Runtime fused with transpositions, factors, sums and activations.</summary>
internal sealed class MatrixDecomposition : IDecomposition
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Operators { get; } =
        ["com.microsoft.FusedMatMul", "com.microsoft.TransposeMatMul", "com.microsoft.FusedGemm", "com.microsoft.FusedConv"];

    /// <inheritdoc/>
    public bool Decompose(DecompositionContext context)
    {
        switch (context.Node.OpType)
        {
            case "FusedMatMul" or "TransposeMatMul":
                context.Set(0, MatMul(context));
                return true;
            case "FusedGemm":
                var product = Plain(context, "Gemm", 3);
                context.Set(0, Fused.Activated(
                    context,
                    product,
                    context.Input(0)!,
                    context.Number("activation_alpha", 0),
                    context.Number("activation_beta", context.Number("activation_gamma", 0))));
                return true;
            default:
                var sum = Plain(context, "Conv", 3);
                if (context.Input(3) is { } skip)
                    sum = context.Add("Add", [sum, skip]);
                var parameters = context.Numbers("activation_params") ?? [];
                context.Set(0, Fused.Activated(
                    context, sum, context.Input(0)!, parameters.ElementAtOrDefault(0), parameters.ElementAtOrDefault(1)));
                return true;
        }
    }

    private static string MatMul(DecompositionContext context)
    {
        if (context.Integer("transBatchA", 0) != 0 || context.Integer("transBatchB", 0) != 0)
            throw context.Refuse("it transposes batch dimensions");
        var product = context.Add(
            "MatMul",
            [
                context.Integer("transA", 0) != 0 ? Transposed(context, context.Input(0)!) : context.Input(0),
                context.Integer("transB", 0) != 0 ? Transposed(context, context.Input(1)!) : context.Input(1),
            ]);
        var alpha = context.Number("alpha", 1);
        return alpha == 1 ? product : context.Add("Mul", [product, context.Scalar(alpha, context.Input(0)!)]);
    }

    private static string Transposed(DecompositionContext context, string tensor)
    {
        var rank = context.Shape(tensor)?.Length ?? throw context.NeedsShapes(tensor);
        if (rank < 2)
            return tensor;
        var order = Enumerable.Range(0, rank).Select(i => (long)i).ToArray();
        (order[^2], order[^1]) = (order[^1], order[^2]);
        return context.Add("Transpose", [tensor], ("perm", order));
    }

    /// <summary>The standard operator with the fused node's own attributes.</summary>
    private static string Plain(DecompositionContext context, string type, int inputs)
    {
        var node = new NodeProto { OpType = type, Name = context.Graph.Fresh(type) };
        node.Input.AddRange(Enumerable.Range(0, inputs).Select(i => context.Input(i) ?? string.Empty));
        while (node.Input[^1].Length == 0)
            node.Input.RemoveAt(node.Input.Count - 1);
        node.Output.Add(context.Graph.Fresh(type));
        node.Attribute.AddRange(context.Node.Attribute
            .Where(attribute => !attribute.Name.StartsWith("activation", StringComparison.Ordinal)).Select(attribute => attribute.Clone()));
        context.Add(node);
        return node.Output[0];
    }
}
