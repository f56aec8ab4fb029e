using System.Collections.Immutable;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Tables;

/// <summary>
/// Second-order accumulated local effects of two columns (Apley and Zhu 2020, section 2.3): what they do together beyond what each does
/// alone. A cell without rows takes the difference of the nearest cell that has some; a point all of whose cells are empty is NaN.
/// </summary>
internal static class LocalInteractions
{
    /// <summary>The effect at each pair of points, first × second, and its standard deviation over the rows.</summary>
    /// <param name="runner">Runs four model rows for each cell that a row is in.</param>
    /// <param name="table">The table.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="first">The first column's steps.</param>
    /// <param name="second">The second column's.</param>
    /// <param name="cancellation">Honoured within 100 ms.</param>
    public static (double[] Effect, double Deviation) Of(
        RowRunner runner, EncodedTable table, ImmutableArray<int> rows, EffectSteps first, EffectSteps second, CancellationToken cancellation)
    {
        (int Row, int First, int Second)[] taken =
            [.. first.OfRow.SelectMany((own, row) => own.SelectMany(step => second.OfRow[row].Select(other => (row, step, other))))];
        double[] predictions = new double[4 * taken.Length];
        runner.Predict(predictions, Fill, cancellation);

        var cells = new Cells(first.Count, second.Count);
        for (int i = 0; i < taken.Length; i++)
        {
            ReadOnlySpan<double> corners = predictions.AsSpan(4 * i, 4);
            cells.Add(taken[i].First, taken[i].Second, corners[3] - corners[2] - corners[1] + corners[0]);
        }
        return cells.Accumulate([.. first.PointsOfRow.Zip(second.PointsOfRow).Where(points => points.First.Length > 0 && points.Second.Length > 0)]);

        // Corners in the order low-low, low-high, high-low, high-high.
        void Fill(InputBatch batch, int from, int count)
        {
            for (int i = 0; i < count; i++)
            {
                (int index, int corner) = Math.DivRem(from + i, 4);
                table.CopyRows(rows.AsSpan(taken[index].Row, 1), batch, i);
                first.Set(table, batch, i, taken[index].First, corner / 2);
                second.Set(table, batch, i, taken[index].Second, corner % 2);
            }
        }
    }

    /// <summary>Second differences by cell.</summary>
    private sealed class Cells(int firstSteps, int secondSteps)
    {
        private readonly double[] sums = new double[firstSteps * secondSteps];
        private readonly int[] counts = new int[firstSteps * secondSteps];
        private readonly int width = secondSteps + 1;

        public void Add(int first, int second, double difference)
        {
            sums[(first * secondSteps) + second] += difference;
            counts[(first * secondSteps) + second]++;
        }

        /// <param name="pointsOfRow">The points whose mean each row is at, down and across.</param>
        public (double[] Effect, double Deviation) Accumulate((int[] Down, int[] Across)[] pointsOfRow)
        {
            double[] effect = new double[(firstSteps + 1) * width];
            if (pointsOfRow.Length == 0)
                return (effect, 0);
            for (int i = 0; i < firstSteps; i++)
            {
                for (int j = 0; j < secondSteps; j++)
                    effect[At(i + 1, j + 1)] = effect[At(i, j + 1)] + effect[At(i + 1, j)] - effect[At(i, j)] + Difference(i, j);
            }
            double[] alongFirst = MainEffect(firstSteps, secondSteps, (i, j) => counts[(i * secondSteps) + j], (i, j) => effect[At(i + 1, j)] - effect[At(i, j)]);
            double[] alongSecond = MainEffect(secondSteps, firstSteps, (j, i) => counts[(i * secondSteps) + j], (j, i) => effect[At(i, j + 1)] - effect[At(i, j)]);
            for (int i = 0; i <= firstSteps; i++)
            {
                for (int j = 0; j < width; j++)
                    effect[At(i, j)] -= alongFirst[i] + alongSecond[j];
            }
            double[] atRows = [.. pointsOfRow.Select(points => points.Down.Average(down => points.Across.Average(across => effect[At(down, across)])))];
            double mean = atRows.Average();
            for (int at = 0; at < effect.Length; at++)
                effect[at] = IsKnown(at / width, at % width) ? effect[at] - mean : double.NaN;
            return (effect, Math.Sqrt(atRows.Average(value => (value - mean) * (value - mean))));
        }

        private int At(int first, int second) => (first * width) + second;

        private double Difference(int first, int second)
        {
            int at = (first * secondSteps) + second;
            if (counts[at] > 0)
                return sums[at] / counts[at];
            // Nearest in shares of the two ranges; quantiles make that a distance in ranks.
            int nearest = Enumerable.Range(0, counts.Length).Where(cell => counts[cell] > 0).MinBy(cell =>
            {
                double down = (double)((cell / secondSteps) - first) / firstSteps, across = (double)((cell % secondSteps) - second) / secondSteps;
                return (down * down) + (across * across);
            });
            return sums[nearest] / counts[nearest];
        }

        /// <summary>The first-order effect of the accumulated surface along one column, over the rows of each step.</summary>
        private static double[] MainEffect(int steps, int otherSteps, Func<int, int, int> rows, Func<int, int, double> difference)
        {
            double[] effect = new double[steps + 1];
            for (int i = 0; i < steps; i++)
            {
                double sum = 0;
                int count = 0;
                for (int j = 0; j < otherSteps; j++)
                {
                    sum += rows(i, j) * 0.5 * (difference(i, j) + difference(i, j + 1));
                    count += rows(i, j);
                }
                effect[i + 1] = effect[i] + (count == 0 ? 0 : sum / count);
            }
            return effect;
        }

        private bool IsKnown(int first, int second)
        {
            for (int i = Math.Max(0, first - 1); i <= Math.Min(firstSteps - 1, first); i++)
            {
                for (int j = Math.Max(0, second - 1); j <= Math.Min(secondSteps - 1, second); j++)
                {
                    if (counts[(i * secondSteps) + j] > 0)
                        return true;
                }
            }
            return false;
        }
    }
}
