namespace ExplainLsp.Models.Tests.Gradients.Rules;

/// <summary>Resampling in every mode: larger, smaller, odd ratios, by scales and by sizes.</summary>
internal sealed class ResizeCases : IGradientCases
{
    private static readonly string[] Coordinates = ["half_pixel", "pytorch_half_pixel", "align_corners", "asymmetric", "half_pixel_symmetric"];

    private static readonly (long Height, long Width)[] Sizes = [(5, 7), (3, 2), (9, 8), (1, 1), (2, 11)];

    public IEnumerable<GradientCase> Cases()
    {
        foreach (var place in Coordinates)
        {
            foreach (var (height, width) in Sizes)
            {
                foreach (var rounding in new[] { "round_prefer_floor", "round_prefer_ceil", "floor", "ceil" })
                    yield return Sized(19, height, width, ("mode", "nearest"), ("coordinate_transformation_mode", place), ("nearest_mode", rounding));
                foreach (var mode in new[] { "linear", "cubic" })
                {
                    yield return Sized(19, height, width, ("mode", mode), ("coordinate_transformation_mode", place));
                    yield return Sized(19, height, width, ("mode", mode), ("coordinate_transformation_mode", place), ("antialias", 1));
                }

                yield return Sized(
                    19, height, width, ("mode", "cubic"), ("coordinate_transformation_mode", place), ("exclude_outside", 1), ("cubic_coeff_a", -0.5f));
            }
        }

        foreach (var mode in new[] { "nearest", "linear", "cubic" })
        {
            foreach (var opset in new[] { 11, 13, 18, 19 })
            {
                foreach (var scales in new double[][] { [1, 1, 2, 2], [1, 1, 0.6, 1.7], [1, 1, 1.5, 0.34], [1, 1, 3, 1] })
                {
                    yield return X(opset, $"{mode}, scales {string.Join(' ', scales)}").Constant("r", Float, [0]).Constant("s", Float, [4], scales)
                        .Node("Resize", ["x", "r", "s"], ["y"], Given.Attributes(("mode", mode))).NeedsShapes();
                }
            }

            yield return X(18, $"{mode}, axes 3 2").Constant("s", Float, [2], 1.5, 2).NeedsShapes()
                .Node("Resize", ["x", "", "s"], ["y"], Given.Attributes(("mode", mode), ("axes", (long[])[2, 3])));
            yield return X(13, $"{mode}, a region").Constant("r", Float, [8], 0, 0, 0.2, 0.1, 1, 1, 0.8, 1.2).Integers("n", [4], 1, 2, 6, 7).NeedsShapes().Node(
                "Resize", ["x", "r", "", "n"], ["y"], Given.Attributes(("mode", mode), ("coordinate_transformation_mode", "tf_crop_and_resize"), ("extrapolation_value", 3f)));
            foreach (var policy in new[] { "not_larger", "not_smaller" })
            {
                yield return X(18, $"{mode}, {policy}").Integers("n", [2], 7, 6).NeedsShapes()
                    .Node("Resize", ["x", "", "", "n"], ["y"], Given.Attributes(("mode", mode), ("axes", (long[])[2, 3]), ("keep_aspect_ratio_policy", policy)));
            }
        }

        foreach (var mode in new[] { "nearest", "linear" })
        {
            yield return X(10, $"{mode}, scales 1 1 2 1.5").Constant("s", Float, [4], 1, 1, 2, 1.5).NeedsShapes().Node("Resize", ["x", "s"], ["y"], Given.Attributes(("mode", mode)));
            yield return new GradientCase("Upsample", 9, mode).Input("x", [1, 2, 3, 2]).Constant("s", Float, [4], 1, 1, 2, 3).NeedsShapes()
                .Node("Upsample", ["x", "s"], ["y"], Given.Attributes(("mode", mode)));
            yield return new GradientCase("Upsample", 7, mode).Input("x", [1, 2, 3, 2]).NeedsShapes()
                .Node("Upsample", ["x"], ["y"], Given.Attributes(("mode", mode), ("scales", (float[])[1, 1, 2, 3])));
        }

        yield return new GradientCase("Resize", 13, "one dimension").Input("x", [2, 2, 5]).Constant("s", Float, [3], 1, 1, 2).NeedsShapes()
            .Node("Resize", ["x", "", "s"], ["y"], Given.Attributes(("mode", "nearest")));
        yield return new GradientCase("Resize", 13, "three dimensions").Input("x", [1, 2, 3, 3, 2]).Constant("s", Float, [5], 1, 1, 2, 1.5, 2).NeedsShapes()
            .Node("Resize", ["x", "", "s"], ["y"], Given.Attributes(("mode", "linear")));
        foreach (var padding in new[] { "zeros", "border", "reflection" })
        {
            foreach (var aligned in new[] { 0, 1 })
            {
                yield return Sampled(16, "bilinear", padding, aligned, true);
                yield return Sampled(20, "linear", padding, aligned, true);
                yield return Sampled(20, "nearest", padding, aligned, true);
                yield return Sampled(20, "cubic", padding, aligned, false);
            }
        }
    }

    private const Onnx.TensorProto.Types.DataType Float = Onnx.TensorProto.Types.DataType.Float;

    private static GradientCase X(int opset, string what) => new GradientCase("Resize", opset, what).Input("x", [1, 2, 4, 5]);

    private static GradientCase Sized(int opset, long height, long width, params (string Name, object Value)[] attributes) =>
        X(opset, $"{height} × {width}, {Given.Named(attributes)}").Integers("n", [4], 1, 2, height, width).NeedsShapes()
            .Node("Resize", ["x", "", "", "n"], ["y"], Given.Attributes(attributes));

    // Points within and outside, none on an element, where sampling has a kink.
    private static GradientCase Sampled(int opset, string mode, string padding, int aligned, bool computed)
    {
        var grid = Enumerable.Range(0, 48).Select(i => Math.Round(1.63 * Math.Sin((1.7 * i) + 0.31), 2) + 0.003).ToArray();
        var one = new GradientCase("GridSample", opset, $"{mode}, {padding}, align_corners {aligned}").Input("x", [2, 3, 5, 4]).WithStep(1.0 / 2048).NeedsShapes();
        one = computed ? one.Values("grid", [2, 3, 4, 2], grid) : one.Weights("grid", [2, 3, 4, 2], grid);
        return one.Node("GridSample", ["x", "grid"], ["y"], Given.Attributes(("mode", mode), ("padding_mode", padding), ("align_corners", aligned)));
    }
}
