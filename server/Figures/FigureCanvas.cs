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
/// A surface in CSS pixels with a transparent ground and the theme's colours, of pixels or as a vector file. Straight lines are put on
/// whole device pixels, so that they are sharp at every scale.
/// </summary>
internal sealed class FigureCanvas : IDisposable
{
    private readonly IFigureSurface surface;
    private readonly double scale;

    public FigureCanvas(double width, double height, FigureStyle style)
    {
        (Width, Height, Theme) = ((int)Math.Ceiling(width), (int)Math.Ceiling(height), style.Theme);
        scale = double.IsFinite(style.Scale) ? Math.Clamp(style.Scale, 1, 4) : 2;
        PixelWidth = (int)Math.Round(Width * scale);
        PixelHeight = (int)Math.Round(Height * scale);
        surface = style.Vector
            ? new VectorSurface(Width, Height) { Ground = Theme.Ground }
            : new RasterSurface(PixelWidth, PixelHeight, scale);
    }

    public int Width { get; }

    public int Height { get; }

    public int PixelWidth { get; }

    public int PixelHeight { get; }

    public Theme Theme { get; }

    /// <summary>Every text that was drawn.</summary>
    public List<DrawnText> Texts { get; } = [];

    /// <summary>The longest middle cut of a text that fits a width.</summary>
    public static string Fit(string text, TextRole role, double width) =>
        NumberText.Cut(text, candidate => Typography.Measure(candidate, role) <= width);

    /// <summary>Draws a text and returns its width.</summary>
    public double Text(string text, double x, double baseline, TextRole role, string colour, Align align = Align.Left)
    {
        if (text.Length == 0) return 0;
        var shaped = Typography.Shape(text, role);
        var left = align switch { Align.Left => x, Align.Centre => x - (shaped.Width / 2), _ => x - shaped.Width };
        surface.Text(shaped, text, role, left, baseline, Colour.Parse(colour));
        Texts.Add(new DrawnText(text, left, shaped.Width, baseline, shaped.Size));
        return shaped.Width;
    }

    /// <summary>Draws a text under a middle, moved where it would leave the figure, cut where it is wider.</summary>
    public void Centred(string text, double middle, double baseline, TextRole role, string colour)
    {
        var fitted = Fit(text, role, Width);
        var half = Typography.Measure(fitted, role) / 2;
        Text(fitted, Math.Clamp(middle, half, Math.Max(half, Width - half)), baseline, role, colour, Align.Centre);
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
    public void Rectangle(double left, double top, double right, double bottom, string colour, double opacity = 1) =>
        surface.Rectangle(new SKRect((float)left, (float)top, (float)right, (float)bottom), Paint(colour, opacity));

    /// <summary>A filled polygon.</summary>
    public void Polygon(ReadOnlySpan<SKPoint> points, string colour, double opacity = 1) => surface.Polygon(points, Paint(colour, opacity));

    /// <summary>A polygon's outline, inside its edges.</summary>
    public void Outline(ReadOnlySpan<SKPoint> points, string colour, double width = 1)
    {
        SKPoint[] closed = [.. points, points[0], points[1]];
        surface.Clipped(points, () => surface.Polyline(closed, Colour.Parse(colour), 2 * width, null));
    }

    /// <summary>A polygon filled with lines at 45°, 4 apart and 1.4 wide.</summary>
    public void Hatch(ReadOnlySpan<SKPoint> points, string colour)
    {
        float left = float.MaxValue, top = float.MaxValue, right = float.MinValue, bottom = float.MinValue;
        foreach (var point in points)
        {
            (left, top) = (Math.Min(left, point.X), Math.Min(top, point.Y));
            (right, bottom) = (Math.Max(right, point.X), Math.Max(bottom, point.Y));
        }

        // Lines x + y = constant, the same for every mark of the figure; 4 apart measured across them.
        var step = 4 * MathF.Sqrt(2);
        var lines = new List<SKPoint>();
        for (var sum = MathF.Floor((left + top) / step) * step; sum <= right + bottom + step; sum += step)
        {
            lines.AddRange([new SKPoint(sum - top + 1, top - 1), new SKPoint(sum - bottom - 1, bottom + 1), new SKPoint(float.NaN, float.NaN)]);
        }

        surface.Clipped(points, () => surface.Polyline([.. lines], Colour.Parse(colour), 1.4, null));
    }

    /// <summary>A line through points; a point that is not a number interrupts it.</summary>
    /// <param name="points">The points.</param>
    /// <param name="colour">Hex.</param>
    /// <param name="width">Width.</param>
    /// <param name="dash">Lengths of dash and gap; empty for solid.</param>
    /// <param name="opacity">0 to 1.</param>
    public void Polyline(ReadOnlySpan<SKPoint> points, string colour, double width, float[]? dash = null, double opacity = 1) =>
        surface.Polyline(points, Paint(colour, opacity), width, dash);

    /// <summary>A disc with a ring of the ground around it, so that it stands free of what it lies on.</summary>
    public void Dot(double x, double y, double radius, double ring, string colour) => surface.Disc(At(x, y), radius, ring, Colour.Parse(colour));

    /// <summary>A circle's line.</summary>
    public void Circle(double x, double y, double radius, double width, string colour) => surface.Circle(At(x, y), radius, width, Colour.Parse(colour));

    /// <summary>Takes away what lies behind a label, so that it can be read on busy ground.</summary>
    public void Clear(SKRect box) => surface.Clear(box);

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
        if (right <= left) return;
        ReadOnlySpan<SKPoint> box = [At(left, 0), At(right, 0), At(right, Height), At(left, Height)];
        surface.Clipped(box, draw);
    }

    /// <summary>Pixels of a picture or a map, straight RGBA.</summary>
    /// <param name="rgba">Four bytes a pixel.</param>
    /// <param name="width">Pixels a row.</param>
    /// <param name="target">Where they go.</param>
    /// <param name="smooth">Whether they are interpolated; else each stays a rectangle.</param>
    /// <param name="opacity">0 to 1.</param>
    public void Pixels(ReadOnlySpan<byte> rgba, int width, SKRect target, bool smooth, double opacity = 1) =>
        surface.Pixels(rgba, width, target, smooth, opacity);

    /// <summary>The figure as a file: PNG, or SVG where that was asked for.</summary>
    /// <param name="alt">The figure in words.</param>
    public (byte[] Bytes, string MediaType) Encode(string alt) => surface is VectorSurface vector
        ? (vector.Document(alt), "image/svg+xml")
        : (((RasterSurface)surface).Png(), "image/png");

    /// <summary>The figure as a file that keeps every colour: PNG, WebP for a photograph larger than that, or SVG.</summary>
    /// <param name="alt">The figure in words.</param>
    /// <param name="largestPng">Bytes.</param>
    /// <param name="quality">Of WebP, 0 to 100.</param>
    public (byte[] Bytes, string MediaType) EncodePicture(string alt, int largestPng, int quality)
    {
        if (surface is not RasterSurface raster) return Encode(alt);
        var png = raster.PicturePng();
        return png.Length > largestPng ? (raster.Webp(quality), "image/webp") : (png, "image/png");
    }

    public void Dispose() => surface.Dispose();

    public static SKPoint At(double x, double y) => new((float)x, (float)y);

    private (double From, double To) Sharp(double centre, double width)
    {
        var pixels = Math.Max(1, Math.Round(width * scale));
        var from = Math.Round((centre * scale) - (pixels / 2));
        return (from / scale, (from + pixels) / scale);
    }

    private static SKColor Paint(string hex, double opacity)
    {
        var colour = Colour.Parse(hex);
        return opacity >= 1 ? colour : colour.WithAlpha((byte)Math.Round(255 * Math.Max(0, opacity)));
    }
}
