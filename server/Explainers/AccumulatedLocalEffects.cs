using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using ExplainLsp.Explainers.Tables;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers;

/// <summary>
/// Accumulated local effects (Apley and Zhu 2020): how the prediction moves with a column among rows that have about that value, so that
/// correlated columns do not lend it theirs. Of order 2, what two columns do together beyond what each does alone.
/// </summary>
/// <remarks>
/// <para>The points are alibi's: distinct values where there are at most ten, else as many quantiles as leave more than
/// <c>min-bin-points</c> rows in every interval; of order 2 eleven quantiles. The smallest value belongs to the first interval. Values
/// given by <c>grid</c> are extended to the smallest and largest value of the data. A row whose value is missing is left out of that
/// column's effect.</para>
/// <para>Categories follow each other as they resemble each other in the other columns (section 5.1.4); each step is averaged over the
/// rows of both. Numbers, whole ones too, are numbers.</para>
/// <para>Effects are centred over the rows, each halfway in its interval. The attribution is their standard deviation over the rows, in
/// the target's unit: |coefficient| × spread for a linear model. <see cref="Explanation.BaseValue"/> is the mean prediction, to which
/// effects are added.</para>
/// </remarks>
public sealed class AccumulatedLocalEffects : IGlobalExplainer
{
    private const int DefaultRows = 100_000;
    private const int PairPoints = 11;

    /// <inheritdoc/>
    public string Id => "ale";

    /// <inheritdoc/>
    public string Title => "Accumulated local effects";

    /// <inheritdoc/>
    public IReadOnlyList<ExplainerOption> Options { get; } =
    [
        new("feature", null, "Columns, by name, separated by commas; all when not given."),
        ColumnPairs.Option("what they do together beyond what each does alone"),
        new("grid", null, "Intervals between quantiles, 2 to 1,000, or the points themselves separated by commas, a list for each feature separated by semicolons; as many as min-bin-points allows when not given, 10 for pairs."),
        new("min-bin-points", "4", "Every interval holds more rows than this, 0 to 1,000,000; where grid is not given."),
        new("samples", "100000", "Rows at most, 1 or more; an even spread of the file."),
    ];

    /// <inheritdoc/>
    public Explanation Explain(GlobalRequest request, IProgress<ExplanationProgress>? progress, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        (Predictor predictor, EncodedTable table) = (request.Predictor, request.Table);
        (long rowsBefore, long clippedBefore) = (predictor.ModelRows, predictor.ClippedRows);
        var options = new OptionReader(Id, Options, request.Options);
        ImmutableArray<int> features = TableRequest.Features(options, table);
        ImmutableArray<(int First, int Second)> pairs = ColumnPairs.Asked(options) ? ColumnPairs.Of(options, features) : [];
        var grid = GridOption.Read(options, table, features, pairs.IsEmpty ? null : PairPoints - 1);
        int fewest = (int)options.WholeNumber("min-bin-points", 4, 0, 1_000_000);
        (ImmutableArray<int> rows, string? warning) = TableRequest.Rows(options, table, DefaultRows);
        EffectSteps[] steps = [.. features.Select((feature, i) => Steps(table, rows, feature, i < grid.Given.Length ? grid.Given[i] : null, grid.Count, fewest, cancellation))];

        long planned = rows.Length + (pairs.IsEmpty
            ? steps.Sum(column => 2L * column.OfRow.Sum(own => own.Length))
            : 4L * pairs.Length * rows.Length);
        var runner = new RowRunner(predictor, table, planned, progress);
        double[] predictions = new double[rows.Length];
        runner.Predict(predictions, (batch, from, count) => table.CopyRows(rows.AsSpan(from, count), batch), cancellation);

        var attributions = ImmutableArray.CreateBuilder<Attribution>();
        var surfaces = ImmutableArray.CreateBuilder<Surface>();
        int empty = 0;
        foreach (EffectSteps column in pairs.IsEmpty ? steps : [])
        {
            (double[] effect, double deviation, int without) = LocalEffects.Of(runner, table, rows, column, cancellation);
            empty += without;
            attributions.Add(new Attribution(table.Encoder.Columns[column.Column].Name, null, deviation)
            {
                Curve = effect.Length == 0 ? null : new Curve(column.Grid.Texts, column.Grid.Numbers, [.. effect], [], []),
            });
        }
        foreach ((int first, int second) in pairs)
        {
            (EffectSteps along, EffectSteps across) = (steps[features.IndexOf(first)], steps[features.IndexOf(second)]);
            (double[] effect, double deviation) = LocalInteractions.Of(runner, table, rows, along, across, cancellation);
            attributions.Add(new Attribution(ColumnPairs.Name(table, first, second), null, deviation));
            surfaces.Add(ColumnPairs.Surface(table, first, second, along.Grid, across.Grid, effect));
        }

        List<string> warnings = [.. Warnings.Of(predictor, clippedBefore), .. GridWarnings.Of(table, features, [.. steps.Select(column => column.Grid)])];
        if (warning is not null)
            warnings.Add(warning);
        if (empty > 0)
            warnings.Add(string.Create(CultureInfo.InvariantCulture, $"{empty:N0} intervals of the grid hold no rows, so the effect stays level across them. Give fewer points."));
        return new Explanation
        {
            Method = Id,
            Options = options.InForce,
            Seed = request.Seed,
            Target = predictor.Target,
            BaseValue = predictions.Average(),
            Attributions = attributions.ToImmutable(),
            Surfaces = surfaces.ToImmutable(),
            Cost = new Cost(predictor.ModelRows - rowsBefore, predictor.ModelRows - rowsBefore, clock.Elapsed.TotalMilliseconds),
            Warnings = [.. warnings],
        };
    }

    private static EffectSteps Steps(
        EncodedTable table, ImmutableArray<int> rows, int column, FeatureGrid? given, int? intervals, int fewest, CancellationToken cancellation)
    {
        if (!table.Encoder.Columns[column].IsNumeric)
        {
            FeatureGrid categories = given ?? CategoryOrder.BySimilarity(
                table, rows, column, FeatureGrid.OfCategories(table, column, FeatureGrid.MostCategories), cancellation);
            return EffectSteps.OfCategories(table, column, rows, categories);
        }
        double[] numbers = EffectGrid.Numbers(table, rows, column);
        double[] sorted = [.. numbers.Where(double.IsFinite).Order()];
        double[] points = sorted.Length == 0 ? []
            : given is not null ? [.. given.Numbers.Append(sorted[0]).Append(sorted[^1]).Where(point => point >= sorted[0] && point <= sorted[^1]).Distinct().Order()]
            : intervals is { } count ? EffectGrid.Quantiles(sorted, count + 1)
            : EffectGrid.Adaptive(sorted, fewest);
        return EffectSteps.OfNumbers(table, column, numbers, points);
    }
}
