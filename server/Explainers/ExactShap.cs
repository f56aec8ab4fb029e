using System.Globalization;
using ExplainLsp.Explainers.Shapley;

namespace ExplainLsp.Explainers;

/// <summary>Shapley values from all coalitions of the varying features (Shapley 1953; Štrumbelj and Kononenko 2014).</summary>
public sealed class ExactShap : ShapleyExplainer
{
    private const long DefaultEvaluations = 1 << 16;

    /// <inheritdoc/>
    public override string Id => "exact-shap";

    /// <inheritdoc/>
    public override string Title => "Exact SHAP";

    /// <inheritdoc/>
    public override IReadOnlyList<ExplainerOption> Options { get; } =
    [
        new("evaluations", "65536", "Coalitions allowed at most, 1 to 16,777,216; 2 to the power of the varying columns are needed."),
        LinkOption,
    ];

    /// <inheritdoc/>
    protected override IShapleySolver Solver(OptionReader options, int players, int rowsPerCoalition, long seed)
    {
        long allowed = options.WholeNumber("evaluations", DefaultEvaluations, 1, MostEvaluations);
        double needed = Math.Pow(2, players);
        if (needed <= allowed)
            return new ExactShapley(players);
        string raise = players <= ExactShapley.LargestGame
            ? string.Create(CultureInfo.InvariantCulture, $"raise evaluations to {needed:F0} or ")
            : "";
        throw new ExplainerException(string.Create(CultureInfo.InvariantCulture,
            $"exact-shap would need {Count(needed)} coalitions ({players} varying columns) × {rowsPerCoalition:N0} background rows = {Count(needed * rowsPerCoalition)} model rows; the budget is {allowed:N0} coalitions. To go on, {raise}use kernel-shap."));
    }

    private static string Count(double count) =>
        count < 1e12 ? count.ToString("N0", CultureInfo.InvariantCulture) : count.ToString("0.0e+0", CultureInfo.InvariantCulture);
}
