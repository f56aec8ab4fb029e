using ExplainLsp.Explainers.Gradients;
using ExplainLsp.Models;

namespace ExplainLsp.Explainers;

/// <summary>A layer's activation as it is: what the layer says of the sample, whatever the target makes of it.</summary>
public sealed class LayerActivation : PointExplainer
{
    /// <inheritdoc/>
    public override string Id => "layer-activation";

    /// <inheritdoc/>
    public override string Title => "Layer activation";

    /// <inheritdoc/>
    /// <remarks>A layer that is named need not be a map; without a name, one is looked for.</remarks>
    public override MethodNeeds Needs => MethodNeeds.FeatureMap;

    /// <inheritdoc/>
    public override IReadOnlyList<ExplainerOption> Options { get; } = [Layers.MapOption];

    internal override IAttributor Attributor(GradientRun run, OptionReader options) => new GradientAttributor(
        run.Question, BackwardRules.Gradient, MapLayer.Of(run, options), (_, activation) => activation);

    private protected override Explanation Compute(GradientRun run)
    {
        AttributionRows rows = Attributor(run, run.Options).Attribute(run.Point.Values, 1);
        run.Report(1, 1);
        return run.Tell(rows);
    }
}
