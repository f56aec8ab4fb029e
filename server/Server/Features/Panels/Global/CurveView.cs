using ExplainLsp.Explainers;
using ExplainLsp.Figures;
using ExplainLsp.Server.Engine;
using ExplainLsp.Server.Protocol;

namespace ExplainLsp.Server.Features.Panels;

/// <summary>How one column moves the prediction, over all rows.</summary>
internal sealed class CurveView() : GlobalView("curves", "Curves")
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Methods => ["partial-dependence", "ice"];

    /// <inheritdoc/>
    public override bool IsAboutAColumn => true;

    /// <inheritdoc/>
    public override GlobalPage Page(GlobalScene scene)
    {
        var curves = scene.Report.Explanation.Attributions.Where(attribution => attribution.Curve is not null).ToList();
        var shown = curves.FirstOrDefault(attribution => attribution.Feature == scene.Feature) ?? curves.MaxBy(attribution => attribution.Contribution)!;
        var name = Words.OneLine(shown.Feature);
        var context = new CurveContext { Feature = shown.Feature, AveragedRows = scene.Report.Samples.Count, Steps = scene.Report.AnswersInSteps };
        return new GlobalPage(
            name,
            $"How {name} moves {scene.Target}",
            $"{scene.Rows} · {NumberText.Whole(shown.Curve!.Grid.Length)} values, average over rows",
            $"{name} by value",
            chrome => Figures.PartialDependence.Draw(scene.Report.Explanation, context, scene.Style(chrome)),
            TableOf(scene.Report, shown),
            shown.Feature);
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
