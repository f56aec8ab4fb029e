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
        : PictureOverlay.Hover(report.Explanation, ContextOf(report.Grid!), style);

    /// <summary>A picture alone.</summary>
    public static Figure Picture(GridSample sample, Theme theme) =>
        PictureOverlay.Picture(ContextOf(sample), new FigureStyle(theme, Chrome.Hover, 2, FigureContext.None));

    /// <summary>A cell of a contact sheet.</summary>
    public static Figure Thumbnail(ExplanationReport report, Theme theme) => PictureOverlay.Thumbnail(
        report.Explanation, ContextOf(report.Grid!), new FigureStyle(theme, Chrome.Panel, 2, report.Context), ThumbnailSide);

    /// <summary>A sample as figures take it; a tensor in grey, from its smallest value to its largest.</summary>
    public static ImageContext ContextOf(GridSample sample) => new(RgbOf(sample), sample.Grid.Width, sample.Grid.Height)
    {
        Name = sample.Name,
        ChannelsLast = sample.Grid.Layout == GridLayout.ChannelsLast,
    };

    private static ReadOnlyMemory<byte> RgbOf(GridSample sample)
    {
        if (sample is ImageSample image)
        {
            return image.ShownRgb.AsMemory();
        }

        var grid = sample.Grid;
        var data = sample.Tensor.Data as float[] ?? Array.ConvertAll((double[])sample.Tensor.Data, value => (float)value);
        var plane = new float[grid.Height * grid.Width];
        for (var i = 0; i < plane.Length; i++)
        {
            for (var channel = 0; channel < grid.Channels; channel++)
            {
                plane[i] += data[grid.IndexOf(channel, i / grid.Width, i % grid.Width)] / grid.Channels;
            }
        }

        var (low, high) = (plane.Min(), plane.Max());
        var rgb = new byte[plane.Length * 3];
        for (var i = 0; i < rgb.Length; i++)
        {
            rgb[i] = high > low ? (byte)Math.Round(255 * (plane[i / 3] - low) / (high - low)) : (byte)0;
        }

        return rgb;
    }
}
