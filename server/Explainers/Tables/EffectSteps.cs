using System.Collections.Immutable;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Tables;

/// <summary>
/// A column's points and the steps between neighbours that each row takes: the interval that a number lies in, or from its category to
/// the categories before and after.
/// </summary>
/// <param name="Column">The column.</param>
/// <param name="Grid">The points; categories in the order in which they follow each other.</param>
/// <param name="OfRow">The steps of each row, by place among the rows; step i leads from point i to i + 1. None where the value is missing or in no step.</param>
/// <param name="PointsOfRow">The points whose mean each row is at: the ends of its interval, as in ALEPlot and alibi, or its category. None where it has no step.</param>
internal sealed record EffectSteps(int Column, FeatureGrid Grid, int[][] OfRow, int[][] PointsOfRow)
{
    /// <summary>Steps between points.</summary>
    public int Count => Math.Max(0, Grid.Texts.Length - 1);

    /// <summary>Of a column of numbers.</summary>
    public static EffectSteps OfNumbers(EncodedTable table, int column, double[] numbers, double[] points)
    {
        FeatureGrid grid = FeatureGrid.OfNumbers(points, table.Encoder.Columns[column].ElementType);
        int[][] steps = [.. numbers.Select(number => grid.Numbers.Length < 2 || !double.IsFinite(number) ? [] : new[] { EffectGrid.Interval(grid.Numbers.AsSpan(), number) })];
        return new EffectSteps(column, grid, steps, [.. steps.Select(own => own is [var step] ? new[] { step, step + 1 } : [])]);
    }

    /// <summary>Of a column of categories.</summary>
    public static EffectSteps OfCategories(EncodedTable table, int column, ImmutableArray<int> rows, FeatureGrid grid)
    {
        var places = grid.Texts.Select((text, i) => (text, i)).ToDictionary(pair => pair.text, pair => pair.i, StringComparer.Ordinal);
        int[] placeOf = [.. rows.Select(row => places.GetValueOrDefault(table.Text(row, column), -1))];
        int last = grid.Texts.Length - 1;
        return new EffectSteps(
            column, grid,
            [.. placeOf.Select(place => place < 0 ? [] : new[] { place - 1, place }.Where(step => step >= 0 && step < last).ToArray())],
            [.. placeOf.Select(place => place < 0 || last < 1 ? [] : new[] { place })]);
    }

    /// <summary>Writes the point that a step starts from (0) or leads to (1) into one row of a batch.</summary>
    public void Set(EncodedTable table, InputBatch batch, int at, int step, int end) => Grid.Set(table, batch, Column, at, 1, step + end);
}
