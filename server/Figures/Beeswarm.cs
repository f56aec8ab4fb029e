using System.Collections.Immutable;
using ExplainLsp.Explainers;

namespace ExplainLsp.Figures;

/// <summary>
/// The contributions of the strongest columns to many rows: a dot a row, its colour the column's value by rank, the mean strength at the
/// right (620 × 50 + 32 a column; Lundberg et al. 2020). Over 2,000 rows a strip shows their density instead.
/// </summary>
public static class Beeswarm
{
    private const int MostColumns = 12;
    private const int MostDots = 2000;
    private const double Pitch = 32;
    private const double Header = 18;
    private const double Footer = 32;
    private const double Radius = 2.4;
    private const double RingWidth = 0.6;

    /// <summary>The largest distance of a dot from its column's middle.</summary>
    private const double Reach = 12.5;

    /// <summary>Least width of a region, CSS pixels.</summary>
    private const double Aim = 24;

    /// <summary>Draws the attributions of rows.</summary>
    /// <param name="explanation">One with <see cref="Explanation.Samples"/>.</param>
    /// <param name="style">Colours, chrome, scale, width and the selected rows.</param>
    public static Figure Draw(Explanation explanation, FigureStyle style)
    {
        using var drawing = Render(explanation, style);
        return FigureFrame.Finish(drawing.Canvas, drawing.Alt, drawing.Regions);
    }

    internal static RowsDrawing Render(Explanation explanation, FigureStyle style)
    {
        var samples = SampleColumn.SamplesOf(explanation);
        var columns = SampleColumn.Strongest(samples, MostColumns);
        var width = FigureFrame.WidthOf(style, 620);
        var frame = new FigureFrame(explanation, style);
        var canvas = new FigureCanvas(width, frame.Around(Header + (Pitch * columns.Length) + Footer), style);
        frame.Draw(canvas);

        var theme = canvas.Theme;
        var scale = Words.ScaleOf(explanation.Target, style.Receipt);
        var unit = Words.ContributionUnit(explanation.Target, style.Receipt);
        var format = ContributionFormat.For(scale, columns.Select(column => column.Strength));
        var names = Math.Min(Math.Ceiling(columns.Select(column => Typography.Measure(column.Name, TextRole.Label)).DefaultIfEmpty(0).Max()), Math.Round(width * 0.27));
        var numbers = columns.Select(column => Typography.Measure(format.Size(column.Strength), TextRole.Label)).DefaultIfEmpty(0).Max();
        var (left, right) = (names + 14, width - Math.Max(50, numbers + 14));
        var ends = columns.SelectMany(column => column.Contributions).Select(contribution => (double)contribution).Append(0);
        var axis = Axis.Over(ends, left + 5, right - 5);
        var (top, bottom) = (frame.Top + Header, frame.Top + Header + (Pitch * columns.Length));

        DrawHeader(canvas, explanation, style.Receipt, axis.At(0), left, frame.Top + 10);
        DrawAxis(canvas, axis, scale, unit, top, bottom, left);
        DrawLegend(canvas, samples, columns, left, bottom + 28);
        var regions = ImmutableArray.CreateBuilder<FigureRegion>();
        var amounts = new AmountScale(theme);
        var dots = ImmutableArray.CreateBuilder<DrawnDot>();
        for (var i = 0; i < columns.Length; i++)
        {
            var (column, centre) = (columns[i], top + ((i + 0.5) * Pitch));
            canvas.Text(FigureCanvas.Fit(column.Name, TextRole.Label, names), names, centre + 4, TextRole.Label, theme.Ink, Align.Right);
            canvas.Text(format.Size(column.Strength), width, centre + 4, TextRole.Label, theme.Ink, Align.Right);
            double[] places = [.. column.Contributions.Select(contribution => float.IsFinite(contribution) ? axis.At(contribution) : double.NaN)];
            dots.AddRange(DrawRows(canvas, column, samples, style.Selected, amounts, places, centre));
            var ranges = new RowRegions(samples, style.Receipt, explanation.Target);
            regions.Add(new FigureRegion(0, centre - (Pitch / 2), left, Pitch, column.Feature, $"{ranges.Span(column)}, mean strength {format.Size(column.Strength)} {unit}"));
            regions.AddRange(ranges.Along(column, places, left, right, centre - (Pitch / 2), Pitch, Aim));
        }

        return new RowsDrawing(canvas, AltOf(explanation, samples, columns, style.Receipt), regions.ToImmutable(), dots.ToImmutable());
    }

    private static List<DrawnDot> DrawRows(
        FigureCanvas canvas, SampleColumn column, SampleAttributions samples, ImmutableHashSet<int> selected, AmountScale amounts, double[] places, double centre)
    {
        var theme = canvas.Theme;
        var dense = places.Length > MostDots;
        var offsets = dense ? new double[places.Length] : BeeswarmPacking.Offsets(places, (2 * Radius) + RingWidth, Reach);
        if (dense) DensityStrip.Draw(canvas, column, amounts, places, centre, Reach);
        var drawn = new List<DrawnDot>();
        for (var row = 0; row < places.Length; row++)
        {
            if (!double.IsFinite(places[row])) continue;
            var ringed = selected.Contains(samples.Rows[row]);
            if (dense && !ringed) continue;
            RowDot.Draw(canvas, places[row], centre + offsets[row], Radius, column.IsMissing(row) ? null : column.IsText ? theme.Neutral : amounts.At(column.Ranks[row]));
            drawn.Add(new DrawnDot(samples.Rows[row], column.Feature, places[row], centre + offsets[row]));
        }

        foreach (var dot in drawn.Where(dot => selected.Contains(dot.Row))) RowDot.Select(canvas, dot.X, dot.Y, Radius);
        return drawn;
    }

    private static void DrawHeader(FigureCanvas canvas, Explanation explanation, FigureContext context, double zero, double left, double baseline)
    {
        var ink = canvas.Theme.Ink2;
        var taken = canvas.Text("mean strength", canvas.Width, baseline, TextRole.Small, ink, Align.Right);
        DirectionLegend.AtZero(canvas, explanation, context, zero, left, canvas.Width - taken - 12, baseline);
    }

    private static void DrawAxis(FigureCanvas canvas, Axis axis, TargetScale scale, string unit, double top, double bottom, double left)
    {
        var theme = canvas.Theme;
        var unitText = FigureCanvas.Fit($"contribution, {unit}", TextRole.Small, left - 14);
        canvas.Text(unitText, left - 14, bottom + 13, TextRole.Small, theme.Ink2, Align.Right);
        var taken = left - 14.0;
        foreach (var (value, label) in axis.Ticks(6, scale == TargetScale.Probability ? 100 : 1))
        {
            var x = axis.At(value);
            canvas.VerticalLine(x, top, bottom, value == 0 ? theme.Axis : theme.Grid);
            var half = Typography.Measure(label, TextRole.Small) / 2;
            if (x - half < taken + 6 || x + half > canvas.Width) continue;
            canvas.Text(label, x, bottom + 13, TextRole.Small, theme.Ink2, Align.Centre);
            taken = x + half;
        }

        if (axis.Low <= 0 && axis.High >= 0) canvas.VerticalLine(axis.At(0), top, bottom, theme.Axis);
    }

    private static void DrawLegend(FigureCanvas canvas, SampleAttributions samples, ImmutableArray<SampleColumn> columns, double left, double baseline)
    {
        var ink = canvas.Theme.Ink2;
        var x = new AmountScale(canvas.Theme).DrawLegend(canvas, "column value, low to high", left, baseline, canvas.Width - left);
        if (columns.Any(column => column.IsText)) Key(canvas.Theme.Neutral, "text");
        if (columns.Any(column => column.Values.Any(float.IsNaN))) Key(null, "missing");

        var total = SampleColumn.Strengths(samples).Sum();
        string?[] notes =
        [
            columns.Length < samples.Features.Length
                ? $"{columns.Length} of {NumberText.Whole(samples.Features.Length)} columns, {NumberText.WholePercent(total > 0 ? columns.Sum(column => column.Strength) / total : 1)} of the strength" : null,
            samples.Rows.Length < samples.TotalRows ? $"{NumberText.Whole(samples.Rows.Length)} of {NumberText.Whole(samples.TotalRows)} rows"
                : samples.Rows.Length > MostDots ? $"density (square root) of {NumberText.Whole(samples.Rows.Length)} rows" : null,
        ];
        var right = (double)canvas.Width;
        foreach (var note in notes.Where(note => note is not null).Reverse())
        {
            if (right - Typography.Measure(note!, TextRole.Small) < x + 16) break;
            right -= canvas.Text(note!, right, baseline, TextRole.Small, ink, Align.Right) + 18;
        }

        void Key(string? colour, string word)
        {
            if (x + 30 + Typography.Measure(word, TextRole.Small) > canvas.Width) return;
            RowDot.Draw(canvas, x + 18, baseline - 4, Radius, colour);
            x += 24 + canvas.Text(word, x + 24, baseline, TextRole.Small, ink);
        }
    }

    private static string AltOf(Explanation explanation, SampleAttributions samples, ImmutableArray<SampleColumn> columns, FigureContext context)
    {
        var format = ContributionFormat.For(Words.ScaleOf(explanation.Target, context), columns.Select(column => column.Strength));
        var unit = Words.ContributionUnit(explanation.Target, context);
        string[] described = [.. columns.Select(column => $"{NumberText.Cut(Words.OneLine(column.Feature), 40)} {format.Size(column.Strength)}{Tendency(column)}")];
        return AltText.Longest(columns.Length, count =>
        {
            var items = described.Take(count);
            var others = samples.Features.Length - Math.Min(count, columns.Length);
            return $"Contributions to {NumberText.Cut(Words.OneLine(explanation.Target.Name), 60)} in {NumberText.Whole(samples.Rows.Length)} rows, mean strength in {unit}: "
                + $"{string.Join(", ", items)}." + (others > 0 ? $" {Words.OtherColumns(others)} less." : "") + $" {Words.Method(explanation, context)}.";
        });
    }

    /// <summary>Which way high values go, where the difference is plain.</summary>
    private static string Tendency(SampleColumn column)
    {
        if (column.IsText) return "";
        var high = Mean(rank => rank > 0.5);
        var low = Mean(rank => rank < 0.5);
        return Math.Abs(high - low) < 0.5 * column.Strength || !double.IsFinite(high - low) ? "" : high > low ? " (high values towards)" : " (high values away)";

        double Mean(Func<double, bool> isIn) => column.Contributions.Where((contribution, row) => float.IsFinite(contribution) && isIn(column.Ranks[row]))
            .Select(contribution => (double)contribution).DefaultIfEmpty(double.NaN).Average();
    }
}
