using System.Collections.Immutable;

namespace ExplainLsp.Figures;

/// <summary>
/// What a second column does to rows' dots: a number colours them by rank in purple; of names, the four most frequent have a colour and a
/// shape each, others are grey. Missing values are hollow.
/// </summary>
internal sealed class RowColours
{
    private readonly Theme theme;
    private readonly SampleColumn? column;
    private readonly AmountScale amounts;
    private readonly ImmutableArray<(string Name, float Value)> names = [];

    public RowColours(Theme theme, SampleColumn? column)
    {
        (this.theme, this.column, amounts) = (theme, column, new AmountScale(theme));
        if (column is { IsText: true })
        {
            names = [.. XAxis.Groups(column).Take(SeriesMark.Count).Select(group => (group.Name, column.Values[group.Rows[0]]))];
        }
    }

    /// <summary>Draws a row's mark.</summary>
    public void Draw(FigureCanvas canvas, int row, double x, double y, double radius)
    {
        if (column is null) RowDot.Draw(canvas, x, y, radius, theme.Neutral);
        else if (column.IsMissing(row)) RowDot.Draw(canvas, x, y, radius, null);
        else if (!column.IsText) RowDot.Draw(canvas, x, y, radius, amounts.At(column.Ranks[row]));
        else if (IndexOf(column.Values[row]) is >= 0 and var series) SeriesMark.Draw(canvas, series, x, y, radius);
        else RowDot.Draw(canvas, x, y, radius, theme.Neutral);
    }

    /// <summary>Draws the column's name and what its colours mean, on one line at the left.</summary>
    public void DrawLegend(FigureCanvas canvas, double baseline)
    {
        if (column is null) return;
        var (x, ink) = (0.0, theme.Ink2);
        if (!column.IsText)
        {
            x = amounts.DrawLegend(canvas, $"{column.Name}, low to high", 0, baseline, canvas.Width * 0.75);
        }
        else
        {
            x = canvas.Text(FigureCanvas.Fit($"{column.Name}:", TextRole.Small, canvas.Width / 3.0), 0, baseline, TextRole.Small, ink);
            for (var series = 0; series < names.Length; series++)
            {
                var at = series;
                Key(names[series].Name, (cx, cy) => SeriesMark.Draw(canvas, at, cx, cy, 3.2));
            }

            if (column.Values.Any(value => !float.IsNaN(value) && IndexOf(value) < 0)) Key("others", (cx, cy) => RowDot.Draw(canvas, cx, cy, 3.2, theme.Neutral));
        }

        if (column.Values.Any(float.IsNaN)) Key("missing", (cx, cy) => RowDot.Draw(canvas, cx, cy, 3.2, null));

        void Key(string word, Action<double, double> mark)
        {
            var text = FigureCanvas.Fit(ContributionRow.Drawable(word, "\u2026"), TextRole.Small, 110);
            if (x + 24 + Typography.Measure(text, TextRole.Small) > canvas.Width) return;
            mark(x + 16, baseline - 4);
            x += 24 + canvas.Text(text, x + 24, baseline, TextRole.Small, ink);
        }
    }

    private int IndexOf(float value)
    {
        for (var i = 0; i < names.Length; i++)
        {
            if (names[i].Value == value) return i;
        }

        return -1;
    }
}
