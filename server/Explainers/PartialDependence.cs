using ExplainLsp.Explainers.Tables;

namespace ExplainLsp.Explainers;

/// <summary>
/// Partial dependence (Friedman 2001): the mean prediction when one column takes each value of a grid in all rows; of order 2, when two do.
/// </summary>
public sealed class PartialDependence : CurveExplainer
{
    /// <inheritdoc/>
    public override string Id => "partial-dependence";

    /// <inheritdoc/>
    public override string Title => "Partial dependence";

    /// <inheritdoc/>
    public override IReadOnlyList<ExplainerOption> Options { get; } =
        [.. CommonOptions, ColumnPairs.Option("the mean prediction at each pair of values, over 2,000 rows when samples is not given")];

    /// <inheritdoc/>
    protected override int IndividualCurves => 0;

    private protected override Explanation Explain(
        GlobalRequest request, OptionReader options, IProgress<ExplanationProgress>? progress, CancellationToken cancellation) =>
        ColumnPairs.Asked(options)
            ? PairDependence.Explain(Id, request, options, progress, cancellation)
            : base.Explain(request, options, progress, cancellation);
}
