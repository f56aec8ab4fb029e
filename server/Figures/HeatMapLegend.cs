using SkiaSharp;

namespace ExplainLsp.Figures;

/// <summary>What a map's colours mean in numbers: unit, named ends, −limit, −½, 0, +½ and +limit, and where the colours end.</summary>
internal static class HeatMapLegend
{
    /// <summary>Its height.</summary>
    public const double Height = 100;

    private const double BarTop = 46;
    private const double BarBottom = 56;

    /// <summary>Draws it.</summary>
    public static void Draw(FigureCanvas canvas, MapPlane plane, MapPalette palette, ImageContext image, FigureContext context, double left, double top, double width)
    {
        var theme = canvas.Theme;
        var numbers = MapNumbers.Of(plane, context);
        Line(Drawable(MapNumbers.Unit(plane, image, context), plane), 16);

        var name = Drawable(Words.OneLine(plane.Explanation.Target.Name), plane);
        var (low, high) = plane.TwoSided ? ($"against {name}", $"for {name}") : ("least", "most");
        var half = (width / 2) - 6;
        canvas.Text(FigureCanvas.Fit(low, TextRole.Small, half), left, top + 40, TextRole.Small, theme.Ink2);
        canvas.Text(FigureCanvas.Fit(high, TextRole.Small, half), left + width, top + 40, TextRole.Small, theme.Ink2, Align.Right);

        const int steps = 255;
        var from = plane.TwoSided ? -1.0 : 0;
        var bar = new byte[4 * steps];
        for (var i = 0; i < steps; i++)
        {
            var colour = palette.Solid(from + ((1 - from) * i / (steps - 1)));
            (bar[4 * i], bar[(4 * i) + 1], bar[(4 * i) + 2], bar[(4 * i) + 3]) = (colour.Red, colour.Green, colour.Blue, 255);
        }

        canvas.Pixels(bar, steps, new SKRect((float)left, (float)(top + BarTop), (float)(left + width), (float)(top + BarBottom)), smooth: false);
        if (theme.HighContrast) Frame(canvas, left, top + BarTop, left + width, top + BarBottom, theme.Ink);
        DrawNumbers(canvas, plane, numbers, from, left, top, width);
        var ends = plane.EndsAtLargest
            ? $"ends at the largest value, {numbers.Text(plane.Largest)}"
            : $"ends at the 99th percentile; largest {numbers.Text(plane.Largest)}";
        Line(ends, 92);

        void Line(string text, double baseline) =>
            canvas.Text(FigureCanvas.Fit(text, TextRole.Small, width), left, top + baseline, TextRole.Small, theme.Ink2);
    }

    /// <summary>A 1 px line inside a rectangle's edges.</summary>
    public static void Frame(FigureCanvas canvas, double left, double top, double right, double bottom, string colour) => canvas.Outline(
        [FigureCanvas.At(left, top), FigureCanvas.At(right, top), FigureCanvas.At(right, bottom), FigureCanvas.At(left, bottom)], colour);

    private static void DrawNumbers(FigureCanvas canvas, MapPlane plane, MapNumbers numbers, double from, double left, double top, double width)
    {
        double[] shares = plane.TwoSided ? [-1, -0.5, 0, 0.5, 1] : [0, 0.5, 1];
        var texts = shares.Select(share => numbers.Text(plane.TwoSided ? share * plane.Limit : plane.Low + (share * (plane.Limit - plane.Low)))).ToArray();
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

    private static string Drawable(string text, MapPlane plane) => Typography.CanDraw(text) ? text
        : text.Replace(Words.OneLine(plane.Explanation.Target.Name), $"class {NumberText.Whole(plane.Explanation.Target.Index)}", StringComparison.Ordinal);
}
