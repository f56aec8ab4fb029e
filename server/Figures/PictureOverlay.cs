using SkiaSharp;

namespace ExplainLsp.Figures;

/// <summary>
/// A map on its picture, small: the figure of a hover, a cell of a contact sheet. The picture keeps 55 % of its contrast, and the strongest
/// fifth of the map lies on it in the colours of direction, stronger where more opaque.
/// </summary>
public static class PictureOverlay
{
    /// <summary>The share of the map that is shown: its strongest fifth.</summary>
    public const double Top = 0.2;

    private const double Contrast = 0.55;
    private const double Opacity = 0.95;
    private const int LargestPng = 60 * 1024;
    private const int HoverWidth = 420;
    private const int HoverSide = 148;
    private const int Gap = 12;
    private const int Quality = 88;

    /// <summary>A picture's pixels as PNG, one pixel a pixel.</summary>
    /// <param name="rgb">Height × width × 3.</param>
    /// <param name="width">Pixels across.</param>
    /// <param name="height">Pixels down.</param>
    public static byte[] Png(ReadOnlySpan<byte> rgb, int width, int height)
    {
        using var bitmap = SKImage.FromPixelCopy(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque), Rgba(rgb));
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    /// <summary>The picture alone, at the size that it has in a hover.</summary>
    public static Figure Picture(PictureMap picture, FigureStyle style, string alt)
    {
        var (width, height) = Fit(picture, HoverSide);
        using var canvas = new FigureCanvas(width, height, style);
        canvas.Pixels(Rgba(picture.Rgb.Span), picture.Width, new SKRect(0, 0, width, height), smooth: width < picture.Width);
        return Finish(canvas, alt, style);
    }

    /// <summary>A cell of a contact sheet: the map on the picture in a square, the rest of it clear.</summary>
    /// <param name="picture">Picture and map.</param>
    /// <param name="style">Colours and scale.</param>
    /// <param name="side">CSS pixels.</param>
    /// <param name="alt">The map in words.</param>
    public static Figure Thumbnail(PictureMap picture, FigureStyle style, int side, string alt)
    {
        var (width, height) = Fit(picture, side);
        using var canvas = new FigureCanvas(side, side, style);
        DrawOverlay(canvas, picture, new SKRect((side - width) / 2, (side - height) / 2, ((side - width) / 2) + width, ((side - height) / 2) + height), style);
        return Finish(canvas, alt, style);
    }

    /// <summary>The figure of a hover, 420 wide: the picture, the map on it, and what the colours mean in numbers.</summary>
    /// <param name="picture">Picture and map.</param>
    /// <param name="style">Colours and scale.</param>
    /// <param name="towards">"for Coat".</param>
    /// <param name="away">"against Coat"; empty for an amount.</param>
    /// <param name="limit">The limit as text, without a sign.</param>
    /// <param name="alt">The map in words.</param>
    public static Figure Hover(PictureMap picture, FigureStyle style, string towards, string away, string limit, string alt)
    {
        var (width, height) = Fit(picture, HoverSide);
        using var canvas = new FigureCanvas(HoverWidth, Math.Max(height, HoverSide), style);
        canvas.Pixels(Rgba(picture.Rgb.Span), picture.Width, new SKRect(0, 0, width, height), smooth: width < picture.Width);
        DrawOverlay(canvas, picture, new SKRect(width + Gap, 0, (2 * width) + Gap, height), style);
        DrawLegend(canvas, picture, (2 * width) + (2 * Gap) + 4, towards, away, limit);
        return Finish(canvas, alt, style);
    }

    /// <summary>A whole factor where the picture is small enough, else the share that fits.</summary>
    private static (int Width, int Height) Fit(PictureMap picture, int side)
    {
        var fit = side / (double)Math.Max(picture.Width, picture.Height);
        var factor = fit >= 1 ? Math.Floor(fit) : fit;
        return (Math.Max(1, (int)Math.Round(picture.Width * factor)), Math.Max(1, (int)Math.Round(picture.Height * factor)));
    }

    private static void DrawOverlay(FigureCanvas canvas, PictureMap picture, SKRect target, FigureStyle style)
    {
        var theme = canvas.Theme;
        canvas.Rectangle(target.Left, target.Top, target.Right, target.Bottom, theme.Ground);
        canvas.Pixels(Rgba(picture.Rgb.Span), picture.Width, target, smooth: target.Width < picture.Width, Contrast);
        if (picture.Values.IsEmpty)
        {
            return;
        }

        var (width, height) = picture.IsSmooth
            ? ((int)Math.Ceiling(target.Width * style.Scale), (int)Math.Ceiling(target.Height * style.Scale))
            : (picture.MapWidth, picture.MapHeight);
        var values = picture.At(width, height);
        var least = Cutoff(values);
        var (towards, away) = (Colour.Parse(theme.Towards), Colour.Parse(theme.Away));
        var pixels = new byte[values.Length * 4];
        for (var i = 0; i < values.Length; i++)
        {
            var strength = Math.Abs(values[i]);
            if (!(strength >= least))
            {
                continue;
            }

            var colour = !picture.TwoSided ? Colour.Parse(ColourMap.Sequential(theme.Kind, strength / picture.Limit)) : values[i] > 0 ? towards : away;
            (pixels[4 * i], pixels[(4 * i) + 1], pixels[(4 * i) + 2]) = (colour.Red, colour.Green, colour.Blue);
            pixels[(4 * i) + 3] = (byte)Math.Round(255 * Opacity * Math.Min(1, 1.25 * strength / picture.Limit));
        }

        canvas.Pixels(pixels, width, target, smooth: picture.IsSmooth || target.Width < picture.Width);
    }

    private static void DrawLegend(FigureCanvas canvas, PictureMap picture, double left, string towards, string away, string limit)
    {
        const double top = 22, bottom = 112, bar = 8;
        var theme = canvas.Theme;
        var room = canvas.Width - left;
        var step = (bottom - top) / 45;
        for (var y = top; y < bottom - 0.01; y += step)
        {
            var share = (y - top) / (bottom - top - step);
            canvas.Rectangle(left, y, left + bar, y + step + 0.2, ColourOf(theme, picture.TwoSided ? 1 - (2 * share) : 1 - share, picture.TwoSided));
        }

        canvas.Text(FigureCanvas.Fit(towards, TextRole.Small, room), left, 14, TextRole.Small, theme.Ink2);
        canvas.Text((picture.TwoSided ? "+" : "") + limit, left + bar + 6, top + 8, TextRole.Small, theme.Ink);
        canvas.Text("0", left + bar + 6, picture.TwoSided ? ((top + bottom) / 2) + 4 : bottom, TextRole.Small, theme.Ink);
        if (picture.TwoSided)
        {
            canvas.Text("−" + limit, left + bar + 6, bottom, TextRole.Small, theme.Ink);
            canvas.Text(FigureCanvas.Fit(away, TextRole.Small, room), left, bottom + 16, TextRole.Small, theme.Ink2);
        }

        canvas.Text("strongest 20 %", left, HoverSide - 4, TextRole.Small, theme.Ink2);
    }

    /// <summary>A colour as it lies on the ground: as strong as it is on the picture.</summary>
    private static string ColourOf(Theme theme, double share, bool twoSided) => twoSided
        ? Colour.Hex(Colour.Mix(Colour.Parse(theme.Ground), Colour.Parse(share > 0 ? theme.Towards : theme.Away), Math.Min(1, 1.25 * Math.Abs(share))))
        : ColourMap.Sequential(theme.Kind, share);

    /// <summary>The least strength of the strongest fifth; zeros never belong to it.</summary>
    private static float Cutoff(float[] values)
    {
        var strengths = Array.ConvertAll(values, Math.Abs);
        Array.Sort(strengths);
        var kept = (int)Math.Ceiling(Top * strengths.Length);
        return Math.Max(strengths[^kept], float.Epsilon);
    }

    private static Figure Finish(FigureCanvas canvas, string alt, FigureStyle style)
    {
        var png = canvas.Encode();
        var isPhotograph = png.Length > LargestPng && style.Chrome == Chrome.Hover;
        return new Figure(isPhotograph ? canvas.EncodeWebp(Quality) : png, canvas.Width, canvas.Height, alt, [])
        {
            MediaType = isPhotograph ? "image/webp" : "image/png",
        };
    }

    private static byte[] Rgba(ReadOnlySpan<byte> rgb)
    {
        var rgba = new byte[rgb.Length / 3 * 4];
        for (int from = 0, to = 0; from < rgb.Length; from += 3, to += 4)
        {
            (rgba[to], rgba[to + 1], rgba[to + 2], rgba[to + 3]) = (rgb[from], rgb[from + 1], rgb[from + 2], 255);
        }

        return rgba;
    }
}
