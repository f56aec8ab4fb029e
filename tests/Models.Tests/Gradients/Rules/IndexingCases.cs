using ExplainLsp.Models.Onnx;
using static ExplainLsp.Models.Tests.TinyModel;
using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;

namespace ExplainLsp.Models.Tests.Gradients.Rules;

/// <summary>Reading and writing at places: repeated, negative, one, none; sorting and running sums.</summary>
internal sealed class IndexingCases : IGradientCases
{
    public IEnumerable<GradientCase> Cases() => [.. Gathers(), .. GathersByElement(), .. GathersByTuple(), .. Scatters(), .. Sorted(), .. Sums()];

    private static IEnumerable<GradientCase> Gathers()
    {
        (int Opset, long Axis, long[] Shape, long[] Indices, string What)[] cases =
        [
            (7, 0, [3], [2, 0, 2], "rows, one twice"),
            (11, 1, [2, 2], [0, -1, 1, 1], "columns, negative"),
            (13, -1, [1], [1], "one, its dimension kept"),
            (13, 0, [2, 1], [1, 1], "the same twice"),
            (13, 1, [], [1], "a single one, its dimension dropped"),
            (13, 2, [], [-1], "the last, its dimension dropped"),
            (13, 0, [0], [], "none"),
        ];
        foreach (var (opset, axis, shape, indices, what) in cases)
        {
            yield return new GradientCase("Gather", opset, what).Input("x", [3, 2, 4]).Integers("i", shape, indices)
                .Node("Gather", ["x", "i"], ["y"], Attribute("axis", axis));
            yield return new GradientCase("Gather", opset, what + ", places as an input").Input("x", [3, 2, 4]).Other("i", DataType.Int64, shape, [.. indices.Select(i => (double)i)])
                .Node("Gather", ["x", "i"], ["y"], Attribute("axis", axis));
        }
    }

    private static IEnumerable<GradientCase> GathersByElement()
    {
        foreach (var opset in new[] { 11, 13 })
        {
            yield return new GradientCase("GatherElements", opset, "rows, one twice").Input("x", [3, 2]).Integers("i", [4, 2], 0, 2, 1, 2, 0, 0, -1, 1)
                .Node("GatherElements", ["x", "i"], ["y"]);
            yield return new GradientCase("GatherElements", opset, "last axis").Input("x", [2, 3]).Integers("i", [2, 2], 0, 2, 1, 1)
                .Node("GatherElements", ["x", "i"], ["y"], Attribute("axis", -1L));
        }
    }

    private static IEnumerable<GradientCase> GathersByTuple()
    {
        foreach (var opset in new[] { 11, 12, 13 })
        {
            yield return new GradientCase("GatherND", opset, "elements").Input("x", [2, 3]).Integers("i", [3, 2], 0, 1, 1, -1, 0, 1).Node("GatherND", ["x", "i"], ["y"]);
            yield return new GradientCase("GatherND", opset, "rows").Input("x", [3, 2]).Integers("i", [2, 1, 1], 2, 2).Node("GatherND", ["x", "i"], ["y"]);
        }

        yield return new GradientCase("GatherND", 13, "a batch").Input("x", [2, 3, 2]).Integers("i", [2, 2, 1], 0, 2, 1, -2)
            .Node("GatherND", ["x", "i"], ["y"], Attribute("batch_dims", 1L));
        yield return new GradientCase("GatherND", 13, "two batch dimensions").Input("x", [2, 2, 3]).Integers("i", [2, 2, 1], 0, 2, 1, 1)
            .Node("GatherND", ["x", "i"], ["y"], Attribute("batch_dims", 2L));
    }

    private static IEnumerable<GradientCase> Scatters()
    {
        foreach (var (opset, reductions) in new[] { (11, new[] { "none" }), (13, ["none"]), (16, ["none", "add"]), (18, ["none", "add", "max", "min"]) })
        {
            foreach (var reduction in reductions)
            {
                AttributeProto[] given = reduction == "none" ? [] : [Attribute("reduction", reduction)];
                yield return new GradientCase("ScatterElements", opset, reduction).Input("x", [3, 2]).Input("u", [2, 2], -1.1, 1.2)
                    .Integers("i", [2, 2], 0, 2, 1, -3).Node("ScatterElements", ["x", "i", "u"], ["y"], given).WithStep(1e-3);
                yield return new GradientCase("ScatterND", opset, reduction).Input("x", [3, 2]).Input("u", [2, 2], -1.1, 1.2)
                    .Integers("i", [2, 1], 2, 0).Node("ScatterND", ["x", "i", "u"], ["y"], given).WithStep(1e-3);
            }
        }

        yield return new GradientCase("ScatterElements", 18, "add, a place twice").Input("x", [3]).Input("u", [3]).Integers("i", [3], 1, 1, 0)
            .Node("ScatterElements", ["x", "i", "u"], ["y"], Attribute("reduction", "add"));
        yield return new GradientCase("ScatterND", 18, "add, a place twice").Input("x", [3]).Input("u", [3]).Integers("i", [3, 1], 1, 1, 0)
            .Node("ScatterND", ["x", "i", "u"], ["y"], Attribute("reduction", "add"));
    }

    private static IEnumerable<GradientCase> Sorted()
    {
        yield return new GradientCase("TopK", 7, "the last dimension").Input("x", [2, 4]).Node("TopK", ["x"], ["y", "places"], Attribute("k", 2L)).WithStep(1e-2);
        foreach (var (opset, axis, largest) in new[] { (10, 1L, 1L), (11, 0L, 0L), (24, -1L, 1L) })
        {
            AttributeProto[] given = opset == 10 ? [Attribute("axis", axis)] : [Attribute("axis", axis), Attribute("largest", largest)];
            yield return new GradientCase("TopK", opset, largest == 1 ? "largest" : "smallest").Input("x", [3, 4]).Integers("k", [1], 2)
                .Node("TopK", ["x", "k"], ["y", "places"], given).WithStep(1e-2);
        }
    }

    private static IEnumerable<GradientCase> Sums()
    {
        foreach (var opset in new[] { 11, 14 })
        {
            foreach (var (axis, exclusive, reverse) in new[] { (0L, 0L, 0L), (1, 1, 0), (-1, 0, 1), (1, 1, 1) })
            {
                yield return new GradientCase("CumSum", opset, $"axis {axis}, exclusive {exclusive}, reverse {reverse}").Input("x", [2, 3]).Integers("a", [], axis)
                    .Node("CumSum", ["x", "a"], ["y"], Attribute("exclusive", exclusive), Attribute("reverse", reverse));
            }
        }
    }
}
