namespace ExplainLsp.Models.Tests.Gradients.Rules;

/// <summary>Products of matrices.</summary>
internal sealed class ProductCases : IGradientCases
{
    private static readonly (long[] Left, long[] Right, string What)[] Shapes =
    [
        ([2, 3], [3, 4], "matrices"),
        ([2, 2, 3], [3, 4], "a batch and a matrix"),
        ([2, 3], [2, 3, 2], "a matrix and a batch"),
        ([2, 1, 2, 3], [1, 2, 3, 2], "batches that are broadcast"),
        ([3], [3], "vectors"),
        ([3], [3, 2], "a vector and a matrix"),
        ([2, 3], [3], "a matrix and a vector"),
        ([3], [2, 3, 2], "a vector and a batch"),
        ([2, 2, 3], [3], "a batch and a vector"),
        ([1, 1], [1, 1], "ones"),
        ([0, 3], [3, 2], "no rows"),
    ];

    public IEnumerable<GradientCase> Cases()
    {
        foreach (var (left, right, what) in Shapes)
        {
            var one = new GradientCase("MatMul", 13, what).Input("a", left).Input("b", right).Node("MatMul", ["a", "b"], ["y"]);
            yield return one;
        }

        yield return new GradientCase("MatMul", 9, "matrices").Input("a", [2, 3]).Input("b", [3, 4]).Node("MatMul", ["a", "b"], ["y"]);
        foreach (var (turnA, turnB) in new[] { (0L, 0L), (0, 1), (1, 0), (1, 1) })
        {
            long[] a = turnA == 0 ? [2, 3] : [3, 2], b = turnB == 0 ? [3, 4] : [4, 3];
            yield return new GradientCase("Gemm", 13, $"transposes {turnA} {turnB}, α 0.7, β 1.3").Input("a", a).Input("b", b).Input("c", [4]).Node(
                "Gemm", ["a", "b", "c"], ["y"], TinyModel.Attribute("transA", turnA), TinyModel.Attribute("transB", turnB), Single("alpha", 0.7f), Single("beta", 1.3f));
        }

        yield return new GradientCase("Gemm", 13, "no bias").Input("a", [2, 3]).Input("b", [3, 4]).Node("Gemm", ["a", "b"], ["y"]);
        yield return new GradientCase("Gemm", 13, "a scalar bias").Input("a", [2, 3]).Input("b", [3, 4]).Input("c", []).Node("Gemm", ["a", "b", "c"], ["y"]);
        yield return new GradientCase("Gemm", 7, "a column as bias").Input("a", [2, 3]).Input("b", [3, 4]).Input("c", [2, 1]).Node("Gemm", ["a", "b", "c"], ["y"]);
    }

    private static Onnx.AttributeProto Single(string name, float value) =>
        new() { Name = name, Type = Onnx.AttributeProto.Types.AttributeType.Float, F = value };
}
