using System.Collections.Immutable;
using System.Diagnostics;
using ExplainLsp.Explainers.Tables;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers;

/// <summary>
/// Ceteris-paribus profiles (Biecek and Burzykowski 2021, chapter 10): how the prediction of one row moves as each column moves alone. The
/// attribution is the column's oscillation (chapter 11 there), the mean |profile − prediction| over the grid, in the target's unit.
/// </summary>
/// <remarks>
/// The grid is DALEX's: points at equal distances from the smallest to the largest value of the background, and the row's own value;
/// categories of the background, of more than 100 the most frequent.
/// </remarks>
public sealed class CeterisParibus : ILocalExplainer
{
    private const int DefaultPoints = 101;

    /// <inheritdoc/>
    public string Id => "ceteris-paribus";

    /// <inheritdoc/>
    public string Title => "Ceteris-paribus profiles";

    /// <inheritdoc/>
    public IReadOnlyList<ExplainerOption> Options { get; } =
    [
        new("feature", null, "Columns to vary, by name, separated by commas; all when not given."),
        new("grid", "101", "Points, 2 to 1,000, or the values themselves separated by commas (two or more), a list for each feature separated by semicolons."),
    ];

    /// <inheritdoc/>
    public SampleKinds Kinds => SampleKinds.Rows;

    /// <inheritdoc/>
    public Explanation Explain(LocalRequest request, IProgress<ExplanationProgress>? progress, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        Predictor predictor = request.Predictor;
        (long rowsBefore, long clippedBefore) = (predictor.ModelRows, predictor.ClippedRows);
        var options = new OptionReader(Id, Options, request.Options);
        (TableRow row, EncodedTable background) = TableRequest.RowOf(request, Id);
        ImmutableArray<int> features = TableRequest.Features(options, row.Table);
        var grid = GridOption.Read(options, row.Table, features, DefaultPoints);
        FeatureGrid[] grids = [.. features.Select((feature, i) => grid.Given.IsEmpty ? GridOf(row, background, feature, grid.Count!.Value) : grid.Given[i])];

        int points = grids.Sum(column => column.Texts.Length);
        var runner = new RowRunner(predictor, row.Table, points, progress);
        double predicted = predictor.PredictOne(row, cancellation);
        var attributions = ImmutableArray.CreateBuilder<Attribution>(features.Length);
        for (int i = 0; i < features.Length; i++)
        {
            double[] profile = [.. IceCurve.Values(runner, row.Table, [row.Index], features[i], grids[i], cancellation).Select(values => values[0])];
            Feature feature = row.Features[features[i]];
            attributions.Add(new Attribution(feature.Name, feature.Value, profile.Length == 0 ? 0 : profile.Average(value => Math.Abs(value - predicted)))
            {
                Curve = profile.Length == 0 ? null
                    : new Curve(grids[i].Texts, grids[i].Numbers, [.. profile], [row.Table.RowNumbers[row.Index]], [[.. profile]]),
            });
        }
        return new Explanation
        {
            Method = Id,
            Options = options.InForce,
            Seed = request.Seed,
            Target = predictor.Target,
            PredictedValue = predicted,
            Attributions = attributions.MoveToImmutable(),
            Cost = new Cost(points, predictor.ModelRows - rowsBefore, clock.Elapsed.TotalMilliseconds),
            Background = $"values of {background.Description}",
            Warnings = [.. Warnings.Of(predictor, clippedBefore), .. GridWarnings.Of(row.Table, features, grids)],
        };
    }

    private static FeatureGrid GridOf(TableRow row, EncodedTable background, int column, int points)
    {
        FeatureColumn feature = row.Table.Encoder.Columns[column];
        if (!feature.IsNumeric)
        {
            FeatureGrid categories = FeatureGrid.OfCategories(background, column, FeatureGrid.MostCategories);
            string own = row.Table.Text(row.Index, column);
            return categories.Texts.Contains(own) ? categories : categories with { Texts = [.. categories.Texts.Append(own).Order(StringComparer.Ordinal)] };
        }
        ColumnStatistics known = background.Statistics(column);
        FeatureGrid between = double.IsFinite(known.Minimum) && double.IsFinite(known.Maximum)
            ? FeatureGrid.Between(known.Minimum, known.Maximum, points, feature.ElementType) : new FeatureGrid([], []);
        return between.With(row.Table.Number(row.Index, column), feature.ElementType);
    }
}
