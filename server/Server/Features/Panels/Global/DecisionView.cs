using ExplainLsp.Figures;

namespace ExplainLsp.Server.Features.Panels;

/// <summary>How each row comes from the average to its prediction, a line each.</summary>
internal sealed class DecisionView() : GlobalView("decision", "Decision")
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Methods => ["mean-abs-shap"];

    /// <inheritdoc/>
    public override GlobalPage Page(GlobalScene scene) => new(
        "decisions",
        $"How rows come to their {scene.Target}",
        $"{scene.Rows}{RowsShown.Of(scene)} · each line is a row",
        "From the average, column by column",
        style => Decision.Draw(scene.Report.Explanation, null, style),
        ImportanceView.Importances(scene.Report));
}
