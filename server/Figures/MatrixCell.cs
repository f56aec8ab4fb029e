using System.Collections.Immutable;
using SkiaSharp;

namespace ExplainLsp.Figures;

/// <summary>A cell of a matrix, CSS pixels.</summary>
internal readonly record struct MatrixCell(double Left, double Top, double Width, double Height)
{
    /// <summary>Draws its colour with a gap of the ground around it, a number where it fits, and a second line under it.</summary>
    public void Draw(FigureCanvas canvas, SKColor colour, string number, string below = "")
    {
        var (theme, middle, centre) = (canvas.Theme, Top + (Height / 2), Left + (Width / 2));
        canvas.Rectangle(Left + 0.5, Top + 0.5, Left + Width - 0.5, Top + Height - 0.5, Colour.Hex(colour));
        var ink = Legible(theme, colour);
        var fits = Typography.Measure(number, TextRole.Small) <= Width - 4 && Height >= 14;
        var both = below.Length > 0 && Height >= 34 && Typography.Measure(below, TextRole.Small) <= Width - 4;
        if (fits) canvas.Text(number, centre, middle + (both ? -3 : 4), both ? TextRole.Result : TextRole.Small, ink, Align.Centre);
        if (fits && both) canvas.Text(below, centre, middle + 13, TextRole.Small, ink, Align.Centre);
    }

    /// <summary>Only a number, where it fits: for a cell that the colours do not speak of.</summary>
    public void DrawNumber(FigureCanvas canvas, string number)
    {
        if (Typography.Measure(number, TextRole.Small) <= Width - 2) canvas.Text(number, Left + (Width / 2), Top + (Height / 2) + 4, TextRole.Small, canvas.Theme.Ink2, Align.Centre);
    }

    /// <summary>A cell without a value: the ground with a diagonal line.</summary>
    public void DrawMissing(FigureCanvas canvas) => canvas.Polyline(
        [FigureCanvas.At(Left + 0.5, Top + Height - 0.5), FigureCanvas.At(Left + Width - 0.5, Top + 0.5)], canvas.Theme.Ink2, 1);

    /// <summary>Its region.</summary>
    public FigureRegion Region(string? feature, string label) => new(Left, Top, Width, Height, feature, label);

    /// <summary>The theme's text colour, or its ground's, whichever stands out more from a colour.</summary>
    private static string Legible(Theme theme, SKColor colour) =>
        Colour.Contrast(Colour.Parse(theme.Strong), colour) >= Colour.Contrast(Colour.Parse(theme.Ground), colour) ? theme.Strong : theme.Ground;
}

/// <summary>A matrix before it is encoded, for tests of its geometry.</summary>
internal sealed record MatrixDrawing(FigureCanvas Canvas, string Alt, ImmutableArray<FigureRegion> Regions) : IDisposable
{
    public void Dispose() => Canvas.Dispose();
}
