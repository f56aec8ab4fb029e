using ExplainLsp.Explainers;
using ExplainLsp.Figures;

namespace ExplainLsp.Server.Features.Panels;

/// <summary>All rows side by side, alike explanations together.</summary>
internal sealed class RowMapView() : GlobalView("rows", "Row map")
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Methods => ["mean-abs-shap"];

    /// <inheritdoc/>
    public override GlobalPage Page(GlobalScene scene)
    {
        var explanation = scene.Report.Explanation;
        var order = ExplanationOrder.Of(explanation.Samples!, scene.Stop);
        return new GlobalPage(
            "row map",
            "Which rows are explained alike",
            $"{scene.Rows}{RowsShown.Of(scene)} · rows from left to right, ordered by their explanations",
            $"Contribution, {Words.ContributionUnit(explanation.Target, scene.Report.Context)}",
            style => RowHeatMap.Draw(explanation, order, style),
            ImportanceView.Importances(scene.Report));
    }
}
