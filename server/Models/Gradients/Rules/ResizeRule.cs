namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>
/// <c>Resize</c>, and <c>Upsample</c> in old models: linear in its input, each axis by itself, so the gradient is a product with the transposed
/// interpolation matrix along each axis that changes. That is exact in every mode.
/// </summary>
internal sealed class ResizeRule : IGradientRule
{
    public IReadOnlyList<string> Operators { get; } = ["Resize", "Upsample"];

    public void Differentiate(GradientContext context)
    {
        if (context.Gradient(0) is not { } gradient || !context.Needs(0))
            return;
        var input = context.Input(0)!;
        var shape = context.Shape(input) ?? throw context.NeedsShapes(input);
        var upsample = context.Node.OpType == "Upsample";
        var resampling = new Resampling
        {
            Mode = context.Text("mode", "nearest"),
            Coordinates = context.Text("coordinate_transformation_mode", upsample ? "asymmetric" : "half_pixel"),
            Rounding = context.Text("nearest_mode", upsample ? "floor" : "round_prefer_floor"),
            Cubic = context.Number("cubic_coeff_a", -0.75f),
            ExcludeOutside = context.Integer("exclude_outside", 0) != 0,
            Antialias = context.Integer("antialias", 0) != 0,
        };
        foreach (var (axis, along) in ResizedAxes.Of(context, shape, resampling.Coordinates == "tf_crop_and_resize", upsample))
        {
            var matrix = resampling.Transposed(along);
            if (!matrix.IsIdentity)
                gradient = matrix.Apply(context, gradient, axis, shape.Length);
        }

        context.Give(0, gradient);
    }
}
