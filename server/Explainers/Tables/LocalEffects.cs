using System.Collections.Immutable;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Tables;

/// <summary>Accumulated local effects of one column (Apley and Zhu 2020, section 2.2), centred over the rows.</summary>
internal static class LocalEffects
{
    /// <summary>The effect at each point, in the target's space, and its standard deviation over the rows.</summary>
    /// <param name="runner">Runs two model rows for each step that a row takes.</param>
    /// <param name="table">The table.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="steps">The column's steps.</param>
    /// <param name="cancellation">Honoured within 100 ms.</param>
    public static (double[] Effect, double Deviation, int EmptySteps) Of(
        RowRunner runner, EncodedTable table, ImmutableArray<int> rows, EffectSteps steps, CancellationToken cancellation)
    {
        (int Row, int Step)[] taken = [.. steps.OfRow.SelectMany((own, row) => own.Select(step => (row, step)))];
        double[] predictions = new double[2 * taken.Length];
        runner.Predict(predictions, Fill, cancellation);

        double[] sums = new double[steps.Count], effect = new double[steps.Grid.Texts.Length];
        int[] counts = new int[steps.Count];
        for (int i = 0; i < taken.Length; i++)
        {
            sums[taken[i].Step] += predictions[(2 * i) + 1] - predictions[2 * i];
            counts[taken[i].Step]++;
        }
        for (int step = 0; step < steps.Count; step++)
            effect[step + 1] = effect[step] + (counts[step] == 0 ? 0 : sums[step] / counts[step]);

        double[] atRows = [.. steps.PointsOfRow.Where(points => points.Length > 0).Select(points => points.Average(point => effect[point]))];
        double mean = atRows.DefaultIfEmpty(0).Average();
        for (int point = 0; point < effect.Length; point++)
            effect[point] -= mean;
        double variance = atRows.Select(value => (value - mean) * (value - mean)).DefaultIfEmpty(0).Average();
        return (effect, Math.Sqrt(variance), counts.Count(count => count == 0));

        void Fill(InputBatch batch, int from, int count)
        {
            for (int i = 0; i < count; i++)
            {
                (int row, int step) = taken[(from + i) / 2];
                table.CopyRows(rows.AsSpan(row, 1), batch, i);
                steps.Set(table, batch, i, step, (from + i) % 2);
            }
        }
    }
}
