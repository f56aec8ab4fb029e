using System.Collections.Immutable;
using ExplainLsp.Explainers;
using SkiaSharp;

namespace ExplainLsp.Figures;

/// <summary>A picture of a contact sheet.</summary>
/// <param name="Image">The picture.</param>
/// <param name="Prediction">The predicted class, or the value of a regression.</param>
/// <param name="Value">Its probability or the value as people read it: <c>97.5 %</c>; empty for none.</param>
/// <param name="Label">What the picture's label says; null where there is none.</param>
/// <param name="IsRight">Whether prediction and label agree; null where that is not known.</param>
public sealed record SheetPicture(ImageContext Image, string Prediction, string Value, string? Label, bool? IsRight)
{
    /// <summary>Why; null to show the picture alone.</summary>
    public Explanation? Explanation { get; init; }
}

/// <summary>
/// A contact sheet: cells of 128 with 44 of text below and gaps of 16. Each shows the picture with the strongest fifth of its map over it,
/// the class and its probability, and the label; what the model gets wrong comes first.
/// </summary>
public static class PictureSheet
{
    private const double Side = 128;
    private const double Text = 44;
    private const double Gap = 16;
    private const double Icon = 14;

    /// <summary>Draws the pictures, those that are wrong first, else in their order.</summary>
    /// <param name="pictures">1 or more.</param>
    /// <param name="style">Colours, scale and width; six cells a line when no width is given.</param>
    public static Figure Draw(IReadOnlyList<SheetPicture> pictures, FigureStyle style)
    {
        using var drawing = Render(pictures, style);
        return FigureFrame.Finish(drawing.Canvas, drawing.Alt, drawing.Regions);
    }

    internal static SheetDrawing Render(IReadOnlyList<SheetPicture> pictures, FigureStyle style)
    {
        var ordered = pictures.OrderBy(picture => picture.IsRight == false ? 0 : 1).ToArray();
        var columns = (int)Math.Clamp(Math.Floor((FigureFrame.WidthOf(style, (6 * Side) + (5 * Gap)) + Gap) / (Side + Gap)), 1, Math.Max(1, ordered.Length));
        var rows = (ordered.Length + columns - 1) / columns;
        var canvas = new FigureCanvas((columns * (Side + Gap)) - Gap, Math.Max(1, (rows * (Side + Text + Gap)) - Gap), style);
        var regions = ImmutableArray.CreateBuilder<FigureRegion>();
        for (var i = 0; i < ordered.Length; i++)
        {
            var (left, top) = (i % columns * (Side + Gap), i / columns * (Side + Text + Gap));
            Cell(canvas, ordered[i], style, left, top);
            regions.Add(new FigureRegion(left, top, Side, Side + Text, null, Label(ordered[i])));
        }

        return new SheetDrawing(canvas, Alt(pictures), regions.ToImmutable());
    }

    private static void Cell(FigureCanvas canvas, SheetPicture picture, FigureStyle style, double left, double top)
    {
        var theme = canvas.Theme;
        var (width, height, _) = PictureDrawing.Fit(picture.Image, Side - 2);
        var x = left;
        var y = top + ((Side - height) / 2);
        var box = new SKRect((float)x, (float)y, (float)(x + width), (float)(y + height));
        var drawing = new PictureDrawing(canvas, picture.Image, HeatMapOptions.Default);
        if (picture.Explanation is { Tensor: not null } explanation)
        {
            var plane = MapPlane.Of(explanation, picture.Image);
            drawing.Overlay(plane, new MapPalette(theme, plane.TwoSided, null), box);
        }
        else
        {
            drawing.Picture(box);
        }

        if (theme.HighContrast) MapLegend.Frame(canvas, x, y, x + width, y + height, theme.Border);
        var value = picture.Value.Length > 0 ? $" {picture.Value}" : "";
        var room = Side - Typography.Measure(value, TextRole.Result);
        // The name is cut first, its value never.
        var name = FigureCanvas.Fit(Drawable(picture.Prediction), TextRole.Result, room);
        canvas.Text(name + value, left, top + Side + 18, TextRole.Result, theme.Ink);

        var indent = 0.0;
        if (picture.IsRight == false)
        {
            Caution(canvas, left, top + Side + 25);
            indent = Icon + 4;
        }

        var label = picture.Label is not { } says ? "not labelled" : picture.IsRight == false ? $"≠ {Drawable(says)}" : Drawable(says);
        canvas.Text(FigureCanvas.Fit(label, TextRole.Label, Side - indent), left + indent, top + Side + 36, TextRole.Label, picture.IsRight == false ? theme.Ink : theme.Ink2);
    }

    /// <summary>A triangle with an exclamation mark.</summary>
    private static void Caution(FigureCanvas canvas, double left, double top)
    {
        var colour = canvas.Theme.Caution;
        canvas.Polyline(
            [FigureCanvas.At(left + 7, top + 1), FigureCanvas.At(left + 13.2, top + 12), FigureCanvas.At(left + 0.8, top + 12), FigureCanvas.At(left + 7, top + 1)],
            colour, 1.2);
        canvas.Polyline([FigureCanvas.At(left + 7, top + 5), FigureCanvas.At(left + 7, top + 8.4)], colour, 1.2);
        canvas.Rectangle(left + 6.4, top + 9.4, left + 7.6, top + 10.6, colour);
    }

    private static string Label(SheetPicture picture)
    {
        var name = Words.OneLine(picture.Image.Name);
        var label = picture.Label is not { } says ? "not labelled" : picture.IsRight == false ? $"wrong, the label says {Words.OneLine(says)}" : $"label {Words.OneLine(says)}";
        return $"{name}: {Words.OneLine(picture.Prediction)} {picture.Value}, {label}";
    }

    private static string Alt(IReadOnlyList<SheetPicture> pictures)
    {
        var labelled = pictures.Count(picture => picture.IsRight is not null);
        var wrong = pictures.Count(picture => picture.IsRight == false);
        var classes = pictures.GroupBy(picture => Words.OneLine(picture.Prediction)).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal)
            .Take(5).Select(group => $"{NumberText.Cut(group.Key, text => text.Length <= 30)} {NumberText.Whole(group.Count())}");
        var mistakes = labelled == 0 ? "Not labelled" : $"{NumberText.Whole(wrong)} of {NumberText.Whole(labelled)} wrong, shown first";
        return $"{NumberText.Whole(pictures.Count)} {(pictures.Count == 1 ? "picture" : "pictures")} with their maps. {mistakes}. Predicted most: {string.Join(", ", classes)}.";
    }

    private static string Drawable(string name)
    {
        var line = Words.OneLine(name);
        return Typography.CanDraw(line) ? line : "a name that cannot be drawn";
    }
}

/// <summary>A contact sheet before it is encoded, for tests of its geometry.</summary>
internal sealed record SheetDrawing(FigureCanvas Canvas, string Alt, ImmutableArray<FigureRegion> Regions) : IDisposable
{
    public void Dispose() => Canvas.Dispose();
}
