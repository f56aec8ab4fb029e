using ExplainLsp.Explainers.Gradients;

namespace ExplainLsp.Explainers;

/// <summary>
/// Layer conductance (Dhamdhere et al. 2019): integrated gradients' flow through the units of a layer. On the straight path from a baseline
/// to the sample, each unit's gradient times how far the unit moved is summed over the steps. When everything passes through the layer,
/// the units add up to f(x) − f(baseline) but for the error of the sum, which the gap tells.
/// </summary>
public sealed class LayerConductance : GradientExplainer
{
    /// <inheritdoc/>
    public override string Id => "layer-conductance";

    /// <inheritdoc/>
    public override string Title => "Layer conductance";

    /// <inheritdoc/>
    /// <remarks>A layer that is named need not be a map; without a name, one is looked for.</remarks>
    public override MethodNeeds Needs => MethodNeeds.FeatureMap;

    /// <inheritdoc/>
    public override IReadOnlyList<ExplainerOption> Options { get; } =
    [
        Layers.MapOption,
        new("steps", "50", "Steps along the path, 1 to 12,800."),
        new("rule", "trapezoid", "The gradient of a step: trapezoid (the mean of its ends), riemann-left or riemann-right (that of one end)."),
        GradientBaseline.Option,
    ];

    private protected override Explanation Compute(GradientRun run)
    {
        int steps = (int)run.Options.WholeNumber("steps", IntegratedGradients.DefaultSteps, 1, 12_800);
        double left = run.Options.Word("rule", "trapezoid", "trapezoid", "riemann-left", "riemann-right") switch
        {
            "riemann-left" => 1,
            "riemann-right" => 0,
            _ => 0.5,
        };
        GradientBaseline baseline = GradientBaseline.Of(run, run.Options);
        string layer = MapLayer.Of(run, run.Options);
        run.Background = baseline.Description;

        int width = run.Point.Elements;
        LayerGradients before = run.Question.OfLayer(layer, baseline.Point, 1);
        int units = before.Values.Length;
        double[] sum = new double[units];
        int block = GradientQuestion.RowsPerRun(Math.Max(units, width));
        for (int from = 1; from <= steps; from += block)
        {
            int rows = Math.Min(block, steps + 1 - from);
            double[] points = new double[rows * width];
            for (int row = 0; row < rows; row++)
            {
                double share = (double)(from + row) / steps;
                for (int i = 0; i < width; i++)
                    points[(row * width) + i] = baseline.Point[i] + (share * (run.Point.Values[i] - baseline.Point[i]));
            }
            LayerGradients at = run.Question.OfLayer(layer, points, rows);
            for (int row = 0; row < rows; row++)
            {
                Span<double> gradients = at.Values.AsSpan(row * units, units), activations = at.Activations.AsSpan(row * units, units);
                for (int i = 0; i < units; i++)
                    sum[i] += ((left * before.Values[i]) + ((1 - left) * gradients[i])) * (activations[i] - before.Activations[i]);
                before = new LayerGradients([], gradients.ToArray(), activations.ToArray(), at.RowShape);
            }
            run.Report(from + rows, steps + 1);
        }
        double baseValue = run.MeanOf(baseline.Point);
        return run.Tell(
            new AttributionRows(layer, before.RowShape, false, sum), baseValue, run.Predicted - baseValue,
            $"Raise steps to {4 * steps}, or name a layer that everything passes through.");
    }
}
