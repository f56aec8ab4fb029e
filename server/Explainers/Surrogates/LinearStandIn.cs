using System.Collections.Immutable;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Surrogates;

/// <summary>
/// Ridge regression on a table's columns (Hoerl and Kennard 1970), which learns labels in place of a model that cannot be trained again:
/// numbers are standardised, with a mark where they are missing; texts are marks of their most frequent values. Classes are regressed on
/// one by one and read as probabilities.
/// </summary>
internal sealed class LinearStandIn
{
    private const int MostCategories = 20;
    private const double Penalty = 1;

    private readonly double[][] inputs;
    private readonly int[] columnOf;
    private readonly double[] labels;
    private readonly int classes;

    /// <param name="table">The table.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="labels">Their labels: class indices, or values.</param>
    /// <param name="classes">Classes; 0 for a regression.</param>
    public LinearStandIn(EncodedTable table, ImmutableArray<int> rows, double[] labels, int classes)
    {
        (this.labels, this.classes) = (labels, classes);
        var columns = new List<(int Column, double[] Values)>();
        for (int column = 0; column < table.ColumnCount; column++)
        {
            foreach (double[] values in table.Encoder.Columns[column].IsNumeric ? OfNumbers(table, rows, column) : OfTexts(table, rows, column))
                columns.Add((column, values));
        }
        columnOf = [.. columns.Select(input => input.Column)];
        inputs = [.. Enumerable.Range(0, rows.Length).Select(row => columns.Select(input => input.Values[row]).ToArray())];
    }

    /// <summary>Numbers that a score takes: one a class, or one.</summary>
    public int Width => Math.Max(1, classes);

    /// <summary>Learns from rows outside a fold and scores those in it.</summary>
    /// <param name="dropped">Columns that it does not see.</param>
    /// <param name="foldOf">The fold of each row.</param>
    /// <param name="fold">The fold that is scored.</param>
    /// <param name="scores">Receives the scores of the fold's rows, rows × width, row-major.</param>
    /// <param name="cancellation">Honoured within 100 ms.</param>
    public void Score(ImmutableArray<int> dropped, int[] foldOf, int fold, double[] scores, CancellationToken cancellation)
    {
        int[] seen = [.. Enumerable.Range(0, columnOf.Length).Where(input => !dropped.Contains(columnOf[input]))];
        // Of two classes the second tells the first.
        for (int index = classes == 2 ? 1 : 0; index < Width; index++)
        {
            var ridge = new RidgeSurrogate(seen.Length);
            for (int row = 0; row < inputs.Length; row++)
            {
                cancellation.ThrowIfCancellationRequested();
                if (foldOf[row] != fold)
                    ridge.Add(Seen(row), classes == 0 ? labels[row] : labels[row] == index ? 1 : 0, 1);
            }
            (double[] coefficients, double intercept, _) = ridge.Fit(Penalty, cancellation);
            for (int row = 0; row < inputs.Length; row++)
            {
                if (foldOf[row] == fold)
                    scores[(row * Width) + index] = intercept + Numerics.Vectors.Dot(coefficients, Seen(row));
            }
        }
        for (int row = 0; row < inputs.Length && classes > 0; row++)
        {
            if (foldOf[row] == fold)
                Probabilities(scores.AsSpan(row * Width, Width));
        }

        double[] Seen(int row) => [.. seen.Select(input => inputs[row][input])];
    }

    private static void Probabilities(Span<double> scores)
    {
        const double least = 1e-3;
        for (int i = scores.Length == 2 ? 1 : 0; i < scores.Length; i++)
            scores[i] = Math.Clamp(scores[i], least, 1 - least);
        if (scores.Length == 2)
            scores[0] = 1 - scores[1];
        double sum = 0;
        foreach (double score in scores)
            sum += score;
        for (int i = 0; i < scores.Length; i++)
            scores[i] /= sum;
    }

    private static IEnumerable<double[]> OfNumbers(EncodedTable table, ImmutableArray<int> rows, int column)
    {
        double[] numbers = [.. rows.Select(row => table.Number(row, column))];
        double[] known = [.. numbers.Where(double.IsFinite)];
        if (known.Length == 0)
            yield break;
        double mean = known.Average(), deviation = Math.Sqrt(known.Average(number => (number - mean) * (number - mean)));
        if (deviation > 0)
            yield return [.. numbers.Select(number => double.IsFinite(number) ? (number - mean) / deviation : 0)];
        if (known.Length < numbers.Length)
            yield return [.. numbers.Select(number => double.IsFinite(number) ? 0.0 : 1.0)];
    }

    private static IEnumerable<double[]> OfTexts(EncodedTable table, ImmutableArray<int> rows, int column) =>
        table.Statistics(column).Categories.Take(MostCategories)
            .Select(category => rows.Select(row => table.Text(row, column) == category.Value ? 1.0 : 0.0).ToArray());
}
