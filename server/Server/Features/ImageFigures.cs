using ExplainLsp.Figures;
using ExplainLsp.Samples;
using ExplainLsp.Server.Engine;
using ExplainLsp.Server.Features.Panels;

namespace ExplainLsp.Server.Features;

/// <summary>The small figures of pictures: from samples and explanations to what figures draw.</summary>
internal static class ImageFigures
{
    private const int ThumbnailSide = 128;

    /// <summary>A hover's figure.</summary>
    public static Figure Hover(ExplanationReport report, FigureStyle style)
    {
        if (ImageMap.Of(report) is not { } map)
        {
            return Picture(report.Grid!, style.Theme);
        }

        var (limit, _) = ImageMap.LimitOf(map);
        var decimals = MapViews.DecimalsFor(map.Largest);
        var target = Words.OneLine(report.Explanation.Target.Name);
        return PictureOverlay.Hover(
            Together(report.Grid!, map, limit), style, $"for {target}", $"against {target}",
            decimals < 0 ? NumberText.Exponent(limit, 2) : NumberText.Fixed(limit, decimals), AltOf(report, map, limit, decimals));
    }

    /// <summary>A picture alone.</summary>
    public static Figure Picture(GridSample sample, Theme theme) => PictureOverlay.Picture(
        Together(sample, null, 1), new FigureStyle(theme, Chrome.Hover, 2, FigureContext.None), Words.OneLine(sample.Name));

    /// <summary>A cell of a contact sheet.</summary>
    public static Figure Thumbnail(ExplanationReport report, Theme theme)
    {
        var map = ImageMap.Of(report);
        var limit = map is null ? 1 : ImageMap.LimitOf(map).Limit;
        return PictureOverlay.Thumbnail(
            Together(report.Grid!, map, limit), new FigureStyle(theme, Chrome.Panel, 2, FigureContext.None), ThumbnailSide,
            map is null ? Words.OneLine(report.Grid!.Name) : AltOf(report, map, limit, MapViews.DecimalsFor(map.Largest)));
    }

    /// <summary>What a sample looks like, in red, green and blue bytes; a tensor in grey, from its smallest value to its largest.</summary>
    public static ReadOnlyMemory<byte> RgbOf(GridSample sample)
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

    private static string AltOf(ExplanationReport report, ImageMap map, double limit, int decimals) =>
        MapWords.Describe(map, $"For {Words.OneLine(report.Explanation.Target.Name)}", Words.OneLine(report.Grid!.Name), limit, decimals);

    private static PictureMap Together(GridSample sample, ImageMap? map, double limit)
    {
        var grid = sample.Grid;
        return new PictureMap(RgbOf(sample), grid.Width, grid.Height, map?.Values, map?.Width ?? 0, map?.Height ?? 0, limit, map?.IsTwoSided ?? false);
    }
}
