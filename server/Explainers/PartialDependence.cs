using ExplainLsp.Explainers.Tables;

namespace ExplainLsp.Explainers;

/// <summary>Partial dependence (Friedman 2001): the mean prediction when one column takes each value of a grid in all rows.</summary>
public sealed class PartialDependence : CurveExplainer
{
    /// <inheritdoc/>
    public override string Id => "partial-dependence";

    /// <inheritdoc/>
    public override string Title => "Partial dependence";

    /// <inheritdoc/>
    public override IReadOnlyList<ExplainerOption> Options { get; } = CommonOptions;

    /// <inheritdoc/>
    protected override int IndividualCurves => 0;
}
