using SkiaSharp;

namespace ExplainLsp.Figures;

/// <summary>What a map's colours mean in numbers.</summary>
/// <param name="Unit">What a value is, with its unit.</param>
/// <param name="LowName">What the low end is called.</param>
/// <param name="HighName">What the high end is called.</param>
/// <param name="IsSigned">Whether colours run from −limit to +limit; else from <paramref name="Low"/>.</param>
/// <param name="Low">Where an amount's colours begin.</param>
/// <param name="Limit">Where colours end.</param>
/// <param name="Text">A value as text.</param>
/// <param name="Solid">The colour of a share of the limit.</param>
/// <param name="Note">Where the colours end, and what they leave out.</param>
internal sealed record MapLegend(
    string Unit, string LowName, string HighName, bool IsSigned, double Low, double Limit, Func<double, string> Text, Func<double, SKColor> Solid, string Note)
{
    /// <summary>Its height.</summary>
    public const double Height = 100;

    private const double BarTop = 46;
    private const double BarBottom = 56;

    /// <summary>Draws unit, named ends, the colours, numbers at −limit, −½, 0, +½ and +limit, and the note.</summary>
    public void Draw(FigureCanvas canvas, double left, double top, double width)
    {
        var theme = canvas.Theme;
        Line(Unit, 16);
        var half = (width / 2) - 6;
        canvas.Text(FigureCanvas.Fit(LowName, TextRole.Small, half), left, top + 40, TextRole.Small, theme.Ink2);
        canvas.Text(FigureCanvas.Fit(HighName, TextRole.Small, half), left + width, top + 40, TextRole.Small, theme.Ink2, Align.Right);

        const int steps = 255;
        var from = IsSigned ? -1.0 : 0;
        var bar = new byte[4 * steps];
        for (var i = 0; i < steps; i++)
        {
            var colour = Solid(from + ((1 - from) * i / (steps - 1)));
            (bar[4 * i], bar[(4 * i) + 1], bar[(4 * i) + 2], bar[(4 * i) + 3]) = (colour.Red, colour.Green, colour.Blue, 255);
        }

        canvas.Pixels(bar, steps, new SKRect((float)left, (float)(top + BarTop), (float)(left + width), (float)(top + BarBottom)), smooth: false);
        if (theme.HighContrast) Frame(canvas, left, top + BarTop, left + width, top + BarBottom, theme.Ink);
        DrawNumbers(canvas, from, left, top, width);
        Line(Note, 92);

        void Line(string text, double baseline) =>
            canvas.Text(FigureCanvas.Fit(text, TextRole.Small, width), left, top + baseline, TextRole.Small, theme.Ink2);
    }

    /// <summary>A 1 px line inside a rectangle's edges.</summary>
    public static void Frame(FigureCanvas canvas, double left, double top, double right, double bottom, string colour) => canvas.Outline(
        [FigureCanvas.At(left, top), FigureCanvas.At(right, top), FigureCanvas.At(right, bottom), FigureCanvas.At(left, bottom)], colour);

    private void DrawNumbers(FigureCanvas canvas, double from, double left, double top, double width)
    {
        double[] shares = IsSigned ? [-1, -0.5, 0, 0.5, 1] : [0, 0.5, 1];
        var texts = shares.Select(share => Text(IsSigned ? share * Limit : Low + (share * (Limit - Low)))).ToArray();
        // Long numbers leave out the halves.
        var crowded = texts.Sum(text => Typography.Measure(text, TextRole.Small) + 8) > width;
        for (var i = 0; i < shares.Length; i++)
        {
            if (crowded && i % 2 == 1) continue;
            var x = left + (width * (shares[i] - from) / (1 - from));
            var align = i == 0 ? Align.Left : i == shares.Length - 1 ? Align.Right : Align.Centre;
            canvas.VerticalLine(Math.Clamp(x, left + 0.5, left + width - 0.5), top + BarBottom, top + BarBottom + 4, canvas.Theme.Axis);
            canvas.Text(texts[i], x, top + BarBottom + 16, TextRole.Small, canvas.Theme.Ink, align);
        }
    }
}
