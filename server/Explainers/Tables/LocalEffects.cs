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

        double[] weights = steps.PointRows.Length > 0 ? [.. steps.PointRows.Select(count => (double)count)] : [.. counts.Select(count => (double)count)];
        double mean = Mean(effect, weights, value => value);
        for (int point = 0; point < effect.Length; point++)
            effect[point] -= mean;
        return (effect, Math.Sqrt(Mean(effect, weights, value => value * value)), counts.Count(count => count == 0));

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

    /// <summary>The mean over the rows: those of a point at its value, those of a step halfway between its ends, as in ALEPlot and alibi.</summary>
    private static double Mean(double[] effect, double[] weights, Func<double, double> of)
    {
        double sum = 0, total = weights.Sum();
        if (total == 0)
            return 0;
        for (int i = 0; i < weights.Length; i++)
            sum += weights[i] * of(weights.Length == effect.Length ? effect[i] : 0.5 * (effect[i] + effect[i + 1]));
        return sum / total;
    }
}
