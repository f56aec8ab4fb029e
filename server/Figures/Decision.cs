using System.Collections.Immutable;
using ExplainLsp.Explainers;
using SkiaSharp;

namespace ExplainLsp.Figures;

/// <summary>
/// How rows come to their predictions: a line a row from the average at the bottom, column by column, the strongest on top, to the
/// prediction (560 × 26 a column; Lundberg et al. 2018). The explained row is strong.
/// </summary>
public static class Decision
{
    private const int MostColumns = 12;
    private const int MostLines = 60;
    private const double Pitch = 26;
    private const double Header = 24;
    private const double Footer = 38;

    /// <summary>Draws rows' lines, an even spread of at most 60 and always the explained one.</summary>
    /// <param name="explanation">One with <see cref="Explanation.Samples"/>.</param>
    /// <param name="explainedRow">The number in its file of the row that is explained; null for none.</param>
    /// <param name="style">Colours, chrome, scale, width and the selected rows.</param>
    public static Figure Draw(Explanation explanation, int? explainedRow, FigureStyle style)
    {
        using var drawing = Render(explanation, explainedRow, style);
        return FigureFrame.Finish(drawing.Canvas, drawing.Alt, drawing.Regions);
    }

    internal static DecisionDrawing Render(Explanation explanation, int? explainedRow, FigureStyle style)
    {
        var samples = SampleColumn.SamplesOf(explanation);
        var columns = SampleColumn.Strongest(samples, MostColumns);
        var others = samples.Features.Length - columns.Length;
        var lines = columns.Length + (others > 0 ? 1 : 0);
        var explained = explainedRow is { } wanted ? samples.Rows.IndexOf(wanted) : -1;
        var width = FigureFrame.WidthOf(style, 560);
        var frame = new FigureFrame(explanation, style);
        var canvas = new FigureCanvas(width, frame.Around(Header + (Pitch * lines) + Footer), style);
        frame.Draw(canvas);

        var theme = canvas.Theme;
        var scale = Words.ScaleOf(explanation.Target, style.Receipt);
        string[] texts = [.. columns.Select(column => explained < 0 || column.Texts[explained].Length == 0 ? "" : ContributionRow.Drawable(NumberText.DataValue(column.Texts[explained]), "\u2026"))];
        var names = Math.Round(width * 0.36);
        var paths = Enumerable.Range(0, samples.Rows.Length).Select(row => PathOf(samples, columns, others, row)).ToArray();
        var axis = Axis.Over(paths.SelectMany(path => path).Append(samples.BaseValue), names + 18, width - 12);
        var (top, bottom) = (frame.Top + Header, frame.Top + Header + (Pitch * lines));
        foreach (var (value, _, _) in ValueTicks.Of(axis, scale)) canvas.VerticalLine(axis.At(value), top, bottom, theme.Grid);
        canvas.Polyline([FigureCanvas.At(axis.At(samples.BaseValue), top), FigureCanvas.At(axis.At(samples.BaseValue), bottom)], theme.Ink2, 1.5, [4, 3]);
        canvas.Text(
            FigureCanvas.Fit($"{ContributionRow.Drawable(Words.Base(explanation), "average")} {NumberText.Value(samples.BaseValue, scale)}", TextRole.Small, names), 0, bottom + 15,
            TextRole.Small, theme.Ink2);
        ValueTicks.Draw(canvas, axis, scale, Words.ValueUnit(explanation.Target, style.Receipt), bottom + 15, (0, names + 6));

        foreach (var row in Shown(samples, explained, style.Selected).Where(row => row != explained)) DrawLine(row, style.Selected.Contains(samples.Rows[row]) ? theme.Focus : theme.Ink2, style.Selected.Contains(samples.Rows[row]) ? 1 : theme.HighContrast ? 0.5 : 0.3, 1.5);
        if (explained >= 0)
        {
            DrawLine(explained, theme.Strong, 1, 2);
            var end = paths[explained][^1];
            canvas.Centred(Words.ThisRow(samples.Predicted[explained], scale), double.IsFinite(end) ? axis.At(end) : axis.Start, frame.Top + 14, TextRole.Result, theme.Strong);
        }

        var format = ContributionFormat.For(scale, columns.Select(column => column.Strength));
        var unit = Words.ContributionUnit(explanation.Target, style.Receipt);
        var regions = ImmutableArray.CreateBuilder<FigureRegion>();
        for (var i = 0; i < columns.Length; i++)
        {
            var (column, centre) = (columns[i], top + ((i + 0.5) * Pitch));
            DrawName(canvas, column.Name, texts[i], names, centre + 4, theme.Ink);
            var own = explained < 0 ? "" : $" = {NumberText.DataValue(column.Texts[explained])}: {format.WithSign(column.Contributions[explained])} {unit}";
            regions.Add(new FigureRegion(0, centre - (Pitch / 2), names, Pitch, column.Feature, $"{Words.OneLine(column.Feature)}{own}, mean strength {format.Size(column.Strength)} {unit}"));
        }

        if (others > 0) DrawName(canvas, Words.OtherColumns(others), "", names, bottom - (Pitch / 2) + 4, theme.Ink2);
        regions.AddRange(Ends(canvas, samples, paths, axis, names, frame.Top, scale));
        return new DecisionDrawing(canvas, AltOf(explanation, samples, explained, style.Receipt), regions.ToImmutable(), axis, paths);

        void DrawLine(int row, string colour, double opacity, double thickness)
        {
            var points = paths[row].Select((value, i) => FigureCanvas.At(axis.At(value), bottom - (i * Pitch))).ToArray();
            canvas.Polyline(points, colour, thickness, null, opacity);
        }
    }

    /// <summary>A row's values from the average to its prediction: the columns that are not shown first, then from the weakest up.</summary>
    private static double[] PathOf(SampleAttributions samples, ImmutableArray<SampleColumn> columns, int others, int row)
    {
        var path = new List<double> { samples.BaseValue };
        if (others > 0)
        {
            var all = samples.Contributions.AsSpan().Slice(row * samples.Features.Length, samples.Features.Length);
            var sum = 0.0;
            foreach (var contribution in all) sum += contribution;
            path.Add(samples.BaseValue + sum - columns.Sum(column => (double)column.Contributions[row]));
        }

        foreach (var column in columns.Reverse()) path.Add(path[^1] + column.Contributions[row]);
        return [.. path];
    }

    private static IEnumerable<int> Shown(SampleAttributions samples, int explained, ImmutableHashSet<int> selected)
    {
        var count = Math.Min(MostLines, samples.Rows.Length);
        var even = Enumerable.Range(0, count).Select(i => (int)((long)i * samples.Rows.Length / count));
        return even.Concat(Enumerable.Range(0, samples.Rows.Length).Where(row => selected.Contains(samples.Rows[row]))).Append(explained).Where(row => row >= 0).Distinct();
    }

    private static void DrawName(FigureCanvas canvas, string name, string value, double room, double baseline, string ink)
    {
        var fitted = FigureCanvas.Fit(value, TextRole.Label, Math.Max(room - Typography.Measure(name, TextRole.Label) - 10, Math.Min(48, room / 3)));
        var taken = canvas.Text(fitted, room, baseline, TextRole.Label, canvas.Theme.Ink2, Align.Right);
        canvas.Text(FigureCanvas.Fit(name, TextRole.Label, room - (taken > 0 ? taken + 10 : 0)), 0, baseline, TextRole.Label, ink);
    }

    /// <summary>Where lines end: stretches of the top, each for the rows that come out there.</summary>
    private static IEnumerable<FigureRegion> Ends(
        FigureCanvas canvas, SampleAttributions samples, double[][] paths, Axis axis, double left, double top, TargetScale scale)
    {
        const double aim = 24;
        var count = Math.Max(1, (int)((canvas.Width - left) / aim));
        var step = (canvas.Width - left) / count;
        return Enumerable.Range(0, paths.Length).Where(row => double.IsFinite(paths[row][^1]))
            .GroupBy(row => Math.Clamp((int)((axis.At(paths[row][^1]) - left) / step), 0, count - 1)).OrderBy(group => group.Key)
            .Select(group =>
            {
                var (low, high) = (NumberText.Value(group.Min(row => paths[row][^1]), scale), NumberText.Value(group.Max(row => paths[row][^1]), scale));
                return new FigureRegion(left + (group.Key * step), top + Header, step, Pitch, null, $"{RowRegions.Count(group.Count())} predicted {(low == high ? low : $"{low} to {high}")}")
                {
                    Rows = [.. group.Select(row => samples.Rows[row]).Order()],
                };
            });
    }

    private static string AltOf(Explanation explanation, SampleAttributions samples, int explained, FigureContext context)
    {
        var target = NumberText.Cut(Words.OneLine(explanation.Target.Name), 60);
        var (low, high) = (samples.Predicted.Where(double.IsFinite).DefaultIfEmpty(0).Min(), samples.Predicted.Where(double.IsFinite).DefaultIfEmpty(0).Max());
        var own = explained < 0 ? "" : $" The explained row ends at {Words.Value(samples.Predicted[explained], explanation.Target, context)}.";
        return $"How {RowRegions.Count(samples.Rows.Length)} come from an average of {Words.Value(samples.BaseValue, explanation.Target, context)} to their predictions of {target}, "
            + $"{Words.Value(low, explanation.Target, context)} to {Words.Value(high, explanation.Target, context)}, column by column.{own} {Words.Method(explanation, context)}.";
    }
}

/// <summary>A decision plot before it is encoded, for tests of its geometry.</summary>
internal sealed record DecisionDrawing(FigureCanvas Canvas, string Alt, ImmutableArray<FigureRegion> Regions, Axis Axis, double[][] Paths) : IDisposable
{
    public void Dispose() => Canvas.Dispose();
}
