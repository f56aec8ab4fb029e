using ExplainLsp.Figures;
using ExplainLsp.Server.Engine;
using ExplainLsp.Server.Protocol;

namespace ExplainLsp.Server.Features.Panels;

/// <summary>The panel of one row: why the model says this, and what it would say of a changed row.</summary>
internal static class RowPanel
{
    /// <summary>Puts it together.</summary>
    /// <param name="scene">The row and its explanation.</param>
    /// <param name="pickers">What can be chosen.</param>
    /// <param name="view">The picture that is wanted; null for the first.</param>
    /// <param name="exports">Keeps what can be saved.</param>
    public static PanelView Of(RowScene scene, PanelPickers pickers, string? view, ExportFeature exports)
    {
        var report = scene.Report;
        var prediction = report.Prediction!;
        var target = Words.OneLine(report.Explanation.Target.Name);
        var subject = NumberText.ForMarkup(prediction.IsClassifier ? target : $"{target} {PredictionWords.ValueOf(prediction)}");
        var figure = RowFigure.Of(scene, view);
        var table = RowTable.Of(scene);
        return new PanelView(
            "row",
            $"Row {NumberText.Whole(prediction.Row)}, {NumberText.Cut(subject, 30)}",
            scene.Changed is { Changes.Count: var count } ? $"Why {subject}, if {Cells(count)} changed?" : $"Why {subject}?",
            NumberText.ForMarkup($"{report.SampleName} · {WhatIf.Difference(scene) ?? PredictionText.Distribution(prediction)}"),
            TrustBadge.Of(report),
            PanelParts.Worst([.. LabelNote(scene), .. TrustBadge.Notes(report), .. report.Explanation.Warnings.Select(text => new PanelNote("caution", NumberText.ForMarkup(text)))]),
            figure is null ? null : PanelParts.Figure(figure.Draw(PanelParts.StyleOf(report, scene.Theme, Chrome.Panel, scene.Width))),
            figure?.Title ?? "",
            table,
            pickers,
            PanelParts.Receipt(report),
            PanelParts.Exports(report, exports.Keep(PanelFiles.Of(report, scene.Theme, figure?.Draw, table))))
        {
            Views = RowFigure.Views(report.Explanation, figure?.Id),
            WhatIf = WhatIf.Of(scene),
            Cards = RowCards.Of(scene),
        };
    }

    private static string Cells(int count) => count == 1 ? "one cell were" : $"{NumberText.Whole(count)} cells were";

    private static IEnumerable<PanelNote> LabelNote(RowScene scene)
    {
        if (scene.Report.Prediction is { IsRight: false } prediction)
        {
            var count = scene.Mistakes is var (wrong, labelled) ? $" {NumberText.Whole(wrong)} of {NumberText.Whole(labelled)} rows in this file are wrong." : "";
            yield return new PanelNote("caution", $"The label in this row is {Words.OneLine(prediction.LabelName!)}, so the model is wrong here.{count}");
        }
    }
}
