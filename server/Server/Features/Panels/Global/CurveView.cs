using ExplainLsp.Explainers;
using ExplainLsp.Figures;
using ExplainLsp.Server.Engine;
using ExplainLsp.Server.Protocol;

namespace ExplainLsp.Server.Features.Panels;

/// <summary>How columns move the prediction, over all rows: all of them as small plots, or one.</summary>
internal sealed class CurveView() : GlobalView("curves", "Curves")
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Methods => ["partial-dependence", "ale", "ice"];

    /// <inheritdoc/>
    public override bool IsAboutAColumn => true;

    /// <inheritdoc/>
    public override bool ShowsAllColumns => true;

    /// <inheritdoc/>
    public override GlobalPage Page(GlobalScene scene)
    {
        var explanation = scene.Report.Explanation;
        var shown = explanation.Attributions.FirstOrDefault(attribution => attribution.Curve is not null && attribution.Feature == scene.Feature);
        var name = shown is null ? "columns" : Words.OneLine(shown.Feature);
        var context = new CurveContext { Feature = shown?.Feature, AveragedRows = scene.Report.Samples.Count, Steps = scene.Report.AnswersInSteps };
        return new GlobalPage(
            shown is null ? "curves" : name,
            $"How {name} {(shown is null ? "move" : "moves")} {scene.Target}",
            shown is null ? $"{scene.Rows} · one scale for all" : $"{scene.Rows} · {NumberText.Whole(shown.Curve!.Grid.Length)} values, average over rows",
            shown is null ? "By value" : $"{name} by value",
            style => Figures.PartialDependence.Draw(explanation, context, style),
            shown is null ? ImportanceView.Importances(scene.Report) : TableOf(scene.Report, shown),
            shown?.Feature);
    }

    private static PanelTable TableOf(ExplanationReport report, Attribution attribution)
    {
        var curve = attribution.Curve!;
        return new PanelTable(
            Words.OneLine(attribution.Feature),
            [new PanelColumn("value", "Value", !curve.Numeric.IsEmpty), new PanelColumn("average", Words.CurveName(report.Explanation), true)],
            [.. curve.Grid.Select((value, index) => new PanelRow(value,
            [
                new PanelCell(NumberText.DataValue(value), curve.Numeric.IsEmpty ? null : curve.Numeric[index]),
                PanelParts.Number(curve.Average[index], value => Words.CurveNumber(value, report.Explanation, report.Context)),
            ]))],
            null);
    }
}
