using SkiaSharp;

namespace ExplainLsp.Figures;

/// <summary>Draws pictures, maps and maps on pictures into a box, at whole factors where they are small.</summary>
/// <param name="canvas">Where.</param>
/// <param name="image">The picture.</param>
/// <param name="options">What of the map is shown on the picture.</param>
internal sealed class PictureDrawing(FigureCanvas canvas, ImageContext image, HeatMapOptions options)
{
    private const double Contrast = 0.55;

    // Without a threshold, what is at least half opaque counts as the shown region.
    private const double Half = 0.4;

    // More regions than this share of the pixels would hide the picture behind their borders.
    private const int PixelsPerRegion = 12;

    private readonly byte[] rgba = Rgba(image);

    /// <summary>The size at which a picture is shown in a square.</summary>
    public static (double Width, double Height, double Factor) Fit(ImageContext image, double side)
    {
        var fit = side / Math.Max(1, Math.Max(image.Width, image.Height));
        var factor = fit >= 1 ? Math.Floor(fit) : fit;
        return (Math.Max(1, image.Width * factor), Math.Max(1, image.Height * factor), factor);
    }

    /// <summary>The picture as it is.</summary>
    public void Picture(SKRect box) => canvas.Pixels(rgba, image.Width, box, IsSmaller(box));

    /// <summary>The map alone.</summary>
    public void Map(MapPlane plane, MapPalette palette, SKRect box)
    {
        var (values, width) = Sized(plane, box);
        var pixels = new byte[values.Length * 4];
        for (var i = 0; i < values.Length; i++) Put(pixels, i, palette.Solid(plane.Share(values[i])), 255);
        canvas.Pixels(pixels, width, box, IsSmaller(box) && plane.Width == image.Width);
        Regions(plane, box);
        if (values.Any(value => !double.IsFinite(value))) Missing(plane, box);
    }

    /// <summary>The picture, paler, with what is shown of the map over it.</summary>
    public void Overlay(MapPlane plane, MapPalette palette, SKRect box)
    {
        canvas.Rectangle(box.Left, box.Top, box.Right, box.Bottom, canvas.Theme.Ground);
        canvas.Pixels(rgba, image.Width, box, IsSmaller(box), Contrast);
        var (values, width) = Sized(plane, box);
        var shown = plane.Shown(values, options);
        var pixels = new byte[values.Length * 4];
        for (var i = 0; i < values.Length; i++)
        {
            if (!shown[i]) continue;
            var share = plane.Share(values[i]);
            Put(pixels, i, palette.Over(share), (byte)Math.Round(255 * Math.Clamp(options.Opacity, 0, 1) * Math.Min(1, 1.25 * Math.Abs(share))));
        }

        canvas.Pixels(pixels, width, box, IsSmaller(box) && plane.Width == image.Width);
        Regions(plane, box);
        if (!canvas.Theme.HighContrast) return;
        var height = values.Length / width;
        Outline(1, null);
        if (plane.TwoSided) Outline(-1, [2, 2]);

        void Outline(int sign, float[]? dash) => MapOutline.Draw(
            canvas, i => shown[i] && values[i] * sign > 0 && (options.Top < 1 || Math.Abs(plane.Share(values[i])) >= Half) ? 1 : -1,
            width, height, box, canvas.Theme.Ink, dash);
    }

    private bool IsSmaller(SKRect box) => box.Width < image.Width;

    /// <summary>A layer's map is enlarged smoothly to the pixels of the figure; a map of the picture's size stays as it is.</summary>
    private (double[] Values, int Width) Sized(MapPlane plane, SKRect box)
    {
        if (plane.Width == image.Width && plane.Height == image.Height) return (plane.Values, plane.Width);
        var scale = canvas.PixelWidth / (double)Math.Max(1, canvas.Width);
        var (width, height) = ((int)Math.Round(box.Width * scale), (int)Math.Round(box.Height * scale));
        return (plane.At(width, height), width);
    }

    private void Regions(MapPlane plane, SKRect box)
    {
        var pixels = image.Width * image.Height;
        var labels = plane.Explanation.Regions;
        if (labels.IsDefaultOrEmpty || labels.Length % pixels != 0 || plane.Width != image.Width) return;
        var step = image.ChannelsLast ? labels.Length / pixels : 1;
        if (labels.Distinct().Count() > pixels / PixelsPerRegion) return;
        MapOutline.Draw(canvas, i => labels[i * step], image.Width, image.Height, box, canvas.Theme.Ink, null, canvas.Theme.HighContrast ? 0.7 : 0.35);
    }

    /// <summary>Places without a value: the ground, with a diagonal line.</summary>
    private void Missing(MapPlane plane, SKRect box)
    {
        var (across, down) = (box.Width / plane.Width, box.Height / plane.Height);
        for (var i = 0; i < plane.Values.Length; i++)
        {
            if (double.IsFinite(plane.Values[i])) continue;
            var (x, y) = (box.Left + (i % plane.Width * across), box.Top + (i / plane.Width * down));
            canvas.Polyline([new SKPoint(x, y + down), new SKPoint(x + across, y)], canvas.Theme.Ink2, 1);
        }
    }

    private static void Put(byte[] pixels, int at, SKColor colour, byte alpha) =>
        (pixels[4 * at], pixels[(4 * at) + 1], pixels[(4 * at) + 2], pixels[(4 * at) + 3]) = (colour.Red, colour.Green, colour.Blue, alpha);

    /// <summary>The picture, opaque.</summary>
    public static byte[] Rgba(ImageContext image)
    {
        var rgb = image.Rgb.Span;
        var rgba = new byte[image.Width * image.Height * 4];
        for (int from = 0, to = 0; to < rgba.Length && from + 2 < rgb.Length; from += 3, to += 4)
        {
            (rgba[to], rgba[to + 1], rgba[to + 2], rgba[to + 3]) = (rgb[from], rgb[from + 1], rgb[from + 2], 255);
        }

        return rgba;
    }
}
