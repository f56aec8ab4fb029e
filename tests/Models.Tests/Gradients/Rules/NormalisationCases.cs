namespace ExplainLsp.Models.Tests.Gradients.Rules;

/// <summary>Normalisations: by given statistics, over channels, groups, positions, neighbours.</summary>
internal sealed class NormalisationCases : IGradientCases
{
    public IEnumerable<GradientCase> Cases() => [.. Batch(), .. Instance(), .. Layer(), .. Group(), .. Others()];

    private static IEnumerable<GradientCase> Batch()
    {
        foreach (var opset in new[] { 7, 9, 14, 15 })
        {
            foreach (var shape in new long[][] { [2, 3, 4, 2], [4, 3], [2, 3, 5] })
            {
                yield return new GradientCase("BatchNormalization", opset, string.Join('×', shape)).Input("x", shape)
                    .Weights("scale", [3], 0.7, -1.2, 1).Weights("bias", [3], 0.1, 0, -0.4).Weights("mean", [3], 0.2, -0.1, 0).Weights("variance", [3], 0.5, 1.5, 1)
                    .Node("BatchNormalization", ["x", "scale", "bias", "mean", "variance"], ["y"], Given.Attributes(("epsilon", 0.01f)));
                yield return new GradientCase("BatchNormalization", opset, $"{string.Join('×', shape)}, all computed").Input("x", shape)
                    .Input("scale", [3]).Input("bias", [3]).Input("mean", [3]).Input("variance", [3], 0.5, 2)
                    .Node("BatchNormalization", ["x", "scale", "bias", "mean", "variance"], ["y"]);
            }
        }
    }

    private static IEnumerable<GradientCase> Instance()
    {
        foreach (var opset in new[] { 7, 22 })
        {
            foreach (var shape in new long[][] { [2, 3, 4, 5], [2, 3, 6], [1, 3, 2, 2, 3] })
            {
                yield return new GradientCase("InstanceNormalization", opset, string.Join('×', shape)).Input("x", shape).Input("scale", [3]).Input("bias", [3])
                    .Node("InstanceNormalization", ["x", "scale", "bias"], ["y"], Given.Attributes(("epsilon", 0.01f)));
            }
        }
    }

    private static IEnumerable<GradientCase> Layer()
    {
        foreach (var (shape, axis, scale) in new (long[], int, long[])[] { ([2, 3, 4], -1, [4]), ([2, 3, 4], 1, [3, 4]), ([2, 3, 4], -2, [1, 4]), ([5, 4], 0, [5, 4]) })
        {
            yield return new GradientCase("LayerNormalization", 17, $"{string.Join('×', shape)}, axis {axis}").Input("x", shape).Input("scale", scale).Input("bias", scale)
                .Node("LayerNormalization", ["x", "scale", "bias"], ["y"], Given.Attributes(("axis", axis)));
            yield return new GradientCase("LayerNormalization", 17, $"{string.Join('×', shape)}, axis {axis}, no bias").Input("x", shape).Weights("scale", scale, Given.Wave(scale))
                .Node("LayerNormalization", ["x", "scale"], ["y"], Given.Attributes(("axis", axis), ("epsilon", 0.01f)));
            yield return new GradientCase("RMSNormalization", 23, $"{string.Join('×', shape)}, axis {axis}").Input("x", shape).Input("scale", scale)
                .Node("RMSNormalization", ["x", "scale"], ["y"], Given.Attributes(("axis", axis)));
        }

        yield return new GradientCase("SimplifiedLayerNormalization", 17, "2×3×4").Input("x", [2, 3, 4]).Input("scale", [4])
            .Node("SimplifiedLayerNormalization", ["x", "scale"], ["y"], Given.Attributes(("epsilon", 1e-3f)));
    }

    private static IEnumerable<GradientCase> Group()
    {
        foreach (var (opset, groups, length) in new[] { (18, 2, 2L), (18, 6, 6), (18, 1, 1), (21, 2, 6), (21, 6, 6), (21, 1, 6), (23, 3, 6) })
        {
            foreach (var shape in new long[][] { [2, 6, 3, 2], [2, 6, 5] })
            {
                // Statistics in double precision, where the differences are.
                var attributes = opset > 18 ? Given.Attributes(("num_groups", groups), ("stash_type", 11)) : Given.Attributes(("num_groups", groups));
                yield return new GradientCase("GroupNormalization", opset, $"{string.Join('×', shape)}, groups {groups}").Input("x", shape)
                    .Input("scale", [length]).Input("bias", [length])
                    .Node("GroupNormalization", ["x", "scale", "bias"], ["y"], attributes).NeedsShapes();
            }
        }
    }

    private static IEnumerable<GradientCase> Others()
    {
        foreach (var size in new[] { 1, 3, 5 })
        {
            foreach (var opset in new[] { 7, 13 })
            {
                yield return new GradientCase("LRN", opset, $"size {size}").Input("x", [2, 6, 3, 2])
                    .Node("LRN", ["x"], ["y"], Given.Attributes(("size", size), ("alpha", 0.5f), ("beta", 0.6f), ("bias", 1.3f))).NeedsShapes();
            }
        }

        foreach (var opset in new[] { 9, 13 })
        {
            yield return new GradientCase("MeanVarianceNormalization", opset, "default axes").Input("x", [2, 3, 4, 2]).Node("MeanVarianceNormalization", ["x"], ["y"]);
            yield return new GradientCase("MeanVarianceNormalization", opset, "axes 2 3").Input("x", [2, 3, 4, 2])
                .Node("MeanVarianceNormalization", ["x"], ["y"], Given.Attributes(("axes", (long[])[2, 3])));
        }

        foreach (var p in new[] { 1, 2 })
        {
            foreach (var axis in new[] { -1, 1, 0 })
            {
                yield return new GradientCase("LpNormalization", 7, $"p {p}, axis {axis}").Input("x", [2, 3, 4])
                    .Node("LpNormalization", ["x"], ["y"], Given.Attributes(("p", p), ("axis", axis))).WithStep(1.0 / 128);
            }
        }
    }
}
