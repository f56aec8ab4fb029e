using System.Collections.Immutable;
using ExplainLsp.Explainers;

namespace ExplainLsp.Figures;

/// <summary>
/// A column's contributions against its value, a dot a row (528 × 330; Lundberg et al. 2020). The colour is a second column, the one that
/// interacts most: an amount by rank in purple, names by colour and shape.
/// </summary>
public static class DependencePlot
{
    private const double Height = 330;
    private const double Radius = 3.2;
    private const double MissingWidth = 52;
    private const double Aim = 24;

    /// <summary>Draws one column.</summary>
    /// <param name="explanation">One with <see cref="Explanation.Samples"/>.</param>
    /// <param name="feature">The column along x, one of the samples'.</param>
    /// <param name="colouredBy">
    /// The column that gives the colour, as <see cref="StrongestInteraction"/> finds it; null for none.
    /// </param>
    /// <param name="style">Colours, chrome, scale, width and the selected rows.</param>
    public static Figure Draw(Explanation explanation, string feature, string? colouredBy, FigureStyle style)
    {
        using var drawing = Render(explanation, feature, colouredBy, style);
        return FigureFrame.Finish(drawing.Canvas, drawing.Alt, drawing.Regions);
    }

    internal static RowsDrawing Render(Explanation explanation, string feature, string? colouredBy, FigureStyle style)
    {
        var samples = SampleColumn.SamplesOf(explanation);
        var column = SampleColumn.Of(samples, feature);
        var second = colouredBy is null ? null : SampleColumn.Of(samples, colouredBy);
        var frame = new FigureFrame(explanation, style);
        var canvas = new FigureCanvas(FigureFrame.WidthOf(style, 528), frame.Around(Height), style);
        frame.Draw(canvas);

        var theme = canvas.Theme;
        var scale = Words.ScaleOf(explanation.Target, style.Receipt);
        var (top, bottom) = (frame.Top + 44, frame.Top + Height - 44);
        var y = Axis.Over(column.Contributions.Select(contribution => (double)contribution).Append(0), bottom - 12, top);
        var ticks = y.Ticks(6, scale == TargetScale.Probability ? 100 : 1);
        var left = ticks.Select(tick => Typography.Measure(tick.Label, TextRole.Small)).DefaultIfEmpty(0).Max() + 12;
        var hasMissing = column.Values.Any(float.IsNaN);
        var right = canvas.Width - (hasMissing ? MissingWidth : 6.0);
        var x = XAxis.Over(column, left + 6, right - 6);

        var unit = $"contribution of {column.Name}, {Words.ContributionUnit(explanation.Target, style.Receipt)}";
        canvas.Text(FigureCanvas.Fit(unit, TextRole.Small, canvas.Width), 0, frame.Top + 11, TextRole.Small, theme.Ink2);
        foreach (var (value, label) in ticks)
        {
            canvas.HorizontalLine(left, canvas.Width, y.At(value), value == 0 ? theme.Axis : theme.Grid);
            canvas.Text(label, left - 6, y.At(value) + 4, TextRole.Small, theme.Ink2, Align.Right);
        }

        canvas.HorizontalLine(left, right, bottom, theme.Axis);
        x.DrawLabels(canvas, bottom + 14, left - 6);
        canvas.Centred(column.Name, (left + right) / 2, bottom + 32, TextRole.Small, theme.Ink2);
        if (hasMissing) canvas.Text("missing", canvas.Width, bottom + 14, TextRole.Small, theme.Ink2, Align.Right);

        var colours = new RowColours(theme, second);
        colours.DrawLegend(canvas, frame.Top + 29);
        var dots = ImmutableArray.CreateBuilder<DrawnDot>();
        var places = new double[column.Values.Length];
        for (var row = 0; row < places.Length; row++)
        {
            places[row] = column.IsMissing(row) ? canvas.Width - (MissingWidth / 2) + (XAxis.Spread(row) * 12) : x.At(row);
            if (!float.IsFinite(column.Contributions[row])) continue;
            var dot = new DrawnDot(samples.Rows[row], feature, places[row], y.At(column.Contributions[row]));
            colours.Draw(canvas, row, dot.X, dot.Y, Radius);
            dots.Add(dot);
        }

        foreach (var place in places.Where((_, row) => !column.IsMissing(row)).Select(place => Math.Round(place * 2) / 2).Distinct())
        {
            canvas.Rectangle(place - 0.25, bottom - 6, place + 0.25, bottom, theme.Ink, 0.35);
        }

        foreach (var dot in dots.Where(dot => style.Selected.Contains(dot.Row))) RowDot.Select(canvas, dot.X, dot.Y, Radius);
        var ranges = new RowRegions(samples, style.Receipt, explanation.Target);
        var regions = ranges.Over(column, places, row => y.At(column.Contributions[row]), (left, top - 6, canvas.Width, bottom), Aim);
        return new RowsDrawing(canvas, AltOf(explanation, column, second, style.Receipt), [.. regions], dots.ToImmutable());
    }

    private static string AltOf(Explanation explanation, SampleColumn column, SampleColumn? second, FigureContext context)
    {
        var target = NumberText.Cut(Words.OneLine(explanation.Target.Name), 60);
        var unit = Words.ContributionUnit(explanation.Target, context);
        var name = NumberText.Cut(Words.OneLine(column.Feature), 60);
        var format = ContributionFormat.For(Words.ScaleOf(explanation.Target, context), column.Contributions.Select(contribution => (double)contribution));
        var coloured = second is null ? "" : $" Coloured by {NumberText.Cut(Words.OneLine(second.Feature), 60)}.";
        var parts = XAxis.Groups(column).Select(group => $"{group.Name} {format.WithSign(group.Rows.Average(row => (double)column.Contributions[row]))}").Take(5);
        return AltText.Longest(5, count =>
            $"Contribution of {name} to {target} by its value, {NumberText.Whole(column.Values.Length)} rows, mean {unit}: {string.Join(", ", parts.Take(count))}.{coloured}");
    }
}
