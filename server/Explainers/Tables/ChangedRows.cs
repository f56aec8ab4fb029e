using System.Collections.Immutable;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Tables;

/// <summary>The same rows again and again, some columns changed each time: what dependence of every kind is averaged from.</summary>
internal static class ChangedRows
{
    private const int Together = 1 << 16;

    /// <summary>Changes columns in rows <paramref name="at"/> to <paramref name="at"/> + <paramref name="count"/> of a batch.</summary>
    /// <param name="batch">Holds the rows as they are.</param>
    /// <param name="at">The first of them.</param>
    /// <param name="count">How many.</param>
    /// <param name="point">Which change it is.</param>
    public delegate void Change(InputBatch batch, int at, int count, int point);

    /// <summary>The target's value of each row after each change.</summary>
    /// <param name="runner">Runs them.</param>
    /// <param name="table">The table of the rows.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="values">Receives changes × rows, row-major.</param>
    /// <param name="change">Makes a change.</param>
    /// <param name="cancellation">Honoured within 100 ms.</param>
    public static void Predict(
        RowRunner runner, EncodedTable table, ImmutableArray<int> rows, Span<double> values, Change change, CancellationToken cancellation)
    {
        runner.Predict(values, Fill, cancellation);

        void Fill(InputBatch batch, int from, int count)
        {
            for (int done = 0; done < count;)
            {
                (int point, int row) = Math.DivRem(from + done, rows.Length);
                int length = Math.Min(rows.Length - row, count - done);
                table.CopyRows(rows.AsSpan(row, length), batch, done);
                change(batch, done, length, point);
                done += length;
            }
        }
    }

    /// <summary>The mean over the rows after each of a number of changes.</summary>
    public static double[] Means(
        RowRunner runner, EncodedTable table, ImmutableArray<int> rows, int changes, Change change, CancellationToken cancellation)
    {
        double[] means = new double[changes];
        int together = Math.Clamp(Together / rows.Length, 1, Math.Max(1, changes));
        double[] values = new double[together * rows.Length];
        for (int first = 0; first < changes; first += together)
        {
            int start = first, here = Math.Min(together, changes - first);
            Span<double> part = values.AsSpan(0, here * rows.Length);
            Predict(runner, table, rows, part, (batch, at, count, point) => change(batch, at, count, start + point), cancellation);
            for (int i = 0; i < here; i++)
            {
                double sum = 0;
                foreach (double value in part.Slice(i * rows.Length, rows.Length))
                    sum += value;
                means[first + i] = sum / rows.Length;
            }
        }
        return means;
    }
}
