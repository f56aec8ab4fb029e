using ExplainLsp.Explainers;
using ExplainLsp.Figures;
using ExplainLsp.Server.Engine;
using ExplainLsp.Server.Protocol;

namespace ExplainLsp.Server.Features.Panels;

/// <summary>The picture of a row's explanation.</summary>
/// <param name="Id">Its name in requests.</param>
/// <param name="Title">What stands above it.</param>
/// <param name="Draw">Draws it, with as much around it as is wanted.</param>
internal sealed record RowFigure(string Id, string Title, Func<Chrome, Figure> Draw)
{
    private static readonly (string Id, string Name)[] Complete = [("waterfall", "Waterfall"), ("bars", "Bars")];

    /// <summary>The picture that is wanted, or the first one there is; null when the method gives no contributions.</summary>
    public static RowFigure? Of(RowScene scene, string? view)
    {
        var explanation = scene.Report.Explanation;
        if (explanation.Attributions.IsEmpty)
        {
            return null;
        }

        FigureStyle Style(Chrome chrome) => PanelParts.StyleOf(scene.Report, scene.Theme, chrome, scene.Width);
        var id = AddsUp(explanation) ? Complete.FirstOrDefault(known => known.Id == view, Complete[0]).Id : "bars";
        var row = scene.Changed is null ? "this row" : "the changed row";
        return id switch
        {
            "waterfall" => new RowFigure(id, $"From the average to {row}", chrome => Waterfall.Draw(explanation, Style(chrome))),
            _ => new RowFigure(id, "Contributions", chrome => RowContributions.Draw(explanation, Style(chrome))),
        };
    }

    /// <summary>The pictures to choose from; null when there is no choice.</summary>
    public static IReadOnlyList<PanelChoice>? Views(Explanation explanation, string? inForce) =>
        AddsUp(explanation) ? [.. Complete.Select(view => new PanelChoice(view.Id, view.Name, view.Id == inForce))] : null;

    private static bool AddsUp(Explanation explanation) => explanation is { BaseValue: not null, CompletenessGap: not null, Attributions.IsEmpty: false };
}
