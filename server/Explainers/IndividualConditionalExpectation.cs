using ExplainLsp.Explainers.Tables;

namespace ExplainLsp.Explainers;

/// <summary>
/// Individual conditional expectation (Goldstein et al. 2015): the curves behind partial dependence, one a row, for an even spread of at
/// most 60 rows.
/// </summary>
public sealed class IndividualConditionalExpectation : CurveExplainer
{
    /// <inheritdoc/>
    public override string Id => "ice";

    /// <inheritdoc/>
    public override string Title => "Individual conditional expectation";

    /// <inheritdoc/>
    public override IReadOnlyList<ExplainerOption> Options { get; } = CommonOptions;

    /// <inheritdoc/>
    protected override int IndividualCurves => 60;
}
