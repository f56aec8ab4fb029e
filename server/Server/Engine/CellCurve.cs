using System.Collections.Immutable;
using System.Diagnostics;
using ExplainLsp.Explainers;
using ExplainLsp.Explainers.Tables;
using ExplainLsp.Samples;

namespace ExplainLsp.Server.Engine;

/// <summary>The curve of one cell as an explanation, so that hovers, panels and exports treat it like any other.</summary>
internal static class CellCurve
{
    /// <summary>The method's id.</summary>
    public const string Method = "ice";

    /// <summary>Points of the grid: enough for a smooth small figure, few enough for a hover.</summary>
    private const int Points = 40;

    /// <summary>Computes the curve.</summary>
    /// <exception cref="ExplainerException">The table has no such feature.</exception>
    public static Explanation Compute(
        Predictor predictor, TableRow row, string feature, EncodedTable background, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var names = row.Table.Encoder.Columns.Select(column => column.Name).ToImmutableArray();
        var column = names.IndexOf(feature);
        if (column < 0)
        {
            throw new ExplainerException($"The model sees no column '{feature}'. Its columns: {string.Join(", ", names)}.{ClosestName.Question(feature, names)}");
        }

        var curve = IceCurve.Compute(predictor, row, column, background, Points, cancellation);
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
            Cost = new Cost(curve.Grid.Length, predictor.ModelRows, clock.Elapsed.TotalMilliseconds),
        };
    }
}
