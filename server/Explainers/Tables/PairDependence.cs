using System.Collections.Immutable;
using System.Diagnostics;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Tables;

/// <summary>
/// Partial dependence of two columns together (Friedman 2001): the mean prediction over the rows at every pair of grid values. The
/// attribution of a pair is the sample standard deviation of its surface, in the target's unit.
/// </summary>
internal static class PairDependence
{
    private const int DefaultPoints = 20;

    // Points multiply, so there are fewer rows than for one column.
    private const int DefaultRows = 2000;

    /// <summary>Explains all pairs of the columns that are asked for.</summary>
    public static Explanation Explain(
        string id, GlobalRequest request, OptionReader options, IProgress<ExplanationProgress>? progress, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        (Predictor predictor, EncodedTable table) = (request.Predictor, request.Table);
        (long rowsBefore, long clippedBefore) = (predictor.ModelRows, predictor.ClippedRows);
        ImmutableArray<int> features = TableRequest.Features(options, table);
        ImmutableArray<(int First, int Second)> pairs = ColumnPairs.Of(options, features);
        var grid = GridOption.Read(options, table, features, DefaultPoints);
        FeatureGrid[] grids = grid.GridsOf(table, features);
        (ImmutableArray<int> rows, string? warning) = TableRequest.Rows(options, table, DefaultRows);

        Surface[] surfaces = new Surface[pairs.Length];
        long points = pairs.Sum(pair => (long)GridOf(pair.First).Texts.Length * GridOf(pair.Second).Texts.Length);
        var runner = new RowRunner(predictor, table, points * rows.Length, progress);
        for (int i = 0; i < pairs.Length; i++)
        {
            (int first, int second) = pairs[i];
            (FeatureGrid down, FeatureGrid across) = (GridOf(first), GridOf(second));
            double[] means = ChangedRows.Means(runner, table, rows, down.Texts.Length * across.Texts.Length, Change, cancellation);
            surfaces[i] = ColumnPairs.Surface(table, first, second, down, across, means);

            void Change(InputBatch batch, int at, int count, int point)
            {
                down.Set(table, batch, first, at, count, point / across.Texts.Length);
                across.Set(table, batch, second, at, count, point % across.Texts.Length);
            }
        }
        return new Explanation
        {
            Method = id,
            Options = options.InForce,
            Seed = request.Seed,
            Target = predictor.Target,
            Attributions = [.. pairs.Select((pair, i) => new Attribution(ColumnPairs.Name(table, pair.First, pair.Second), null, Deviation(surfaces[i].Values)))],
            Surfaces = [.. surfaces],
            Cost = new Cost(points, predictor.ModelRows - rowsBefore, clock.Elapsed.TotalMilliseconds),
            Warnings = [.. Warnings.Of(predictor, clippedBefore), .. GridWarnings.Of(table, features, grids), .. warning is null ? Array.Empty<string>() : [warning]],
        };

        FeatureGrid GridOf(int feature) => grids[features.IndexOf(feature)];
    }

    private static double Deviation(ImmutableArray<double> values)
    {
        if (values.Length < 2)
            return 0;
        double mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
    }
}
