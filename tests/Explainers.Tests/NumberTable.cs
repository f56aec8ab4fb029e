using System.Globalization;
using ExplainLsp.Explainers.Tests.Gradients;
using ExplainLsp.Models;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Tests;

/// <summary>Tables of numbers, columns c0, c1 …, for models with one input x.</summary>
internal static class NumberTable
{
    public static EncodedTable Of(int rows, int columns, Func<int, int, double> cell)
    {
        string header = string.Join(",", Enumerable.Range(0, columns).Select(i => $"c{i}"));
        var lines = Enumerable.Range(0, rows).Select(row => string.Join(",", Enumerable.Range(0, columns).Select(column =>
            double.IsNaN(cell(row, column)) ? "" : cell(row, column).ToString("R", CultureInfo.InvariantCulture))));
        Table table = Table.Parse(header + "\n" + string.Join("\n", lines) + "\n");
        return TableEncoder.Bind(table, [new InputSpec("x", typeof(float), [columns])], [], guessTarget: false)
            .Encode(table, [.. Enumerable.Range(0, rows)]);
    }

    /// <summary>Uniform in [−1, 1), independent.</summary>
    public static EncodedTable Random(int seed, int rows, int columns)
    {
        var random = new Random(seed);
        double[] cells = [.. Enumerable.Range(0, rows * columns).Select(_ => Math.Round((2 * random.NextDouble()) - 1, 4))];
        return Of(rows, columns, (row, column) => cells[(row * columns) + column]);
    }

    public static double[] Predict(ModelSession session, EncodedTable table)
    {
        double[] values = new double[table.RowCount];
        SmallModels.PredictorOf(session).Predict(table.Batch, values, default);
        return values;
    }
}
