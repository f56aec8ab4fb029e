using System.Collections.Immutable;
using ExplainLsp.Explainers;
using SkiaSharp;

namespace ExplainLsp.Figures;

/// <summary>
/// Contributions of many rows as a map: rows along x in an order that puts alike explanations side by side, the strongest columns down,
/// the predictions as a line above (620 wide, 20 a column; Lundberg et al. 2020).
/// </summary>
public static class RowHeatMap
{
    private const int MostColumns = 12;
    private const double Pitch = 20;
    private const double Header = 20;
    private const double LineHeight = 44;
    private const double Aim = 24;

    /// <summary>Draws the map.</summary>
    /// <param name="explanation">One with <see cref="Explanation.Samples"/>.</param>
    /// <param name="order">Places among the samples' rows from left to right, as <see cref="ExplanationOrder"/> finds them.</param>
    /// <param name="style">Colours, chrome, scale, width and the selected rows.</param>
    public static Figure Draw(Explanation explanation, ImmutableArray<int> order, FigureStyle style)
    {
        using var drawing = Render(explanation, order, style);
        return FigureFrame.Finish(drawing.Canvas, drawing.Alt, drawing.Regions);
    }

    internal static MatrixDrawing Render(Explanation explanation, ImmutableArray<int> order, FigureStyle style)
    {
        var samples = SampleColumn.SamplesOf(explanation);
        var columns = SampleColumn.Strongest(samples, MostColumns);
        var others = samples.Features.Length - columns.Length;
        var width = FigureFrame.WidthOf(style, 620);
        var frame = new FigureFrame(explanation, style);
        var (top, matrix) = (frame.Top + Header, frame.Top + Header + LineHeight + 10);
        var bottom = matrix + (Pitch * columns.Length);
        var canvas = new FigureCanvas(width, frame.Around(bottom - frame.Top + 22 + MapLegend.Height), style);
        frame.Draw(canvas);

        var theme = canvas.Theme;
        var scale = Words.ScaleOf(explanation.Target, style.Receipt);
        var names = Math.Min(Math.Ceiling(columns.Select(column => Typography.Measure(column.Name, TextRole.Label)).DefaultIfEmpty(0).Max()), Math.Round(width * 0.27));
        var (left, right) = (names + 14, width - 1);
        for (var i = 0; i < columns.Length; i++)
        {
            canvas.Text(FigureCanvas.Fit(columns[i].Name, TextRole.Label, names), names, matrix + ((i + 0.5) * Pitch) + 4, TextRole.Label, theme.Ink, Align.Right);
        }

        DrawPredictions(canvas, explanation, style.Receipt, samples, order, (left, right), top);
        var limit = MapLimit.Of([.. columns.SelectMany(column => column.Contributions).Where(float.IsFinite).Select(contribution => (double)contribution)], 0);
        var palette = new MapPalette(theme, signed: true, null);
        // A cell is one pixel wide at least: of more rows the strongest of several is shown.
        var each = Math.Max(1, (int)Math.Ceiling(order.Length / (right - left)));
        DrawCells(canvas, columns, order, each, limit.Limit, palette, new SKRect((float)left, (float)matrix, (float)right, (float)bottom));
        for (var place = 0; place < order.Length; place++)
        {
            if (!style.Selected.Contains(samples.Rows[order[place]])) continue;
            var x = left + ((place + 0.5) * (right - left) / order.Length);
            canvas.Rectangle(x - 1, bottom + 2, x + 1, bottom + 7, theme.Focus);
        }

        var rows = order.Length < samples.TotalRows ? $"{NumberText.Whole(order.Length)} of {NumberText.Whole(samples.TotalRows)} rows" : RowRegions.Count(order.Length);
        var caption = $"{rows}, alike explanations side by side" + (each > 1 ? $"; strongest of {each} rows a cell" : "") + (others > 0 ? $"; {Words.OtherColumns(others)} not shown" : "");
        canvas.Text(FigureCanvas.Fit(caption, TextRole.Small, width - left), left, bottom + 18, TextRole.Small, theme.Ink2);
        var numbers = MapNumbers.Of(scale, Math.Max(Math.Abs(limit.Largest), limit.Limit), signed: true);
        new MapLegend(
            $"Contribution, {ContributionRow.Drawable(Words.ContributionUnit(explanation.Target, style.Receipt), "units")}",
            Drawable(Words.Away(explanation.Target, style.Receipt), "away"), Drawable(Words.Towards(explanation.Target, style.Receipt), "towards"),
            true, 0, limit.Limit, numbers.Text, palette.Solid, limit.Note(numbers.Text)).Draw(canvas, left, bottom + 22, right - left);

        var regions = Regions(explanation, style.Receipt, samples, columns, order, (left, right), matrix);
        return new MatrixDrawing(canvas, AltOf(explanation, samples, columns, order, style.Receipt), [.. regions]);

        static string Drawable(string words, string otherwise) => ContributionRow.Drawable(words, otherwise);
    }

    private static void DrawCells(
        FigureCanvas canvas, ImmutableArray<SampleColumn> columns, ImmutableArray<int> order, int each, double limit, MapPalette palette, SKRect box)
    {
        if (order.IsEmpty || columns.IsEmpty) return;
        var across = (order.Length + each - 1) / each;
        var pixels = new byte[4 * across * columns.Length];
        for (var i = 0; i < columns.Length; i++)
        {
            for (var x = 0; x < across; x++)
            {
                double strongest = 0;
                for (var place = x * each; place < Math.Min(order.Length, (x + 1) * each); place++)
                {
                    var contribution = columns[i].Contributions[order[place]];
                    if (!float.IsFinite(contribution) || Math.Abs(contribution) > Math.Abs(strongest)) strongest = contribution;
                }

                var colour = palette.Solid(strongest / limit);
                var at = 4 * ((i * across) + x);
                (pixels[at], pixels[at + 1], pixels[at + 2], pixels[at + 3]) = (colour.Red, colour.Green, colour.Blue, 255);
            }
        }

        canvas.Pixels(pixels, across, box, smooth: false);
    }

    /// <summary>The predictions above the map, with the average as a dashed line.</summary>
    private static void DrawPredictions(
        FigureCanvas canvas, Explanation explanation, FigureContext context, SampleAttributions samples, ImmutableArray<int> order,
        (double Left, double Right) span, double top)
    {
        var theme = canvas.Theme;
        var scale = Words.ScaleOf(explanation.Target, context);
        var axis = Axis.Over(order.Select(row => samples.Predicted[row]).Append(samples.BaseValue), top + LineHeight, top);
        var unit = $"{ContributionRow.Drawable(Words.OneLine(explanation.Target.Name), "prediction")}, {Words.ValueUnit(explanation.Target, context)}";
        canvas.Text(FigureCanvas.Fit(unit, TextRole.Small, canvas.Width - span.Left), span.Left, top - 8, TextRole.Small, theme.Ink2);
        foreach (var (value, label, _) in ValueTicks.Of(axis, scale).Where((_, i) => i % 2 == 0))
        {
            canvas.HorizontalLine(span.Left, span.Right, axis.At(value), theme.Grid);
            canvas.Text(label, span.Left - 6, axis.At(value) + 4, TextRole.Small, theme.Ink2, Align.Right);
        }

        var average = axis.At(samples.BaseValue);
        canvas.Polyline([FigureCanvas.At(span.Left, average), FigureCanvas.At(span.Right, average)], theme.Ink2, 1.5, [4, 3]);
        canvas.Polyline(
            [.. order.Select((row, place) => FigureCanvas.At(
                span.Left + ((place + 0.5) * (span.Right - span.Left) / order.Length), double.IsFinite(samples.Predicted[row]) ? axis.At(samples.Predicted[row]) : double.NaN))],
            theme.Strong, 1.5);
    }

    private static IEnumerable<FigureRegion> Regions(
        Explanation explanation, FigureContext context, SampleAttributions samples, ImmutableArray<SampleColumn> columns, ImmutableArray<int> order,
        (double Left, double Right) span, double top)
    {
        var ranges = new RowRegions(samples, context, explanation.Target);
        var count = (int)Math.Clamp((span.Right - span.Left) / Aim, 1, Math.Max(1, order.Length));
        for (var i = 0; i < columns.Length; i++)
        {
            for (var part = 0; part < count; part++)
            {
                var (from, to) = (part * order.Length / count, (part + 1) * order.Length / count);
                if (to == from) continue;
                var (left, right) = (Place(from), Place(to));
                yield return ranges.Region(left, top + (i * Pitch), right - left, Pitch, columns[i], [.. order[from..to]]);
            }
        }

        double Place(int row) => span.Left + (row * (span.Right - span.Left) / order.Length);
    }

    private static string AltOf(
        Explanation explanation, SampleAttributions samples, ImmutableArray<SampleColumn> columns, ImmutableArray<int> order, FigureContext context)
    {
        var format = ContributionFormat.For(Words.ScaleOf(explanation.Target, context), columns.Select(column => column.Strength));
        var unit = Words.ContributionUnit(explanation.Target, context);
        return AltText.Longest(4, count =>
        {
            // Four groups of neighbours tell what the map shows at a glance.
            var groups = Enumerable.Range(0, Math.Min(count, order.Length)).Select(part =>
            {
                var rows = order[(part * order.Length / Math.Min(count, order.Length))..((part + 1) * order.Length / Math.Min(count, order.Length))];
                var strongest = columns.MaxBy(column => Math.Abs(Mean(column, rows)))!;
                return $"{RowRegions.Count(rows.Length)} mostly {NumberText.Cut(Words.OneLine(strongest.Feature), 30)} {format.WithSign(Mean(strongest, rows))}";
            });
            return $"Contributions to {NumberText.Cut(Words.OneLine(explanation.Target.Name), 60)} of {NumberText.Whole(columns.Length)} columns in {RowRegions.Count(order.Length)} "
                + (order.IsEmpty || columns.IsEmpty ? "." : $"ordered by explanation, {unit}. From the left: {string.Join(", ", groups)}.");
        });

        static double Mean(SampleColumn column, ImmutableArray<int> rows) =>
            rows.Where(row => float.IsFinite(column.Contributions[row])).Select(row => (double)column.Contributions[row]).DefaultIfEmpty(0).Average();
    }
}
