using System.Collections.Immutable;
using ExplainLsp.Explainers;

namespace ExplainLsp.Figures;

/// <summary>Regions that stand for rows, large enough to aim at: the rows of a stretch of a line, or of a field of a plane.</summary>
internal sealed class RowRegions(SampleAttributions samples, FigureContext context, Target target)
{
    private readonly TargetScale scale = Words.ScaleOf(target, context);

    /// <summary>Stretches of a column's line that hold rows, from left to right.</summary>
    /// <param name="column">The column.</param>
    /// <param name="places">Where each row lies.</param>
    /// <param name="left">Left end of the line.</param>
    /// <param name="right">Right end.</param>
    /// <param name="top">Top of the regions.</param>
    /// <param name="height">Their height.</param>
    /// <param name="aim">Their least width.</param>
    public IEnumerable<FigureRegion> Along(SampleColumn column, double[] places, double left, double right, double top, double height, double aim)
    {
        var count = Math.Max(1, (int)((right - left) / aim));
        var step = (right - left) / count;
        return Enumerable.Range(0, places.Length).Where(row => double.IsFinite(places[row]))
            .GroupBy(row => Math.Clamp((int)((places[row] - left) / step), 0, count - 1)).OrderBy(group => group.Key)
            .Select(group => Region(left + (group.Key * step), top, step, height, column, [.. group]));
    }

    /// <summary>Fields of a plane that hold rows, from left to right and down.</summary>
    /// <param name="column">Whose contributions.</param>
    /// <param name="across">Where each row lies across.</param>
    /// <param name="down">Where a row lies down.</param>
    /// <param name="plane">The plane.</param>
    /// <param name="aim">The fields' least width and height.</param>
    public IEnumerable<FigureRegion> Over(
        SampleColumn column, double[] across, Func<int, double> down, (double Left, double Top, double Right, double Bottom) plane, double aim)
    {
        var lines = Math.Max(1, (int)((plane.Bottom - plane.Top) / aim));
        var (step, count) = ((plane.Bottom - plane.Top) / lines, Math.Max(1, (int)((plane.Right - plane.Left) / aim)));
        var width = (plane.Right - plane.Left) / count;
        return Enumerable.Range(0, across.Length).Where(row => double.IsFinite(across[row]) && double.IsFinite(down(row)))
            .GroupBy(row => (X: Math.Clamp((int)((across[row] - plane.Left) / width), 0, count - 1), Y: Math.Clamp((int)((down(row) - plane.Top) / step), 0, lines - 1)))
            .OrderBy(group => group.Key)
            .Select(group => Region(plane.Left + (group.Key.X * width), plane.Top + (group.Key.Y * step), width, step, column, [.. group]));
    }

    /// <summary>A region for some rows.</summary>
    /// <param name="left">Left.</param>
    /// <param name="top">Top.</param>
    /// <param name="width">Width.</param>
    /// <param name="height">Height.</param>
    /// <param name="column">Whose contributions.</param>
    /// <param name="rows">Places among the samples.</param>
    public FigureRegion Region(double left, double top, double width, double height, SampleColumn column, int[] rows) =>
        new(left, top, width, height, column.Feature, $"{Words.OneLine(column.Feature)}: {Count(rows.Length)} at {Range(rows.Select(row => column.Contributions[row]))}")
        {
            Rows = [.. rows.Select(row => samples.Rows[row]).Order()],
        };

    /// <summary>From the lowest to the highest contribution of a column: <c>age: −0.12 to +0.30 log-odds</c>.</summary>
    public string Span(SampleColumn column) => $"{Words.OneLine(column.Feature)}: {Range(column.Contributions)}";

    /// <summary>How many rows.</summary>
    public static string Count(int rows) => rows == 1 ? "1 row" : $"{NumberText.Whole(rows)} rows";

    private string Range(IEnumerable<float> contributions)
    {
        double[] finite = [.. contributions.Where(float.IsFinite).Select(contribution => (double)contribution)];
        var format = ContributionFormat.For(scale, finite);
        var (low, high) = (format.WithSign(finite.DefaultIfEmpty(0).Min()), format.WithSign(finite.DefaultIfEmpty(0).Max()));
        return (low == high ? low : $"{low} to {high}") + $" {Words.ContributionUnit(target, context)}";
    }
}
