using SkiaSharp;

namespace ExplainLsp.Figures;

/// <summary>Pixels with a transparent ground, drawn at a scale.</summary>
internal sealed class RasterSurface : IFigureSurface
{
    private readonly SKSurface surface;
    private readonly HashSet<SKColor> colours = [];
    private readonly SKPaint fill = new() { IsAntialias = true };
    private readonly SKPaint stroke = new() { IsAntialias = true, IsStroke = true, StrokeJoin = SKStrokeJoin.Round };
    private readonly SKPaint clear = new() { IsAntialias = true, BlendMode = SKBlendMode.Clear };
    private readonly SKPixmap pixels;
    private readonly int width;
    private readonly int height;
    private readonly double scale;
    private int clips;

    /// <param name="width">Device pixels across.</param>
    /// <param name="height">Device pixels down.</param>
    /// <param name="scale">Device pixels a CSS pixel.</param>
    public RasterSurface(int width, int height, double scale)
    {
        (this.width, this.height, this.scale) = (width, height, scale);
        surface = SKSurface.Create(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Premul));
        Canvas.Scale((float)scale);
        pixels = surface.PeekPixels();
    }

    private SKCanvas Canvas => surface.Canvas;

    public void Text(ShapedText shaped, string text, TextRole role, double x, double baseline, SKColor colour) =>
        shaped.Draw(Canvas, x, baseline, Fill(colour));

    public void Rectangle(SKRect box, SKColor colour) => Canvas.DrawRect(box, Fill(colour));

    public void Polygon(ReadOnlySpan<SKPoint> points, SKColor colour)
    {
        using var path = Closed(points);
        Canvas.DrawPath(path, Fill(colour));
    }

    public void Polyline(ReadOnlySpan<SKPoint> points, SKColor colour, double width, float[]? dash)
    {
        using var builder = new SKPathBuilder();
        var open = false;
        foreach (var point in points)
        {
            var finite = float.IsFinite(point.X) && float.IsFinite(point.Y);
            if (finite && open) builder.LineTo(point);
            else if (finite) builder.MoveTo(point);
            open = finite;
        }

        using var path = builder.Detach();
        using var effect = dash is null ? null : SKPathEffect.CreateDash(dash, 0);
        var paint = Stroke(colour, width);
        paint.PathEffect = effect;
        Canvas.DrawPath(path, paint);
        paint.PathEffect = null;
    }

    public void Disc(SKPoint centre, double radius, double ring, SKColor colour)
    {
        if (clips == 0)
        {
            // A beeswarm has tens of thousands of them, too many for one path each.
            colours.Add(colour);
            PixelDisc.Draw(
                pixels.GetPixelSpan<uint>(), width, (float)(centre.X * scale), (float)(centre.Y * scale), (float)(radius * scale), (float)((radius + Math.Max(0, ring)) * scale), colour);
            return;
        }

        if (ring > 0) Canvas.DrawCircle(centre, (float)(radius + ring), clear);
        Canvas.DrawCircle(centre, (float)radius, Fill(colour));
    }

    public void Circle(SKPoint centre, double radius, double width, SKColor colour) =>
        Canvas.DrawCircle(centre, (float)radius, Stroke(colour, width));

    public void Clear(SKRect box) => Canvas.DrawRect(box, clear);

    public void Clipped(ReadOnlySpan<SKPoint> polygon, Action draw)
    {
        using var path = Closed(polygon);
        Canvas.Save();
        Canvas.ClipPath(path, antialias: true);
        clips++;
        draw();
        clips--;
        Canvas.Restore();
    }

    public void Pixels(ReadOnlySpan<byte> rgba, int width, SKRect target, bool smooth, double opacity)
    {
        using var image = SKImage.FromPixelCopy(PictureInfo(rgba, width), rgba);
        using var paint = new SKPaint { Color = SKColors.White.WithAlpha((byte)Math.Round(255 * opacity)) };
        var sampling = smooth ? new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear) : new SKSamplingOptions(SKFilterMode.Nearest);
        Canvas.DrawImage(image, target, sampling, paint);
    }

    /// <summary>How straight RGBA pixels lie in memory.</summary>
    public static SKImageInfo PictureInfo(ReadOnlySpan<byte> rgba, int width) =>
        new(width, rgba.Length / 4 / width, SKColorType.Rgba8888, SKAlphaType.Unpremul);

    /// <summary>As PNG; in few colours where these are enough.</summary>
    public byte[] Png()
    {
        return PngWriter.Write(pixels.GetPixelSpan(), width, height, colours);
    }

    /// <summary>As PNG with every colour as it is, for pictures.</summary>
    public byte[] PicturePng()
    {
        return PngWriter.FullColour(pixels.GetPixelSpan(), width, height);
    }

    /// <summary>As WebP, for photographs: a tenth of a PNG's bytes.</summary>
    /// <param name="quality">0 to 100.</param>
    public byte[] Webp(int quality)
    {
        Canvas.Flush();
        using var image = surface.Snapshot();
        using var data = image.Encode(SKEncodedImageFormat.Webp, quality);
        return data.ToArray();
    }

    public void Dispose()
    {
        pixels.Dispose();
        surface.Dispose();
        fill.Dispose();
        stroke.Dispose();
        clear.Dispose();
    }

    private static SKPath Closed(ReadOnlySpan<SKPoint> points)
    {
        using var builder = new SKPathBuilder();
        builder.AddPoly(points.ToArray(), true);
        return builder.Detach();
    }

    private SKPaint Fill(SKColor colour)
    {
        colours.Add(colour.WithAlpha(255));
        fill.Color = colour;
        return fill;
    }

    private SKPaint Stroke(SKColor colour, double width)
    {
        colours.Add(colour.WithAlpha(255));
        stroke.Color = colour;
        stroke.StrokeWidth = (float)width;
        return stroke;
    }
}
