using ExplainLsp.Models.Onnx;
using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;

namespace ExplainLsp.Models.Tests.Gradients.Rules;

/// <summary>Operators that move, repeat, cut and join elements.</summary>
internal sealed class ShapeCases : IGradientCases
{
    public IEnumerable<GradientCase> Cases() => [.. Shaping(), .. Joining(), .. Cutting(), .. Padding(), .. Repeating(), .. Blocks()];

    private static IEnumerable<GradientCase> Shaping()
    {
        yield return X("Reshape", 7, "0 and −1", [2, 3, 4]).Integers("s", [2], 0, -1).Node("Reshape", ["x", "s"], ["y"]);
        yield return X("Reshape", 13, "other sizes", [2, 3, 4]).Integers("s", [3], 4, -1, 2).Node("Reshape", ["x", "s"], ["y"]);
        yield return X("Reshape", 14, "allowzero", [2, 0, 4]).Integers("s", [2], 0, 5).Node("Reshape", ["x", "s"], ["y"], Given.Attributes(("allowzero", 1)));
        foreach (var axis in new[] { 0, 1, 2, 3 })
            yield return X("Flatten", 9, $"axis {axis}", [2, 3, 4]).Node("Flatten", ["x"], ["y"], Given.Attributes(("axis", axis)));
        yield return X("Flatten", 13, "axis −1", [2, 3, 4]).Node("Flatten", ["x"], ["y"], Given.Attributes(("axis", -1)));
        yield return X("Squeeze", 7, "axes 1 3", [2, 1, 4, 1]).Node("Squeeze", ["x"], ["y"], Given.Attributes(("axes", (long[])[1, 3])));
        yield return X("Squeeze", 11, "axes −1 1", [2, 1, 4, 1]).Node("Squeeze", ["x"], ["y"], Given.Attributes(("axes", (long[])[-1, 1])));
        yield return X("Squeeze", 13, "axes −1 1", [2, 1, 4, 1]).Integers("a", [2], -1, 1).Node("Squeeze", ["x", "a"], ["y"]);
        yield return X("Squeeze", 13, "all", [2, 1, 4, 1]).Node("Squeeze", ["x"], ["y"]);
        yield return X("Unsqueeze", 7, "axes 0 2", [2, 4]).Node("Unsqueeze", ["x"], ["y"], Given.Attributes(("axes", (long[])[0, 2])));
        yield return X("Unsqueeze", 11, "axes 0 −1", [2, 4]).Node("Unsqueeze", ["x"], ["y"], Given.Attributes(("axes", (long[])[0, -1])));
        yield return X("Unsqueeze", 13, "axes 0 −1", [2, 4]).Integers("a", [2], 0, -1).Node("Unsqueeze", ["x", "a"], ["y"]);
        yield return X("Transpose", 7, "reversed", [2, 3, 4]).Node("Transpose", ["x"], ["y"]);
        yield return X("Transpose", 13, "permuted", [2, 3, 4, 5]).Node("Transpose", ["x"], ["y"], Given.Attributes(("perm", (long[])[2, 0, 3, 1])));
        yield return X("Trilu", 14, "upper", [2, 3, 4]).Node("Trilu", ["x"], ["y"]);
        yield return X("Trilu", 14, "lower, k 1", [2, 4, 3]).Constant("k", DataType.Int64, [], 1).Node("Trilu", ["x", "k"], ["y"], Given.Attributes(("upper", 0)));
        yield return X("CastLike", 15, "its own type", [2, 3]).Weights("t", [1], 0).Node("CastLike", ["x", "t"], ["y"]);
        foreach (var type in new[] { "Shape", "Size" })
        {
            // x · (number of x) : the number has no gradient.
            yield return X(type, 15, "beside a product", [2, 3]).Node(type, ["x"], ["n"]).Node("CastLike", ["n", "x"], ["f"])
                .Node("ReduceSum", ["f"], ["s"], Given.Attributes(("keepdims", 0))).Node("Mul", ["x", "s"], ["y"]);
        }
    }

    private static IEnumerable<GradientCase> Joining()
    {
        foreach (var opset in new[] { 7, 13 })
        {
            yield return new GradientCase("Concat", opset, "axis 1, one constant, one empty").Input("a", [2, 3]).Input("b", [2, 1]).Weights("c", [2, 2], 1, 2, 3, 4).Input("d", [2, 0])
                .Node("Concat", ["a", "b", "c", "d"], ["y"], Given.Attributes(("axis", 1)));
        }

        yield return new GradientCase("Concat", 11, "axis −2").Input("a", [2, 3]).Input("b", [4, 3]).Node("Concat", ["a", "b"], ["y"], Given.Attributes(("axis", -2)));
        yield return new GradientCase("Concat", 13, "the same twice").Input("a", [2, 3]).Node("Concat", ["a", "a"], ["y"], Given.Attributes(("axis", 0)));
        yield return Recombined("Split", 7, Node("Split", ["x"], ["p", "q", "r"], ("axis", 1), ("split", (long[])[2, 4, 1])));
        yield return Recombined("Split", 13, Node("Split", ["x", "s"], ["p", "q", "r"], ("axis", -1))).Integers("s", [3], 2, 4, 1);
        yield return Recombined("Split", 18, Node("Split", ["x"], ["p", "q", "r"], ("axis", 1), ("num_outputs", 3)));
        yield return X("Split", 11, "equal parts, one used", [4, 3]).Node("Split", ["x"], ["y", "q"], Given.Attributes(("axis", 0)));
    }

    // Only two of three parts are used.
    private static GradientCase Recombined(string type, int opset, NodeProto node) =>
        X(type, opset, "two of three parts", [2, 7]).Node(node).Node("Concat", ["r", "p"], ["y"], Given.Attributes(("axis", 1)));

    private static IEnumerable<GradientCase> Cutting()
    {
        yield return X("Slice", 7, "attributes", [4, 6, 5]).Node(
            "Slice", ["x"], ["y"], Given.Attributes(("starts", (long[])[1, -3]), ("ends", (long[])[3, 1000]), ("axes", (long[])[1, 2])));
        (string What, long[] Shape, long[] Starts, long[] Ends, long[]? Axes, long[]? Steps)[] all =
        [
            ("to the end", [4, 6, 5], [1, -3], [3, long.MaxValue], [1, 2], null),
            ("backwards", [4, 6, 5], [-1, 1], [long.MinValue, 4], [1, -1], [-2, 2]),
            ("all axes", [4, 6], [1, 0], [3, 100], null, null),
            ("nothing left", [4, 6], [3], [1], [1], null),
            ("size 1", [1, 5], [0, 2], [1, 3], [0, 1], [1, 3]),
        ];
        foreach (var (what, shape, starts, ends, axes, steps) in all)
        {
            foreach (var opset in new[] { 10, 13 })
            {
                var one = X("Slice", opset, what, shape).Integers("s", [starts.Length], starts).Integers("e", [ends.Length], ends);
                if (axes is not null)
                    one.Integers("a", [axes.Length], axes);
                if (steps is not null)
                    one.Integers("t", [steps.Length], steps);
                yield return one.Node("Slice", ["x", "s", "e", .. axes is null ? (string[])[] : ["a"], .. steps is null ? (string[])[] : ["t"]], ["y"]);
            }
        }
    }

    private static IEnumerable<GradientCase> Padding()
    {
        foreach (var mode in new[] { "constant", "reflect", "edge" })
        {
            yield return X("Pad", 7, mode, [2, 3, 4]).Node("Pad", ["x"], ["y"], Given.Attributes(("pads", (long[])[0, 1, 2, 0, 2, 3]), ("mode", mode)));
            yield return X("Pad", 11, mode, [2, 3, 4]).Integers("p", [6], 0, 1, 2, 0, 2, 3).Node("Pad", ["x", "p"], ["y"], Given.Attributes(("mode", mode)));
        }

        yield return X("Pad", 13, "cut off", [2, 3, 4]).Integers("p", [6], 0, 1, 2, 1, 0, -1).Node("Pad", ["x", "p"], ["y"]);
        yield return X("Pad", 13, "the value is computed", [2, 3]).Input("v", []).Integers("p", [4], 1, 0, 2, 1).Node("Pad", ["x", "p", "v"], ["y"]);
        foreach (var mode in new[] { "constant", "reflect", "edge" })
        {
            yield return X("Pad", 18, $"{mode}, axes −1 1", [2, 3, 4]).Integers("p", [4], 3, 1, 0, 2).Integers("a", [2], -1, 1)
                .Node("Pad", ["x", "p", "", "a"], ["y"], Given.Attributes(("mode", mode)));
        }

        yield return X("Pad", 19, "wrap", [2, 3, 4]).Integers("p", [6], 0, 1, 2, 0, 2, 3).Node("Pad", ["x", "p"], ["y"], Given.Attributes(("mode", "wrap")));
    }

    private static IEnumerable<GradientCase> Repeating()
    {
        yield return X("Expand", 8, "rows, columns and in front", [3, 1, 2]).Integers("s", [4], 2, 1, 4, 1).Node("Expand", ["x", "s"], ["y"]);
        yield return X("Expand", 13, "unchanged", [3, 1]).Integers("s", [2], 1, 1).Node("Expand", ["x", "s"], ["y"]);
        yield return X("Tile", 7, "both axes", [2, 3]).Integers("r", [2], 2, 3).Node("Tile", ["x", "r"], ["y"]);
        yield return X("Tile", 13, "the last", [2, 3, 1]).Integers("r", [3], 1, 1, 4).Node("Tile", ["x", "r"], ["y"]);
    }

    private static IEnumerable<GradientCase> Blocks()
    {
        yield return X("DepthToSpace", 7, "block 2", [2, 8, 2, 3]).Node("DepthToSpace", ["x"], ["y"], Given.Attributes(("blocksize", 2)));
        foreach (var mode in new[] { "DCR", "CRD" })
        {
            var one = X("DepthToSpace", 13, $"{mode}, block 3", [1, 18, 2, 2]).Node("DepthToSpace", ["x"], ["y"], Given.Attributes(("blocksize", 3), ("mode", mode)));
            yield return mode == "CRD" ? one.NeedsShapes() : one;
        }

        foreach (var opset in new[] { 7, 13 })
            yield return X("SpaceToDepth", opset, "block 2", [2, 2, 4, 6]).Node("SpaceToDepth", ["x"], ["y"], Given.Attributes(("blocksize", 2)));
    }

    private static NodeProto Node(string type, string[] inputs, string[] outputs, params (string Name, object Value)[] attributes) =>
        TinyModel.Node(type, inputs, outputs, Given.Attributes(attributes));

    private static GradientCase X(string type, int opset, string what, long[] shape) => new GradientCase(type, opset, what).Input("x", shape);
}
