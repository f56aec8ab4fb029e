using ExplainLsp.Figures;
using ExplainLsp.Samples;
using ExplainLsp.Server.Engine;

namespace ExplainLsp.Server.Features;

/// <summary>The small figures of pictures: from samples and explanations to what figures draw.</summary>
internal static class ImageFigures
{
    private const int ThumbnailSide = 128;

    /// <summary>A hover's figure.</summary>
    public static Figure Hover(ExplanationReport report, FigureStyle style) => report.Explanation.Tensor is null
        ? Picture(report.Grid!, style.Theme)
        : PictureOverlay.Hover(report.Explanation, GridPicture.Of(report.Grid!), style);

    /// <summary>A picture alone.</summary>
    public static Figure Picture(GridSample sample, Theme theme) =>
        PictureOverlay.Picture(GridPicture.Of(sample), new FigureStyle(theme, Chrome.Hover, 2, FigureContext.None));

    /// <summary>A cell of a contact sheet.</summary>
    public static Figure Thumbnail(ExplanationReport report, Theme theme) => PictureOverlay.Thumbnail(
        report.Explanation, GridPicture.Of(report.Grid!), new FigureStyle(theme, Chrome.Panel, 2, report.Context), ThumbnailSide);
}
