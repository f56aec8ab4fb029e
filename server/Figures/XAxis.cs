namespace ExplainLsp.Figures;

/// <summary>Where the rows of a column lie along x: numbers on a scale, names in places of their own in the order of their first appearance.</summary>
internal sealed class XAxis
{
    private readonly SampleColumn column;
    private readonly Axis axis;

    private XAxis(SampleColumn column, Axis axis) => (this.column, this.axis) = (column, axis);

    /// <summary>The axis of a column.</summary>
    public static XAxis Over(SampleColumn column, double left, double right)
    {
        var finite = column.Values.Where(float.IsFinite).Select(value => (double)value);
        return new XAxis(column, column.IsText
            ? new Axis(finite.DefaultIfEmpty(0).Min() - 0.5, finite.DefaultIfEmpty(0).Max() + 0.5, left, right)
            : Axis.Over(finite, left, right));
    }

    /// <summary>A row's place; rows of one name are spread, the same way every time.</summary>
    public double At(int row) => axis.At(double.IsFinite(column.Values[row])
        ? column.Values[row] + (column.IsText ? 0.6 * Spread(row) : 0) : column.Values[row] > 0 ? axis.High : axis.Low);

    /// <summary>A row's offset among rows of one place, −0.5 to 0.5, evenly by the golden ratio.</summary>
    public static double Spread(int row) => (row * 0.6180339887498949 % 1) - 0.5;

    /// <summary>Draws tick labels, or as many names as fit.</summary>
    /// <param name="canvas">Where.</param>
    /// <param name="baseline">Their baseline.</param>
    /// <param name="left">No text left of this.</param>
    public void DrawLabels(FigureCanvas canvas, double baseline, double left)
    {
        IEnumerable<(double Value, string Label)> labels = column.IsText
            ? Groups(column).Select(group => (Value: (double)column.Values[group.Rows[0]], Label: group.Name)).OrderBy(label => label.Value)
            : axis.Ticks(6);
        var taken = left - 6;
        var room = column.IsText ? Math.Clamp(((axis.End - axis.Start) / (axis.High - axis.Low)) - 8, 40, 96) : 96;
        foreach (var (value, label) in labels)
        {
            var text = column.IsText ? FigureCanvas.Fit(ContributionRow.Drawable(label, "\u2026"), TextRole.Small, room) : label;
            var half = Typography.Measure(text, TextRole.Small) / 2;
            var x = Math.Clamp(axis.At(value), left + half, Math.Max(left + half, axis.End + 6 - half));
            if (x - half < taken + 6) continue;
            canvas.Text(text, x, baseline, TextRole.Small, canvas.Theme.Ink2, Align.Centre);
            taken = x + half;
        }
    }

    /// <summary>Rows in groups with a name in words: by name, the most frequent first, or numbers in five parts of about as many rows.</summary>
    public static IEnumerable<(string Name, int[] Rows)> Groups(SampleColumn column)
    {
        var rows = Enumerable.Range(0, column.Values.Length).Where(row => !column.IsMissing(row)).ToArray();
        if (column.IsText)
        {
            foreach (var group in rows.GroupBy(row => column.Values[row]).OrderByDescending(group => group.Count()).ThenBy(group => group.Key))
            {
                yield return (NumberText.DataValue(column.Texts[group.First()]), [.. group]);
            }

            yield break;
        }

        foreach (var part in rows.GroupBy(row => Math.Min((int)(column.Ranks[row] * 5), 4)).OrderBy(part => part.Key))
        {
            var (low, high) = (NumberText.DataValue(part.Min(row => column.Values[row])), NumberText.DataValue(part.Max(row => column.Values[row])));
            yield return (low == high ? $"at {low}" : $"{low} to {high}", [.. part]);
        }
    }
}
