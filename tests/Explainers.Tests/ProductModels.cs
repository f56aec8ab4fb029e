using ExplainLsp.Explainers.Tests.Gradients;
using ExplainLsp.Models;
using ExplainLsp.Models.Onnx;
using static ExplainLsp.Models.Tests.TinyModel;

namespace ExplainLsp.Explainers.Tests;

/// <summary>Models whose effects and interactions are known in closed form.</summary>
internal static class ProductModels
{
    /// <summary>y = x0 · x1 + x · w.</summary>
    public static ModelSession Product(this SmallModels models, params float[] weights) => models.Open(
        weights.Length, 1,
        model => model.Integers("first", [1], 0).Integers("second", [1], 1).Weights("w", [weights.Length, 1], weights),
        Node("Gather", ["x", "first"], ["x0"], Attribute("axis", 1L)),
        Node("Gather", ["x", "second"], ["x1"], Attribute("axis", 1L)),
        Node("Mul", ["x0", "x1"], ["product"]),
        Node("MatMul", ["x", "w"], ["linear"]),
        Node("Add", ["product", "linear"], ["y"]));

    /// <summary>Every combination of the values of the columns, the last one changing fastest.</summary>
    public static Samples.EncodedTable Factorial(params double[][] values)
    {
        int rows = values.Aggregate(1, (product, column) => product * column.Length);
        return NumberTable.Of(rows, values.Length, (row, column) =>
        {
            for (int later = values.Length - 1; later > column; later--)
                row /= values[later].Length;
            return values[column][row % values[column].Length];
        });
    }
}
