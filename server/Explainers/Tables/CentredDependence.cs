using System.Collections.Immutable;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Tables;

/// <summary>Partial dependence at the rows themselves, averaged over the same rows and centred over them: what the H-statistic is made of.</summary>
/// <param name="runner">Runs the model.</param>
/// <param name="table">The table.</param>
/// <param name="rows">Its rows.</param>
/// <param name="columns">The columns.</param>
internal sealed class CentredDependence(RowRunner runner, EncodedTable table, ImmutableArray<int> rows, ImmutableArray<int> columns)
{
    private readonly ColumnCodes[] codes = [.. columns.Select(column => ColumnCodes.Read(table, rows, column))];

    /// <summary>Model rows that all columns, their complements and all pairs take.</summary>
    public long ModelRows
    {
        get
        {
            long points = 0;
            for (int j = 0; j < codes.Length; j++)
            {
                points += 2 * codes[j].Count;
                for (int k = 0; k < j; k++)
                    points += Pairs(j, k).Distinct().Count();
            }
            return points * rows.Length;
        }
    }

    /// <summary>The model itself at each row.</summary>
    public double[] Model(CancellationToken cancellation)
    {
        double[] values = new double[rows.Length];
        runner.Predict(values, (batch, from, count) => table.CopyRows(rows.AsSpan(from, count), batch), cancellation);
        return Centred(values);
    }

    /// <summary>Of a column, at each row's value.</summary>
    public double[] Of(int column, CancellationToken cancellation)
    {
        ColumnCodes own = codes[column];
        double[] means = ChangedRows.Means(
            runner, table, rows, own.Count, (batch, at, count, point) => Take(batch, column, own.Representatives[point], at, count), cancellation);
        return Centred([.. own.Of.Select(code => means[code])]);
    }

    /// <summary>Of all columns but one, at each row's values.</summary>
    public double[] OfOthers(int column, CancellationToken cancellation)
    {
        // Row r with the column's value from every row: distinct values once, weighted by how often they occur.
        ColumnCodes own = codes[column];
        double[] values = new double[own.Count * rows.Length], sums = new double[rows.Length];
        ChangedRows.Predict(
            runner, table, rows, values, (batch, at, count, point) => Take(batch, column, own.Representatives[point], at, count), cancellation);
        foreach (int code in own.Of)
        {
            for (int row = 0; row < rows.Length; row++)
                sums[row] += values[(code * rows.Length) + row];
        }
        return Centred([.. sums.Select(sum => sum / rows.Length)]);
    }

    /// <summary>Of two columns together, at each row's values.</summary>
    public double[] OfPair(int first, int second, CancellationToken cancellation)
    {
        int[] pairs = Pairs(first, second);
        int[] distinct = [.. pairs.Distinct()];
        double[] means = ChangedRows.Means(
            runner, table, rows, distinct.Length,
            (batch, at, count, point) =>
            {
                Take(batch, first, codes[first].Representatives[distinct[point] / codes[second].Count], at, count);
                Take(batch, second, codes[second].Representatives[distinct[point] % codes[second].Count], at, count);
            },
            cancellation);
        var meanOf = distinct.Zip(means).ToDictionary(pair => pair.First, pair => pair.Second);
        return Centred([.. pairs.Select(pair => meanOf[pair])]);
    }

    private int[] Pairs(int first, int second) => [.. codes[first].Of.Zip(codes[second].Of, (one, other) => (one * codes[second].Count) + other)];

    private void Take(InputBatch batch, int column, int row, int at, int count)
    {
        for (int i = 0; i < count; i++)
            table.CopyColumn(columns[column], [row], batch, at + i);
    }

    private static double[] Centred(double[] values)
    {
        double mean = values.Average();
        return [.. values.Select(value => value - mean)];
    }
}
