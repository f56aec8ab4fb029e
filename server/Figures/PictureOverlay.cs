using ExplainLsp.Explainers;
using SkiaSharp;

namespace ExplainLsp.Figures;

/// <summary>
/// A map on its picture, small: the figure of a hover and the cells of the editor's contact sheet. The strongest fifth of the map lies on
/// the picture. A photograph that would be too large as PNG is WebP.
/// </summary>
public static class PictureOverlay
{
    private const int LargestPng = 60 * 1024;
    private const int LargestCell = 24 * 1024;
    private const int HoverWidth = 420;
    private const int HoverSide = 148;
    private const int Gap = 12;
    private const int Quality = 88;

    private static readonly HeatMapOptions Strongest = HeatMapOptions.Default with { Top = 0.2 };

    /// <summary>A picture's pixels as PNG, one pixel a pixel.</summary>
    public static byte[] Png(ImageContext image)
    {
        using var pixels = SKImage.FromPixelCopy(new SKImageInfo(image.Width, image.Height, SKColorType.Rgba8888, SKAlphaType.Opaque), PictureDrawing.Rgba(image));
        using var data = pixels.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    /// <summary>The picture alone, at the size that it has in a hover.</summary>
    public static Figure Picture(ImageContext image, FigureStyle style)
    {
        var (width, height, _) = PictureDrawing.Fit(image, HoverSide);
        using var canvas = new FigureCanvas(width, height, style);
        new PictureDrawing(canvas, image, Strongest).Picture(new SKRect(0, 0, (float)width, (float)height));
        return Finish(canvas, Words.OneLine(image.Name), style);
    }

    /// <summary>A cell of a contact sheet: the map on the picture in the middle of a square.</summary>
    /// <param name="explanation">Why; one without a map shows the picture alone.</param>
    /// <param name="image">The picture.</param>
    /// <param name="style">Colours and scale.</param>
    /// <param name="side">CSS pixels.</param>
    public static Figure Thumbnail(Explanation explanation, ImageContext image, FigureStyle style, int side)
    {
        var (width, height, _) = PictureDrawing.Fit(image, side);
        using var canvas = new FigureCanvas(side, side, style);
        var (left, top) = ((float)((side - width) / 2), (float)((side - height) / 2));
        var box = new SKRect(left, top, left + (float)width, top + (float)height);
        var drawing = new PictureDrawing(canvas, image, Strongest);
        if (explanation.Tensor is null)
        {
            drawing.Picture(box);
            return Finish(canvas, Words.OneLine(image.Name), style);
        }

        var plane = MapPlane.Of(explanation, image);
        drawing.Overlay(plane, new MapPalette(style.Theme, plane.TwoSided, null), box);
        return Finish(canvas, MapAltText.Of(plane, image, style.Receipt), style);
    }

    /// <summary>The figure of a hover, 420 wide: the picture, the map on it, and what the colours mean in numbers.</summary>
    /// <param name="explanation">One with a map.</param>
    /// <param name="image">The picture.</param>
    /// <param name="style">Colours and scale.</param>
    public static Figure Hover(Explanation explanation, ImageContext image, FigureStyle style)
    {
        var (width, height, _) = PictureDrawing.Fit(image, HoverSide);
        using var canvas = new FigureCanvas(HoverWidth, Math.Max(height, HoverSide), style);
        var plane = MapPlane.Of(explanation, image);
        var palette = new MapPalette(style.Theme, plane.TwoSided, null);
        var drawing = new PictureDrawing(canvas, image, Strongest);
        drawing.Picture(new SKRect(0, 0, (float)width, (float)height));
        drawing.Overlay(plane, palette, new SKRect((float)width + Gap, 0, (2 * (float)width) + Gap, (float)height));
        DrawLegend(canvas, plane, palette, style, (2 * width) + (2 * Gap) + 4);
        return Finish(canvas, MapAltText.Of(plane, image, style.Receipt), style);
    }

    /// <summary>What the colours on the picture mean: ends, numbers, and the share that is shown.</summary>
    private static void DrawLegend(FigureCanvas canvas, MapPlane plane, MapPalette palette, FigureStyle style, double left)
    {
        const double top = 22, bottom = 108, bar = 8;
        const int steps = 43;
        var theme = canvas.Theme;
        var room = canvas.Width - left;
        var ground = Colour.Parse(theme.Ground);
        for (var i = 0; i < steps; i++)
        {
            var part = i / (steps - 1.0);
            var share = plane.TwoSided ? 1 - (2 * part) : 1 - part;
            // As it lies on the picture: stronger is more opaque.
            var colour = Colour.Hex(Colour.Mix(ground, palette.Over(share), Math.Min(1, 1.25 * Math.Abs(share))));
            canvas.Rectangle(left, top + ((bottom - top) * i / steps), left + bar, top + ((bottom - top) * (i + 1) / steps), colour);
        }

        var numbers = MapNumbers.Of(plane, style.Receipt);
        var target = Words.OneLine(plane.Explanation.Target.Name);
        var name = Typography.CanDraw(target) ? target : $"class {NumberText.Whole(plane.Explanation.Target.Index)}";
        var beside = left + bar + 6;
        Say(plane.TwoSided ? $"for {name}" : "most", left, top - 8);
        // 100 turns a share of a probability into percentage points.
        Say(numbers.Text(plane.Limit) + (numbers.Factor > 1 ? " pp" : ""), beside, top + 8);
        if (plane.TwoSided)
        {
            Say("0", beside, ((top + bottom) / 2) + 4);
            Say(numbers.Text(-plane.Limit), beside, bottom);
        }
        else
        {
            Say(numbers.Text(plane.Low), beside, bottom);
        }

        Say(plane.TwoSided ? $"against {name}" : "least", left, bottom + 16);
        Say($"strongest 20{NumberText.ThinSpace}%", left, HoverSide - 6);

        void Say(string text, double x, double baseline) =>
            canvas.Text(FigureCanvas.Fit(text, TextRole.Small, room - (x - left)), x, baseline, TextRole.Small, x > left ? theme.Ink : theme.Ink2);
    }

    private static Figure Finish(FigureCanvas canvas, string alt, FigureStyle style)
    {
        var (bytes, mediaType) = canvas.EncodePicture(alt, style.Chrome == Chrome.Hover ? LargestPng : LargestCell, Quality);
        return new Figure(bytes, canvas.Width, canvas.Height, alt, []) { MediaType = mediaType };
    }
}
