using ExplainLsp.Explainers;
using ExplainLsp.Figures;
using ExplainLsp.Server.Engine;
using ExplainLsp.Server.Protocol;

namespace ExplainLsp.Server.Features.Panels;

/// <summary>The panel of a picture: why the model sees this in it, and not that.</summary>
internal static class ImagePanel
{
    private static readonly PanelExports NoExports = new("", "", "", "", "");

    /// <summary>Puts it together.</summary>
    /// <param name="scene">The picture, colours, what can be chosen.</param>
    /// <param name="report">The explanation.</param>
    /// <param name="second">Another class's, or another method's; null for none.</param>
    /// <param name="isFinished">Whether it is the last word; a coarse answer has no exports.</param>
    public static PanelView Of(ImageScene scene, ExplanationReport report, ExplanationReport? second, bool isFinished)
    {
        var prediction = report.Prediction!;
        var target = Words.OneLine(report.Explanation.Target.Name);
        var other = second is not null && second.Explanation.Target.Index != report.Explanation.Target.Index ? Words.OneLine(second.Explanation.Target.Name) : null;
        var subject = prediction.IsClassifier ? target : $"{target} {PredictionWords.ValueOf(prediction)}";
        var maps = new MapViews(report, second);
        return new PanelView(
            "image",
            $"{NumberText.Cut(Words.OneLine(Path.GetFileName(report.Place.Path)), 30)}, {NumberText.Cut(NumberText.ForMarkup(subject), 30)}",
            other is null ? $"Why {NumberText.ForMarkup(subject)}?" : $"Why {target} and not {other}?",
            NumberText.ForMarkup($"{scene.Place} · {PredictionText.Distribution(prediction)}"),
            isFinished ? TrustBadge.Of(report) : null,
            isFinished ? PanelParts.Worst(ImageNotes.Of(report, second, maps)) : [],
            null,
            "",
            maps.Table(),
            scene.Pickers.Of(report, second),
            [.. PanelParts.Receipt(report), .. second is null ? [] : Beside(report, second)],
            isFinished ? PanelParts.Exports(report, scene.Theme) : NoExports)
        {
            Image = ImageOf(scene, report, maps),
        };
    }

    private static PanelImage ImageOf(ImageScene scene, ExplanationReport report, MapViews maps)
    {
        var grid = report.Grid!.Grid;
        var picture = Convert.ToBase64String(PictureOverlay.Png(GridPicture.Of(report.Grid)));
        return new PanelImage(
            Words.OneLine(report.Grid.Name), picture, grid.Width, grid.Height, maps.All(), MapColours.For(scene.Theme),
            scene.Theme.Ground, scene.Theme.Towards, scene.Theme.Away);
    }

    /// <summary>What the receipt says of the second explanation.</summary>
    private static IEnumerable<string> Beside(ExplanationReport report, ExplanationReport second)
    {
        var context = PanelParts.ContextOf(second);
        var name = second.Explanation.Method != report.Explanation.Method ? Words.Method(second.Explanation, context) : Words.OneLine(second.Explanation.Target.Name);
        yield return NumberText.ForMarkup($"beside it {name}" + (Words.Gap(second.Explanation, context) is { } gap ? $", {gap}" : ""));
    }
}
