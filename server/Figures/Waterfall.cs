using System.Collections.Immutable;
using ExplainLsp.Explainers;

namespace ExplainLsp.Figures;

/// <summary>
/// From the average to this row: contributions as steps, the strongest on top, the base value at the bottom, the result at the top
/// (600 × 76 + 26 a row). What the method could not attribute is a row of its own, so that the steps end at the prediction.
/// </summary>
public static class Waterfall
{
    private const double Header = 24;
    private const double Pitch = 26;
    private const double Footer = 52;

    /// <summary>
    /// Draws an explanation whose attributions add up. One that has no base value, no prediction or no completeness, or numbers that are
    /// not finite, is drawn as <see cref="RowContributions"/>, because steps would claim a sum that is not there.
    /// </summary>
    /// <param name="explanation">A local explanation.</param>
    /// <param name="style">Colours, chrome, scale and width.</param>
    public static Figure Draw(Explanation explanation, FigureStyle style)
    {
        if (!AddsUp(explanation)) return RowContributions.Draw(explanation, style);
        using var drawing = Render(explanation, style);
        return FigureFrame.Finish(drawing.Canvas, AltText.Contributions(explanation, style.Receipt), drawing.Regions);
    }

    /// <summary>Whether an explanation can be drawn as steps.</summary>
    public static bool AddsUp(Explanation explanation) =>
        explanation is { BaseValue: { } average, PredictedValue: { } predicted, CompletenessGap: { } gap }
        && double.IsFinite(average) && double.IsFinite(predicted) && double.IsFinite(gap)
        && explanation.Attributions.All(attribution => double.IsFinite(attribution.Contribution));

    internal static ContributionDrawing Render(Explanation explanation, FigureStyle style)
    {
        var scale = Words.ScaleOf(explanation.Target, style.Receipt);
        var width = FigureFrame.WidthOf(style, 600);
        var rows = ContributionRow.WithGap(ContributionRow.Of(explanation, style.Receipt, width < 600 ? 8 : 9), explanation, style.Receipt);
        var frame = new FigureFrame(explanation, style);
        var canvas = new FigureCanvas(width, frame.Around(Header + (rows.Length * Pitch) + Footer), style);
        frame.Draw(canvas);

        var names = Math.Round(width * 222 / 600);
        var numbers = rows.Select(row => Typography.Measure(row.Number, TextRole.Label)).DefaultIfEmpty(0).Max();
        var places = Places(explanation.BaseValue!.Value, rows);
        var ends = rows.SelectMany((row, i) => (double[])[places[i], places[i] - row.Error, places[i] + row.Error]).Append(places[^1]);
        var axis = Axis.Over(ends, names + Math.Round(width * 34 / 600), width - Math.Max(Math.Round(width * 82 / 600), numbers + 16));
        var top = frame.Top + Header;
        var bottom = top + (rows.Length * Pitch);

        DrawAxis(canvas, explanation, style.Receipt, axis, scale, top, bottom);
        var drawing = DrawSteps(canvas, rows, places, axis, names, top);
        DrawBase(canvas, axis.At(places[^1]), bottom);
        DrawResult(canvas, explanation.PredictedValue!.Value, scale, axis.At(places[0]), frame.Top);
        DirectionLegend.Swatches(canvas, explanation, style.Receipt, axis.Start - 18, bottom + Footer - 4);
        return drawing;
    }

    /// <summary>Where each row's step ends, top first, and last the base value where the steps begin.</summary>
    private static double[] Places(double start, ImmutableArray<ContributionRow> rows)
    {
        var places = new double[rows.Length + 1];
        places[^1] = start;
        for (var i = rows.Length - 1; i >= 0; i--) places[i] = places[i + 1] + rows[i].Contribution;
        return places;
    }

    private static ContributionDrawing DrawSteps(
        FigureCanvas canvas, ImmutableArray<ContributionRow> rows, double[] places, Axis axis, double names, double top)
    {
        var bars = ImmutableArray.CreateBuilder<DrawnBar>();
        var regions = ImmutableArray.CreateBuilder<FigureRegion>();
        for (var i = 0; i < rows.Length; i++)
        {
            var (row, centre) = (rows[i], top + ((i + 0.5) * Pitch));
            var (from, to) = (axis.At(places[i + 1]), axis.At(places[i]));
            row.DrawText(canvas, names, centre + 4);
            row.DrawNumber(canvas, canvas.Width, centre + 4);
            ContributionBar.Draw(canvas, row.Kind, from, to, centre, 16, 6);
            ContributionBar.DrawError(canvas, axis.At(places[i] - row.Error), axis.At(places[i] + row.Error), centre);
            if (i + 1 < rows.Length) canvas.VerticalLine(from, centre + 8, centre + 18, canvas.Theme.Axis);
            bars.Add(new DrawnBar(row.Feature, from, to));
            regions.Add(new FigureRegion(0, centre - (Pitch / 2), canvas.Width, Pitch, row.Feature, row.Label));
        }

        return new ContributionDrawing(canvas, bars.ToImmutable(), regions.ToImmutable());
    }

    private static void DrawAxis(
        FigureCanvas canvas, Explanation explanation, FigureContext context, Axis axis, TargetScale scale, double top, double bottom)
    {
        var (ink, baseline) = (canvas.Theme.Ink2, bottom + 15);
        var unit = FigureCanvas.Fit(ContributionRow.Drawable(Words.ValueUnit(explanation.Target, context), "units"), TextRole.Small, 90);
        var unitLeft = canvas.Width - canvas.Text(unit, canvas.Width, baseline, TextRole.Small, ink, Align.Right);
        if (scale == TargetScale.LogOdds)
        {
            unitLeft = Math.Min(unitLeft, canvas.Width - canvas.Text("probability", canvas.Width, baseline + ValueTicks.SecondLine, TextRole.Small, ink, Align.Right));
        }

        var taken = 0.0;
        var firstLabel = unitLeft;
        foreach (var (value, label, second) in ValueTicks.Of(axis, scale))
        {
            var x = axis.At(value);
            canvas.VerticalLine(x, top, bottom, value == 0 ? canvas.Theme.Axis : canvas.Theme.Grid);
            var half = Math.Max(Typography.Measure(label, TextRole.Small), Typography.Measure(second, TextRole.Small)) / 2;
            if (x - half < taken + 6 || x + half > unitLeft - 6) continue;
            canvas.Text(label, x, baseline, TextRole.Small, ink, Align.Centre);
            canvas.Text(second, x, baseline + ValueTicks.SecondLine, TextRole.Small, ink, Align.Centre);
            firstLabel = Math.Min(firstLabel, x - half);
            taken = x + half;
        }

        DrawBaseText(canvas, explanation, scale, firstLabel - 12, baseline);
    }

    private static void DrawBaseText(FigureCanvas canvas, Explanation explanation, TargetScale scale, double room, double baseline)
    {
        var value = NumberText.Value(explanation.BaseValue!.Value, scale);
        var space = room - Typography.Measure(" " + value, TextRole.Small);
        var words = ContributionRow.Drawable(Words.Base(explanation), "average");
        // A cut that leaves nothing readable of the background's name says less than the word alone.
        if (space < 90 && Typography.Measure(words, TextRole.Small) > space) words = "average";
        canvas.Text($"{FigureCanvas.Fit(words, TextRole.Small, space)} {value}", 0, baseline, TextRole.Small, canvas.Theme.Ink2);
    }

    private static void DrawBase(FigureCanvas canvas, double x, double bottom)
    {
        ReadOnlySpan<SkiaSharp.SKPoint> triangle =
            [FigureCanvas.At(x, bottom + 1), FigureCanvas.At(x + 4, bottom + 7), FigureCanvas.At(x - 4, bottom + 7)];
        canvas.Polygon(triangle, canvas.Theme.Ink2);
        canvas.VerticalLine(x, bottom - 5, bottom + 2, canvas.Theme.Axis);
    }

    private static void DrawResult(FigureCanvas canvas, double predicted, TargetScale scale, double x, double top)
    {
        var theme = canvas.Theme;
        ReadOnlySpan<SkiaSharp.SKPoint> triangle =
            [FigureCanvas.At(x, top + 19), FigureCanvas.At(x + 4, top + 13), FigureCanvas.At(x - 4, top + 13)];
        canvas.Polygon(triangle, theme.Strong);
        canvas.VerticalLine(x, top + 18, top + Header + 5, theme.Axis);

        var text = Words.ThisRow(predicted, scale);
        var width = Typography.Measure(text, TextRole.Result);
        var left = x - 9 - width >= 0 ? x - 9 - width : Math.Min(x + 9, canvas.Width - width);
        canvas.Text(text, left, top + 16, TextRole.Result, theme.Strong);
    }
}
