using ExplainLsp.Figures;

namespace ExplainLsp.Server.Features.Panels;

/// <summary>What drives the model row by row: every row's contributions, a dot each.</summary>
internal sealed class BeeswarmView() : GlobalView("beeswarm", "Beeswarm")
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Methods => ["mean-abs-shap"];

    /// <inheritdoc/>
    public override GlobalPage Page(GlobalScene scene) => new(
        "overview",
        $"What drives {scene.Target} in this file",
        $"{scene.Rows}{RowsShown.Of(scene)} · each dot is a row; drag over dots to choose their rows",
        $"Contribution, {Words.ContributionUnit(scene.Report.Explanation.Target, scene.Report.Context)}",
        style => Beeswarm.Draw(scene.Report.Explanation, style),
        ImportanceView.Importances(scene.Report));
}
