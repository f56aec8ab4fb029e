using ExplainLsp.Explainers.Gradients;
using ExplainLsp.Models;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers;

/// <summary>
/// Guided Grad-CAM (Selvaraju et al. 2017, section 3.2): guided backpropagation, times the positive part of Grad-CAM enlarged to the
/// input's size. The fine detail comes from guided backpropagation, with its known failure, which the result says.
/// </summary>
public sealed class GuidedGradCam : PointExplainer
{
    private static readonly GradCam Coarse = new();

    /// <inheritdoc/>
    public override string Id => "guided-grad-cam";

    /// <inheritdoc/>
    public override string Title => "Guided Grad-CAM";

    /// <inheritdoc/>
    public override IReadOnlyList<ExplainerOption> Options { get; } =
    [
        Layers.MapOption,
        new("upsample", "nearest", "How Grad-CAM is enlarged to the input's size: nearest or bilinear."),
    ];

    /// <inheritdoc/>
    public override SampleKinds Kinds => SampleKinds.Grids;

    /// <inheritdoc/>
    public override MethodNeeds Needs => MethodNeeds.FeatureMap;

    internal override IAttributor Attributor(GradientRun run, OptionReader options)
    {
        string upsample = options.Word("upsample", "nearest", "nearest", "bilinear");
        run.Warnings.Add(GradientWarnings.HardlyDependsOnWeights);
        return new Product(run, MapLayer.Of(run, options), upsample);
    }

    private sealed class Product(GradientRun run, string layer, string upsample) : IAttributor
    {
        public long PassesPerPoint => 2;

        public AttributionRows Attribute(ReadOnlySpan<double> points, int rows)
        {
            (double[] maps, FeatureMap form) = Coarse.Maps(run, layer, points, rows, relu: true);
            if (form.Places.Length != 2)
                throw new ExplainerException($"The map of {layer} has {form.Places.Length} dimension(s); only maps of two are enlarged. Use grad-cam.");
            GridShape grid = ((GridSample)run.Request.Sample).Grid;
            MapLayer.SayEnlarged(run, form, grid, upsample);
            double[] large = MapLayer.Enlarge(maps, form, grid, rows, upsample);
            double[] values = run.Question.OfInputs(new BackwardRules(BackwardKind.GuidedBackpropagation), points, rows).Values;
            int pixels = grid.Height * grid.Width;
            for (int row = 0; row < rows; row++)
            {
                for (int channel = 0; channel < grid.Channels; channel++)
                {
                    for (int pixel = 0; pixel < pixels; pixel++)
                        values[(row * grid.Elements) + grid.IndexOf(channel, pixel / grid.Width, pixel % grid.Width)] *= large[(row * pixels) + pixel];
                }
            }
            return new AttributionRows(run.Point.Name, run.Point.Shape, true, values);
        }
    }
}
