using System.Collections.Immutable;
using ExplainLsp.Explainers;
using SkiaSharp;

namespace ExplainLsp.Figures;

/// <summary>
/// One row's contributions as one band (panel width × 96; Lundberg et al. 2018): what pushes towards the target comes from the left, what
/// pushes away from the right, and they meet at the result. What is not shown lies at the far end in grey.
/// </summary>
public static class Force
{
    private const int MostColumns = 12;
    private const int MostBelow = 8;
    private const double Height = 96;
    private const double BandTop = 20;
    private const double BandBottom = 44;
    private const double Arrow = 6;
    private const double LabelledInside = 36;
    private const double Apart = 14;

    /// <summary>Draws an explanation whose attributions add up; others as <see cref="RowContributions"/>, as <see cref="Waterfall"/> does.</summary>
    /// <param name="explanation">A local explanation.</param>
    /// <param name="style">Colours, chrome, scale and width.</param>
    public static Figure Draw(Explanation explanation, FigureStyle style)
    {
        if (!Waterfall.AddsUp(explanation)) return RowContributions.Draw(explanation, style);
        using var drawing = Render(explanation, style);
        return FigureFrame.Finish(drawing.Canvas, AltText.Contributions(explanation, style.Receipt), drawing.Regions);
    }

    internal static ContributionDrawing Render(Explanation explanation, FigureStyle style)
    {
        var scale = Words.ScaleOf(explanation.Target, style.Receipt);
        var frame = new FigureFrame(explanation, style);
        var canvas = new FigureCanvas(FigureFrame.WidthOf(style, 900), frame.Around(Height), style);
        frame.Draw(canvas);

        var rows = ContributionRow.WithGap(ContributionRow.Of(explanation, style.Receipt, MostColumns), explanation, style.Receipt);
        var result = explanation.PredictedValue!.Value;
        var towards = rows.Where(row => row.Contribution > 0).ToArray();
        var away = rows.Where(row => row.Contribution < 0).ToArray();
        var axis = Axis.Over([result, result - towards.Sum(row => row.Contribution), result - away.Sum(row => row.Contribution)], 4, canvas.Width - 4);
        var top = frame.Top;
        DrawAxis(canvas, explanation, style.Receipt, axis, scale, top);
        DrawResult(canvas, explanation, style.Receipt, axis.At(result), scale, top);

        var segments = Segments(towards, result, axis).Reverse().Concat(Segments(away, result, axis)).ToArray();
        foreach (var (row, from, to) in segments) ContributionBar.Draw(canvas, row.Kind, from, to, top + ((BandTop + BandBottom) / 2), BandBottom - BandTop, Arrow);
        canvas.VerticalLine(axis.At(result), top + BandTop - 4, top + BandBottom + 3, canvas.Theme.Strong, 2);
        LabelSegments(canvas, segments, top);
        return new ContributionDrawing(
            canvas,
            [.. segments.Select(segment => new DrawnBar(segment.Row.Feature, segment.From, segment.To))],
            [.. segments.Select(segment => new FigureRegion(
                Math.Min(segment.From, segment.To), top + BandTop, Math.Abs(segment.To - segment.From), BandBottom - BandTop, segment.Row.Feature, segment.Row.Label))]);
    }

    /// <summary>The strongest at the result, then outwards; each begins where the arrow's tail is.</summary>
    private static IEnumerable<(ContributionRow Row, double From, double To)> Segments(ContributionRow[] rows, double result, Axis axis)
    {
        var end = result;
        foreach (var row in rows.OrderBy(row => row.Kind).ThenByDescending(row => Math.Abs(row.Contribution)))
        {
            var begin = end - row.Contribution;
            yield return (row, axis.At(begin), axis.At(end));
            end = begin;
        }
    }

    private static void LabelSegments(FigureCanvas canvas, (ContributionRow Row, double From, double To)[] segments, double top)
    {
        var theme = canvas.Theme;
        var below = new List<(ContributionRow Row, double Middle)>();
        foreach (var (row, from, to) in segments)
        {
            var (left, right) = (Math.Min(from, to), Math.Max(from, to));
            var (middle, room) = ((left + right) / 2, right - left - (2 * Arrow) - 4);
            var text = Labelled(row, room);
            if (right - left < LabelledInside || text is null)
            {
                below.Add((row, middle));
                continue;
            }

            // On a pattern the label needs ground of its own.
            var filled = !theme.HighContrast || (row.Kind == BarKind.Column && row.Contribution > 0);
            var width = Typography.Measure(text, TextRole.Small);
            if (!filled) canvas.Clear(new SKRect((float)(middle - (width / 2) - 3), (float)(top + BandTop + 4), (float)(middle + (width / 2) + 3), (float)(top + BandBottom - 4)));
            var ink = filled && row.Kind == BarKind.Column ? theme.Ground : filled ? theme.Strong : theme.Ink;
            canvas.Text(text, middle, top + ((BandTop + BandBottom) / 2) + 4, TextRole.Small, ink, Align.Centre);
        }

        LabelBelow(canvas, below, top);
    }

    /// <summary>Labels under the band, the strongest first, where there is room; each with a line to its segment.</summary>
    private static void LabelBelow(FigureCanvas canvas, List<(ContributionRow Row, double Middle)> rows, double top)
    {
        var placed = new List<(double Left, double Right)>();
        foreach (var (row, middle) in rows.OrderBy(item => item.Row.Kind).ThenByDescending(item => Math.Abs(item.Row.Contribution)))
        {
            if (placed.Count == MostBelow) return;
            var text = FigureCanvas.Fit($"{row.Name} {row.Number}", TextRole.Small, 150);
            var width = Typography.Measure(text, TextRole.Small);
            // Centred under its segment, else with an end there.
            double[] lefts = [middle - (width / 2), middle - 6, middle - width + 6];
            var left = lefts.Select(at => Math.Clamp(at, 0, Math.Max(0, canvas.Width - width)))
                .FirstOrDefault(at => !placed.Any(other => at < other.Right + 10 && at + width > other.Left - 10), double.NaN);
            if (double.IsNaN(left)) continue;
            canvas.VerticalLine(middle, top + BandBottom + 1, top + BandBottom + 5, canvas.Theme.Axis);
            canvas.Text(text, left, top + BandBottom + 14, TextRole.Small, canvas.Theme.Ink2);
            placed.Add((left, left + width));
        }
    }

    /// <summary>Name and number, the name cut to the room; null where too little of it would be left.</summary>
    private static string? Labelled(ContributionRow row, double room)
    {
        var number = " " + row.Number;
        var name = FigureCanvas.Fit(row.Name, TextRole.Small, room - Typography.Measure(number, TextRole.Small));
        return name == row.Name || name.Length >= 6 ? name + number : null;
    }

    private static void DrawAxis(FigureCanvas canvas, Explanation explanation, FigureContext context, Axis axis, TargetScale scale, double top)
    {
        var (theme, line) = (canvas.Theme, top + 64);
        canvas.HorizontalLine(axis.Start, axis.End, line, theme.Axis);
        var average = explanation.BaseValue!.Value;
        var x = axis.At(average);
        canvas.Polygon([FigureCanvas.At(x, line + 1), FigureCanvas.At(x + 4, line + 7), FigureCanvas.At(x - 4, line + 7)], theme.Ink2);
        var value = NumberText.Value(average, scale);
        var words = FigureCanvas.Fit(ContributionRow.Drawable(Words.Base(explanation), "average"), TextRole.Small, (canvas.Width / 2) - Typography.Measure(value, TextRole.Small));
        var text = $"{words} {value}";
        var half = Typography.Measure(text, TextRole.Small) / 2;
        var middle = Math.Clamp(x, half, canvas.Width - half);
        canvas.Text(text, middle, top + 92, TextRole.Small, theme.Ink2, Align.Centre);
        ValueTicks.Draw(canvas, axis, scale, Words.ValueUnit(explanation.Target, context), top + 79, (middle - half, middle + half));
    }

    private static void DrawResult(FigureCanvas canvas, Explanation explanation, FigureContext context, double x, TargetScale scale, double top)
    {
        var theme = canvas.Theme;
        var text = Words.ThisRow(explanation.PredictedValue!.Value, scale);
        var half = Typography.Measure(text, TextRole.Result) / 2;
        // Over the result, else beside it where both directions can be named whole.
        double[] middles = [x, x - half, x + half];
        var fitting = middles.Select(at => Math.Clamp(at, half, canvas.Width - half)).ToArray();
        var middle = fitting.FirstOrDefault(at => DirectionLegend.Meets(canvas.Width, explanation, context, at - half - Apart, at + half + Apart), fitting[0]);
        canvas.Text(text, middle, top + 12, TextRole.Result, theme.Strong, Align.Centre);
        DirectionLegend.Meeting(canvas, explanation, context, middle - half - Apart, middle + half + Apart, top + 12);
    }
}
