using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using ExplainLsp.Explainers;
using ExplainLsp.Explainers.Tables;
using ExplainLsp.Samples;

namespace ExplainLsp.Server.Engine;

/// <summary>The curve of one cell as an explanation, so that hovers, panels and exports treat it like any other.</summary>
internal static class CellCurve
{
    /// <summary>The method's id.</summary>
    public const string Method = "ice";

    /// <summary>The key of the quality that counts the rows the average is of.</summary>
    public const string AveragedRows = "averagedRows";

    /// <summary>Points of the grid: enough to see each step, few enough for a hover.</summary>
    private const int Points = 100;

    /// <summary>Rows of the file that the grid is taken from.</summary>
    private const int RowsLookedAt = 1000;

    /// <summary>Computes the curve.</summary>
    /// <param name="predictor">The model and the target.</param>
    /// <param name="row">The row.</param>
    /// <param name="feature">The column's name.</param>
    /// <param name="file">The row's file, whose values the column takes.</param>
    /// <param name="background">Rows to average over.</param>
    /// <param name="cancellation">Honoured within 100 ms.</param>
    /// <exception cref="ExplainerException">The table has no such feature.</exception>
    public static Explanation Compute(
        Predictor predictor, TableRow row, string feature, Table file, EncodedTable background, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var names = row.Table.Encoder.Columns.Select(column => column.Name).ToImmutableArray();
        var column = names.IndexOf(feature);
        if (column < 0)
        {
            throw new ExplainerException($"The model sees no column '{feature}'. Its columns: {string.Join(", ", names)}.{ClosestName.Question(feature, names)}");
        }

        var curve = IceCurve.Compute(predictor, row, column, GridOf(row, column, file, background), background, cancellation);
        Span<double> predicted = stackalloc double[1];
        predictor.Predict(row.Encode(), predicted, cancellation);
        return new Explanation
        {
            Method = Method,
            Options = ImmutableSortedDictionary.CreateRange<string, object>(StringComparer.Ordinal, [new("feature", feature), new("grid", (long)Points)]),
            Seed = 0,
            Target = predictor.Target,
            PredictedValue = predicted[0],
            Attributions = [new Attribution(feature, row.Table.Text(0, column), 0) { Curve = curve }],
            Background = background.Description,
            Quality = ImmutableSortedDictionary<string, object>.Empty.Add(AveragedRows, (long)background.RowCount),
            Cost = new Cost(curve.Grid.Length, predictor.ModelRows, clock.Elapsed.TotalMilliseconds),
        };
    }

    /// <summary>Values of the file and of the background, and the row's own, so that the curve passes through its prediction.</summary>
    private static FeatureGrid GridOf(TableRow row, int column, Table file, EncodedTable background)
    {
        var feature = row.Table.Encoder.Columns[column];
        var cells = RowSelection.EvenSpread(file.RowCount, RowsLookedAt)
            .Where(index => file.Row(index).Length > feature.Column)
            .Select(index => file.Row(index)[feature.Column]);
        if (feature.IsNumeric)
        {
            var numbers = cells.Select(cell => double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN)
                .Concat(Enumerable.Range(0, background.RowCount).Select(index => background.Number(index, column)));
            return FeatureGrid.Across(numbers, feature.ElementType, Points).With(row.Table.Number(row.Index, column), feature.ElementType);
        }

        var categories = cells.Concat(Enumerable.Range(0, background.RowCount).Select(index => background.Text(index, column)))
            .GroupBy(category => category).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => group.Key).Take(Points).Append(row.Table.Text(row.Index, column));
        return new FeatureGrid([.. categories.Distinct().Order(StringComparer.Ordinal)], []);
    }
}
