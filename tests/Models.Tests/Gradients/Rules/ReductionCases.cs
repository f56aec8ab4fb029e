namespace ExplainLsp.Models.Tests.Gradients.Rules;

/// <summary>Reductions: axes as attribute and as input, counted from either end, all of them, none, empty dimensions.</summary>
internal sealed class ReductionCases : IGradientCases
{
    private static readonly string[] Types =
    [
        "ReduceSum", "ReduceMean", "ReduceMax", "ReduceMin", "ReduceL1", "ReduceL2", "ReduceLogSum", "ReduceLogSumExp", "ReduceSumSquare", "ReduceProd",
    ];

    public IEnumerable<GradientCase> Cases()
    {
        foreach (var type in Types)
        {
            foreach (var kept in new[] { 0, 1 })
            {
                foreach (var axes in new long[][] { [1], [-1, 0], [2] })
                {
                    foreach (var opset in type == "ReduceSum" ? [7, 11] : new[] { 7, 11, 13 })
                    {
                        yield return Input(type, opset, $"axes {string.Join(' ', axes)} as attribute, keepdims {kept}", opset < 11 && axes[0] < 0)
                            .Node(type, ["x"], ["y"], Given.Attributes(("axes", opset < 11 ? [.. axes.Select(axis => axis < 0 ? axis + 3 : axis)] : axes), ("keepdims", kept)));
                    }

                    foreach (var opset in type == "ReduceSum" ? [13, 18] : new[] { 18 })
                    {
                        yield return Input(type, opset, $"axes {string.Join(' ', axes)}, keepdims {kept}").Integers("axes", [axes.Length], axes)
                            .Node(type, ["x", "axes"], ["y"], Given.Attributes(("keepdims", kept)));
                    }
                }

                yield return Input(type, 11, $"all, keepdims {kept}").Node(type, ["x"], ["y"], Given.Attributes(("keepdims", kept)));
                yield return Input(type, 18, $"all, keepdims {kept}").Node(type, ["x"], ["y"], Given.Attributes(("keepdims", kept)));
                yield return Input(type, 18, $"empty axes, all, keepdims {kept}").Integers("axes", [0])
                    .Node(type, ["x", "axes"], ["y"], Given.Attributes(("keepdims", kept)));
                yield return Input(type, 18, $"empty axes, none, keepdims {kept}").Integers("axes", [0])
                    .Node(type, ["x", "axes"], ["y"], Given.Attributes(("keepdims", kept), ("noop_with_empty_axes", 1)));
                yield return new GradientCase(type, 18, $"size 1, keepdims {kept}").Input("x", [1, 3, 1], 0.3, 2).WithStep(1.0 / 64)
                    .Integers("axes", [2], 0, 2).Node(type, ["x", "axes"], ["y"], Given.Attributes(("keepdims", kept)));
            }
        }

        yield return new GradientCase("ReduceProd", 18, "zeros").Values("x", [3, 4], 1, 2, 0, 3, 0, 1, 0, 2, 1, 2, 3, 4).Integers("axes", [1], 1)
            .Node("ReduceProd", ["x", "axes"], ["y"]);
        yield return new GradientCase("ReduceSum", 13, "an empty dimension").Input("x", [2, 0, 3]).Integers("axes", [1], 1).Node("ReduceSum", ["x", "axes"], ["y"]);
        yield return new GradientCase("ReduceMean", 18, "an empty batch").Input("x", [0, 3]).Integers("axes", [1], 1).Node("ReduceMean", ["x", "axes"], ["y"]);
        yield return new GradientCase("ReduceMean", 18, "axes that are computed").Input("x", [2, 3, 4]).Integers("a", [1], 1).Integers("b", [1], 1)
            .Node("Add", ["a", "b"], ["axes"]).Node("ReduceMean", ["x", "axes"], ["y"]);
        yield return new GradientCase("ReduceMax", 18, "both signs").Input("x", [3, 5]).WithStep(1.0 / 512).Integers("axes", [1], 1).Node("ReduceMax", ["x", "axes"], ["y"]);
        yield return new GradientCase("ReduceL1", 18, "both signs").Input("x", [3, 5]).WithStep(1.0 / 512).Integers("axes", [1], 1).Node("ReduceL1", ["x", "axes"], ["y"]);
    }

    // Positive, so that logarithms have a value; the steps are smaller than the distance between any two.
    private static GradientCase Input(string type, int opset, string what, bool spelled = false) =>
        new GradientCase(type, opset, spelled ? $"{what} from the front" : what).Input("x", [2, 3, 4], 0.3, 2.5)
            .WithStep(type is "ReduceMax" or "ReduceMin" or "ReduceL1" ? 1.0 / 64 : 1.0 / 32);
}
