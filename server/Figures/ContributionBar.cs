using SkiaSharp;

namespace ExplainLsp.Figures;

/// <summary>What a bar says.</summary>
internal enum BarKind
{
    /// <summary>A column's contribution: its direction gives the colour.</summary>
    Column,

    /// <summary>Several columns together: no colour of direction.</summary>
    Others,
}

/// <summary>
/// A bar that ends in an arrow, so that direction is told by shape as well as colour; in high contrast also by filling: towards full,
/// away hatched, neutral hollow.
/// </summary>
internal static class ContributionBar
{
    /// <summary>Draws a bar between two places; shorter than 1.5 it becomes a tick of 2.</summary>
    public static void Draw(FigureCanvas canvas, BarKind kind, double from, double to, double centre, double height, double arrow)
    {
        var direction = Math.Sign(to - from);
        var (fill, half) = (ColourOf(canvas.Theme, kind, direction), height / 2);
        if (Math.Abs(to - from) < 1.5)
        {
            var (left, right) = direction == 0 ? (from - 1, from + 1) : (Math.Min(from, from + (2 * direction)), Math.Max(from, from + (2 * direction)));
            canvas.Rectangle(left, centre - half, right, centre + half, fill);
            return;
        }

        var neck = to - (direction * Math.Min(arrow, Math.Abs(to - from)));
        ReadOnlySpan<SKPoint> shape =
        [
            FigureCanvas.At(from, centre - half), FigureCanvas.At(neck, centre - half), FigureCanvas.At(to, centre),
            FigureCanvas.At(neck, centre + half), FigureCanvas.At(from, centre + half),
        ];
        if (!canvas.Theme.HighContrast || (kind == BarKind.Column && direction > 0))
        {
            canvas.Polygon(shape, fill);
            return;
        }

        if (kind == BarKind.Column) canvas.Hatch(shape, fill);
        canvas.Outline(shape, kind == BarKind.Column ? fill : canvas.Theme.Ink);
    }

    /// <summary>A line of ± one standard error through a bar's end.</summary>
    public static void DrawError(FigureCanvas canvas, double low, double high, double centre)
    {
        if (high - low >= 1) canvas.HorizontalLine(low, high, centre, canvas.Theme.Ink, 1.5);
    }

    private static string ColourOf(Theme theme, BarKind kind, int direction) => (kind, direction) switch
    {
        (BarKind.Column, > 0) => theme.Towards,
        (BarKind.Column, < 0) => theme.Away,
        _ => theme.Neutral,
    };
}
