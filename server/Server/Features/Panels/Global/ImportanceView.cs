using ExplainLsp.Explainers;
using ExplainLsp.Figures;
using ExplainLsp.Server.Engine;
using ExplainLsp.Server.Protocol;

namespace ExplainLsp.Server.Features.Panels;

/// <summary>How much each column matters, as bars.</summary>
internal sealed class ImportanceView() : GlobalView("bars", "Bars")
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Methods => ["permutation-importance", "mean-abs-shap"];

    /// <inheritdoc/>
    public override string UsualMethod(BoundTable table) => table.Binding.TargetColumn is null ? "mean-abs-shap" : "permutation-importance";

    /// <inheritdoc/>
    public override GlobalPage Page(GlobalScene scene)
    {
        var explanation = scene.Report.Explanation;
        var unit = Words.ImportanceUnit(explanation, scene.Report.Context);
        return new GlobalPage(
            "overview",
            explanation.Method == "mean-abs-shap" ? $"What drives {scene.Target} in this file" : $"What {Words.OneLine(scene.Report.ModelName)} relies on in this file",
            $"{scene.Rows} · {unit}{Baseline(explanation)}",
            Capital(unit),
            style => ImportanceBars.Draw(explanation, style),
            Importances(scene.Report));
    }

    private static string Baseline(Explanation explanation) =>
        explanation.Quality.TryGetValue("baselineScore", out var score) && score is double value
            ? $" · {(explanation.Options.TryGetValue("metric", out var metric) ? metric : "score")} without shuffling {NumberText.Fixed(value, 3)}"
            : "";

    /// <summary>The columns with their importance, strongest first.</summary>
    public static PanelTable Importances(ExplanationReport report)
    {
        var attributions = report.Explanation.Attributions;
        var isStrength = Words.IsStrength(report.Explanation);
        var format = ContributionFormat.For(Words.ImportanceScale(report.Explanation, report.Scale), attributions.Select(attribution => attribution.Contribution));
        var deviates = attributions.Any(attribution => attribution.StandardDeviation is not null);
        return new PanelTable(
            "All columns",
            [
                new PanelColumn("column", "Column", false),
                new PanelColumn("importance", Capital(Words.ImportanceUnit(report.Explanation, report.Context)), true),
                .. deviates ? [new PanelColumn("standardDeviation", "Standard deviation", true)] : Array.Empty<PanelColumn>(),
            ],
            [.. attributions.OrderByDescending(attribution => attribution.Contribution).Select(attribution => new PanelRow(attribution.Feature,
            [
                new PanelCell(Words.OneLine(attribution.Feature), null),
                PanelParts.Number(attribution.Contribution, isStrength ? format.Size : format.WithSign),
                .. deviates ? [PanelParts.Number(attribution.StandardDeviation, deviation => $"± {format.Size(deviation)}")] : Array.Empty<PanelCell>(),
            ]))],
            "importance");
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
