using ExplainLsp.Explainers.Gradients;

namespace ExplainLsp.Explainers;

/// <summary>
/// Internal influence (Leino et al. 2018): the mean gradient with respect to a layer on the straight path from a baseline to the sample.
/// It says how much the target moves with each unit, averaged over the path.
/// </summary>
public sealed class InternalInfluence : GradientExplainer
{
    /// <inheritdoc/>
    public override string Id => "internal-influence";

    /// <inheritdoc/>
    public override string Title => "Internal influence";

    /// <inheritdoc/>
    /// <remarks>A layer that is named need not be a map; without a name, one is looked for.</remarks>
    public override MethodNeeds Needs => MethodNeeds.FeatureMap;

    /// <inheritdoc/>
    public override IReadOnlyList<ExplainerOption> Options { get; } =
    [
        Layers.MapOption,
        new("steps", "50", "Gradients along the path, 1 to 12,800 (trapezoid: 2 or more)."),
        Quadrature.RuleOption,
        GradientBaseline.Option,
    ];

    private protected override Explanation Compute(GradientRun run)
    {
        string rule = run.Options.Word("rule", Quadrature.Rules[0], Quadrature.Rules);
        int steps = (int)run.Options.WholeNumber("steps", IntegratedGradients.DefaultSteps, rule == "trapezoid" ? 2 : 1, 12_800);
        GradientBaseline baseline = GradientBaseline.Of(run, run.Options);
        string layer = MapLayer.Of(run, run.Options);
        run.Background = baseline.Description;
        var (sum, shape) = new PathIntegral(run.Question).OfLayer(layer, baseline.Point, run.Point.Values, Quadrature.Of(rule, steps));
        run.Report(steps, steps);
        return run.Tell(new AttributionRows(layer, shape, false, sum));
    }
}
