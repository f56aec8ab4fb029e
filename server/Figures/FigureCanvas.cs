using SkiaSharp;

namespace ExplainLsp.Figures;

/// <summary>Where text stands from its point.</summary>
internal enum Align
{
    Left,
    Centre,
    Right,
}

/// <summary>A text as drawn, for tests that nothing is cut off or overlaps.</summary>
internal readonly record struct DrawnText(string Text, double X, double Width, double Baseline, double Size);

/// <summary>
/// A surface in CSS pixels with a transparent ground and the theme's colours. Straight lines are put on whole device pixels, so that
/// they are sharp at every scale.
/// </summary>
internal sealed class FigureCanvas : IDisposable
{
    private readonly SKSurface surface;
    private readonly HashSet<SKColor> colours = [];
    private readonly double scale;

    public FigureCanvas(double width, double height, FigureStyle style)
    {
        (Width, Height, Theme) = ((int)Math.Ceiling(width), (int)Math.Ceiling(height), style.Theme);
        scale = double.IsFinite(style.Scale) ? Math.Clamp(style.Scale, 1, 4) : 2;
        PixelWidth = (int)Math.Round(Width * scale);
        PixelHeight = (int)Math.Round(Height * scale);
        surface = SKSurface.Create(new SKImageInfo(PixelWidth, PixelHeight, SKColorType.Rgba8888, SKAlphaType.Premul));
        Canvas.Scale((float)scale);
    }

    public int Width { get; }

    public int Height { get; }

    public int PixelWidth { get; }

    public int PixelHeight { get; }

    public Theme Theme { get; }

    /// <summary>Every text that was drawn.</summary>
    public List<DrawnText> Texts { get; } = [];

    private SKCanvas Canvas => surface.Canvas;

    /// <summary>The longest middle cut of a text that fits a width.</summary>
    public static string Fit(string text, TextRole role, double width) =>
        NumberText.Cut(text, candidate => Typography.Measure(candidate, role) <= width);

    /// <summary>Draws a text and returns its width.</summary>
    public double Text(string text, double x, double baseline, TextRole role, string colour, Align align = Align.Left)
    {
        if (text.Length == 0) return 0;
        var shaped = Typography.Shape(text, role);
        var left = align switch { Align.Left => x, Align.Centre => x - (shaped.Width / 2), _ => x - shaped.Width };
        using var paint = Fill(colour);
        shaped.Draw(Canvas, left, baseline, paint);
        Texts.Add(new DrawnText(text, left, shaped.Width, baseline, shaped.Size));
        return shaped.Width;
    }

    public void HorizontalLine(double left, double right, double y, string colour, double width = 1)
    {
        var (from, to) = Sharp(y, width);
        Rectangle(left, from, right, to, colour);
    }

    public void VerticalLine(double x, double top, double bottom, string colour, double width = 1)
    {
        var (from, to) = Sharp(x, width);
        Rectangle(from, top, to, bottom, colour);
    }

    /// <summary>A filled rectangle.</summary>
    public void Rectangle(double left, double top, double right, double bottom, string colour)
    {
        using var paint = Fill(colour);
        Canvas.DrawRect(new SKRect((float)left, (float)top, (float)right, (float)bottom), paint);
    }

    /// <summary>A filled polygon.</summary>
    public void Polygon(ReadOnlySpan<SKPoint> points, string colour)
    {
        using var path = Closed(points);
        using var paint = Fill(colour);
        Canvas.DrawPath(path, paint);
    }

    /// <summary>A polygon's outline, inside its edges.</summary>
    public void Outline(ReadOnlySpan<SKPoint> points, string colour, double width = 1)
    {
        using var path = Closed(points);
        using var paint = Stroke(colour, width * 2);
        Canvas.Save();
        Canvas.ClipPath(path, antialias: true);
        Canvas.DrawPath(path, paint);
        Canvas.Restore();
    }

    /// <summary>A polygon filled with lines at 45°, 4 apart and 1.4 wide.</summary>
    public void Hatch(ReadOnlySpan<SKPoint> points, string colour)
    {
        using var path = Closed(points);
        using var paint = Stroke(colour, 1.4);
        var bounds = path.Bounds;
        Canvas.Save();
        Canvas.ClipPath(path, antialias: true);
        // Lines x + y = constant, the same for every mark of the figure; 4 apart measured across them.
        var step = 4 * MathF.Sqrt(2);
        for (var sum = MathF.Floor((bounds.Left + bounds.Top) / step) * step; sum <= bounds.Right + bounds.Bottom + step; sum += step)
        {
            Canvas.DrawLine(sum - bounds.Top + 1, bounds.Top - 1, sum - bounds.Bottom - 1, bounds.Bottom + 1, paint);
        }

        Canvas.Restore();
    }

    /// <summary>A line through points; a point that is not a number interrupts it.</summary>
    /// <param name="points">The points.</param>
    /// <param name="colour">Hex.</param>
    /// <param name="width">Width.</param>
    /// <param name="dash">Lengths of dash and gap; empty for solid.</param>
    /// <param name="opacity">0 to 1.</param>
    public void Polyline(ReadOnlySpan<SKPoint> points, string colour, double width, float[]? dash = null, double opacity = 1)
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
        using var paint = Stroke(colour, width);
        paint.StrokeJoin = SKStrokeJoin.Round;
        paint.Color = paint.Color.WithAlpha((byte)Math.Round(255 * opacity));
        using var effect = dash is null ? null : SKPathEffect.CreateDash(dash, 0);
        paint.PathEffect = effect;
        Canvas.DrawPath(path, paint);
    }

    /// <summary>A disc with a ring of the ground around it, so that it stands free of the line that it lies on.</summary>
    public void Dot(double x, double y, double radius, double ring, string colour)
    {
        using var clear = new SKPaint { IsAntialias = true, BlendMode = SKBlendMode.Clear };
        Canvas.DrawCircle((float)x, (float)y, (float)(radius + ring), clear);
        using var paint = Fill(colour);
        Canvas.DrawCircle((float)x, (float)y, (float)radius, paint);
    }

    /// <summary>Takes away what lies behind a label, so that it can be read on busy ground.</summary>
    public void Clear(SKRect box)
    {
        using var clear = new SKPaint { IsAntialias = true, BlendMode = SKBlendMode.Clear };
        Canvas.DrawRect(box, clear);
    }

    /// <summary>A small arrow, drawn because the font has none; its middle is 4 above the baseline.</summary>
    /// <param name="x">Left end.</param>
    /// <param name="baseline">The baseline of the text beside it.</param>
    /// <param name="length">From end to tip; negative points left.</param>
    /// <param name="colour">Hex.</param>
    public void Arrow(double x, double baseline, double length, string colour)
    {
        var (y, back) = (baseline - 4, length > 0 ? -3.0 : 3.0);
        var tip = length > 0 ? x + length : x;
        var tail = length > 0 ? x : x - length;
        ReadOnlySpan<SKPoint> shaft = [At(tail, y), At(tip - (Math.Sign(length) * 0.6), y)];
        ReadOnlySpan<SKPoint> head = [At(tip + back, y - 3), At(tip, y), At(tip + back, y + 3)];
        Polyline(shaft, colour, 1.2);
        Polyline(head, colour, 1.2);
    }

    /// <summary>Draws only between two places across.</summary>
    public void Clipped(double left, double right, Action draw)
    {
        Canvas.Save();
        Canvas.ClipRect(new SKRect((float)left, 0, (float)right, Height));
        draw();
        Canvas.Restore();
    }

    /// <summary>Pixels of a picture or a map, straight RGBA.</summary>
    /// <param name="rgba">Four bytes a pixel.</param>
    /// <param name="width">Pixels a row.</param>
    /// <param name="target">Where they go.</param>
    /// <param name="smooth">Whether they are interpolated; else each stays a rectangle.</param>
    /// <param name="opacity">0 to 1.</param>
    public void Pixels(ReadOnlySpan<byte> rgba, int width, SKRect target, bool smooth, double opacity = 1)
    {
        var info = new SKImageInfo(width, rgba.Length / 4 / width, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        using var image = SKImage.FromPixelCopy(info, rgba);
        using var paint = new SKPaint { Color = SKColors.White.WithAlpha((byte)Math.Round(255 * opacity)) };
        var sampling = smooth ? new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear) : new SKSamplingOptions(SKFilterMode.Nearest);
        Canvas.DrawImage(image, target, sampling, paint);
    }

    /// <summary>As WebP, for photographs: a tenth of a PNG's bytes.</summary>
    /// <param name="quality">0 to 100.</param>
    public byte[] EncodeWebp(int quality)
    {
        Canvas.Flush();
        using var image = surface.Snapshot();
        using var data = image.Encode(SKEncodedImageFormat.Webp, quality);
        return data.ToArray();
    }

    /// <summary>As PNG with every colour as it is, for pictures.</summary>
    public byte[] EncodePicture()
    {
        Canvas.Flush();
        using var pixels = surface.PeekPixels();
        return PngWriter.FullColour(pixels.GetPixelSpan(), PixelWidth, PixelHeight);
    }

    public byte[] Encode()
    {
        Canvas.Flush();
        using var pixels = surface.PeekPixels();
        return PngWriter.Write(pixels.GetPixelSpan(), PixelWidth, PixelHeight, colours);
    }

    public void Dispose() => surface.Dispose();

    public static SKPoint At(double x, double y) => new((float)x, (float)y);

    private static SKPath Closed(ReadOnlySpan<SKPoint> points)
    {
        using var builder = new SKPathBuilder();
        builder.AddPoly(points.ToArray(), true);
        return builder.Detach();
    }

    private (double From, double To) Sharp(double centre, double width)
    {
        var pixels = Math.Max(1, Math.Round(width * scale));
        var from = Math.Round((centre * scale) - (pixels / 2));
        return (from / scale, (from + pixels) / scale);
    }

    private SKPaint Fill(string hex)
    {
        var colour = Colour.Parse(hex);
        colours.Add(colour);
        return new SKPaint { Color = colour, IsAntialias = true };
    }

    private SKPaint Stroke(string hex, double width)
    {
        var paint = Fill(hex);
        (paint.IsStroke, paint.StrokeWidth) = (true, (float)width);
        return paint;
    }
}
