using ExplainLsp.Explainers.Tables;

namespace ExplainLsp.Explainers;

/// <summary>
/// Individual conditional expectation (Goldstein et al. 2015): the curves behind partial dependence, one a row, for an even spread of at
/// most 60 rows. Centred (c-ICE, section 3.2 there), each curve starts at zero at the grid's lower end, so that curves that cross are curves
/// whose column interacts with others.
/// </summary>
public sealed class IndividualConditionalExpectation : CurveExplainer
{
    /// <inheritdoc/>
    public override string Id => "ice";

    /// <inheritdoc/>
    public override string Title => "Individual conditional expectation";

    /// <inheritdoc/>
    public override IReadOnlyList<ExplainerOption> Options { get; } =
        [.. CommonOptions, new ExplainerOption("centred", "false", "true: each curve, and the average, is the difference to its value at the lowest grid point.")];

    /// <inheritdoc/>
    protected override int IndividualCurves => 60;

    private protected override bool Centres(OptionReader options) => options.Word("centred", "false", "true", "false") == "true";
}
