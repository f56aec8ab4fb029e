using ExplainLsp.Figures;
using ExplainLsp.Server.Protocol;

namespace ExplainLsp.Server.Features.Panels;

/// <summary>The panel of a whole file: what the model relies on, how columns move it, where it is wrong.</summary>
internal static class GlobalPanel
{
    /// <summary>Puts it together.</summary>
    /// <param name="scene">The file and its explanation.</param>
    /// <param name="view">The way to look at it.</param>
    /// <param name="pickers">What can be chosen.</param>
    /// <param name="exports">Keeps what can be saved.</param>
    public static PanelView Of(GlobalScene scene, GlobalView view, Func<string?, PanelPickers> pickers, ExportFeature exports)
    {
        var (report, page) = (scene.Report, view.Page(scene));
        return new PanelView(
            "global",
            $"{report.Samples.Name}, {page.Tab}",
            NumberText.ForMarkup(page.Heading),
            NumberText.ForMarkup(page.SubLine),
            null,
            PanelParts.Worst(report.Explanation.Warnings.Select(text => new PanelNote("caution", NumberText.ForMarkup(text)))),
            page.Draw is null ? null : PanelParts.Figure(page.Draw(scene.Style(Chrome.Panel))),
            page.FigureTitle,
            page.Table,
            pickers(page.Feature),
            PanelParts.Receipt(report),
            PanelParts.Exports(report, exports.Keep(PanelFiles.Of(report, scene.Theme, page.Draw, page.Table))))
        {
            Views = [.. GlobalViews.Of(scene.Table).Select(each => new PanelChoice(each.Id, each.Title, each == view))],
            Cards = page.Cards,
        };
    }
}
