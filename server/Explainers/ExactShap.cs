using System.Globalization;
using ExplainLsp.Explainers.Shapley;

namespace ExplainLsp.Explainers;

/// <summary>Shapley values from all coalitions of the varying features (Shapley 1953; Štrumbelj and Kononenko 2014).</summary>
public sealed class ExactShap : ShapleyExplainer
{
    private const long DefaultEvaluations = 1 << 16;

    // 2¹² coalitions: what a picture can be asked for without a second thought.
    private const string FewRegions = "grid:12";

    /// <inheritdoc/>
    public override string Id => "exact-shap";

    /// <inheritdoc/>
    public override string Title => "Exact SHAP";

    /// <inheritdoc/>
    public override IReadOnlyList<ExplainerOption> Options { get; } =
    [
        new("evaluations", "65536", "Coalitions allowed at most, 1 to 16,777,216; 2 to the power of the varying columns or regions are needed."),
        LinkOption,
        .. GridOptions(FewRegions),
    ];

    /// <inheritdoc/>
    private protected override string DefaultSegments => FewRegions;

    /// <inheritdoc/>
    private protected override IShapleySolver Solver(OptionReader options, Players players, long seed)
    {
        long allowed = options.WholeNumber("evaluations", DefaultEvaluations, 1, MostEvaluations);
        double needed = Math.Pow(2, players.Count);
        if (needed <= allowed)
            return new ExactShapley(players.Count);
        string raise = players.Count <= ExactShapley.LargestGame
            ? string.Create(CultureInfo.InvariantCulture, $"raise evaluations to {needed:F0} or ")
            : "";
        string fewer = players.Noun == "regions" ? ", or segments=grid:12 for fewer regions" : "";
        string rows = players.RowsPerCoalition == 1
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $" × {players.RowsPerCoalition:N0} background rows = {Count(needed * players.RowsPerCoalition)} model rows");
        throw new ExplainerException(string.Create(CultureInfo.InvariantCulture,
            $"exact-shap would need {Count(needed)} coalitions ({players.Count} varying {players.Noun}){rows}; the budget is {allowed:N0} coalitions. To go on, {raise}use kernel-shap{fewer}."));
    }

    private static string Count(double count) =>
        count < 1e12 ? count.ToString("N0", CultureInfo.InvariantCulture) : count.ToString("0.0e+0", CultureInfo.InvariantCulture);
}
