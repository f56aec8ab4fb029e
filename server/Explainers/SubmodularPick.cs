using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using ExplainLsp.Explainers.Tables;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers;

/// <summary>
/// LIME's submodular pick (Ribeiro et al. 2016, section 4): a handful of rows whose explanations together show most of what the model
/// does. Rows are explained by LIME; what an explanation says is a set of conditions (a column in its quartile, or a category) with
/// weights W; a condition's importance is √Σ|W| over the rows; rows are picked greedily by the importance of conditions not yet covered.
/// </summary>
/// <remarks>
/// Attributions are the columns' importance √Σ|W|. <see cref="Explanation.Samples"/> has the picked rows, in the order in which they
/// were picked, with their LIME coefficients. <see cref="Explanation.Quality"/>: <c>coverage</c>, the share of importance that they cover.
/// </remarks>
public sealed class SubmodularPick : IGlobalExplainer
{
    private static readonly double[] Quartiles = [0.25, 0.5, 0.75];

    /// <inheritdoc/>
    public string Id => "submodular-pick";

    /// <inheritdoc/>
    public string Title => "LIME, submodular pick";

    /// <inheritdoc/>
    public IReadOnlyList<ExplainerOption> Options { get; } =
    [
        new("count", "5", "Rows that are picked at most, 1 to 100."),
        new("features", "10", "Columns of each explanation that count, the strongest; 1 or more."),
        new("samples", "100", "Rows that are explained at most, an even spread of the file; 1 or more."),
        new("evaluations", "1000", "Samples that LIME draws around each row, 10 to 1,000,000."),
    ];

    /// <inheritdoc/>
    public Explanation Explain(GlobalRequest request, IProgress<ExplanationProgress>? progress, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        Predictor predictor = request.Predictor;
        EncodedTable table = request.Table;
        (long rowsBefore, long clippedBefore) = (predictor.ModelRows, predictor.ClippedRows);
        var options = new OptionReader(Id, Options, request.Options);
        int count = (int)options.WholeNumber("count", 5, 1, 100);
        int features = (int)options.WholeNumber("features", 10, 1, int.MaxValue);
        long evaluations = options.WholeNumber("evaluations", 1000, 10, 1_000_000);
        (ImmutableArray<int> rows, string? warning) = TableRequest.Rows(options, table, 100);

        Explanation[] explanations = new Explanation[rows.Length];
        var lime = new Lime();
        var limeOptions = new Dictionary<string, string> { ["samples"] = evaluations.ToString(CultureInfo.InvariantCulture) };
        for (int i = 0; i < rows.Length; i++)
        {
            var row = new TableRow(table, rows[i]);
            explanations[i] = lime.Explain(
                new LocalRequest(predictor, row, new BackgroundMasker(row, request.Background), limeOptions, request.Seed), null, cancellation);
            progress?.Report(new ExplanationProgress((i + 1) * evaluations, rows.Length * evaluations));
        }
        Weight[][] weights = [.. explanations.Select((explanation, i) => Weights(explanation, rows[i]))];
        Dictionary<(int, string), double> importance = weights.SelectMany(row => row)
            .GroupBy(weight => weight.Condition).ToDictionary(group => group.Key, group => Math.Sqrt(group.Sum(weight => weight.Size)));
        int[] picked = Pick();
        double covered = picked.SelectMany(i => weights[i]).Select(weight => weight.Condition).Distinct().Sum(condition => importance[condition]);
        double total = importance.Values.Sum();

        return new Explanation
        {
            Method = Id,
            Options = options.InForce,
            Seed = request.Seed,
            Target = predictor.Target,
            Attributions = [.. table.Encoder.Columns.Select((column, at) => new Attribution(
                column.Name, null, Math.Sqrt(explanations.Sum(explanation => Math.Abs(explanation.Attributions[at].Contribution)))))],
            Samples = Tell(),
            Quality = ImmutableSortedDictionary<string, object>.Empty
                .Add("coverage", total > 0 ? covered / total : 1.0)
                .Add("meanR2", explanations.Select(explanation => explanation.Quality.TryGetValue("r2", out object? r2) ? (double)r2 : 0).Average()),
            Cost = new Cost(rows.Length * evaluations, predictor.ModelRows - rowsBefore, clock.Elapsed.TotalMilliseconds),
            Background = request.Background.Description,
            Warnings = [.. Warnings.Of(predictor, clippedBefore), .. warning is null ? Array.Empty<string>() : [warning]],
        };

        // The strongest conditions that the row meets.
        Weight[] Weights(Explanation explanation, int row) => [.. explanation.Attributions
            .Select((attribution, column) => new Weight((column, ConditionOf(column, row)), Math.Abs(attribution.Contribution)))
            .Where(weight => weight.Size > 0).OrderByDescending(weight => weight.Size).ThenBy(weight => weight.Condition.Column).Take(features)];

        string ConditionOf(int column, int row)
        {
            if (!table.Encoder.Columns[column].IsNumeric)
                return table.Text(row, column);
            ColumnStatistics known = request.Background.Statistics(column);
            double value = table.Number(row, column);
            return double.IsNaN(value) ? "missing"
                : Quartiles.Count(share => value > known.Quantile(share)).ToString(CultureInfo.InvariantCulture);
        }

        int[] Pick()
        {
            List<int> chosen = [];
            HashSet<(int, string)> known = [];
            while (chosen.Count < Math.Min(count, rows.Length))
            {
                cancellation.ThrowIfCancellationRequested();
                int best = Enumerable.Range(0, rows.Length).Except(chosen)
                    .MaxBy(i => weights[i].Where(weight => !known.Contains(weight.Condition)).Sum(weight => importance[weight.Condition]));
                // Once all is covered, one more row shows nothing new.
                if (chosen.Count > 0 && weights[best].All(weight => known.Contains(weight.Condition)))
                    break;
                chosen.Add(best);
                known.UnionWith(weights[best].Select(weight => weight.Condition));
            }
            return [.. chosen];
        }

        SampleAttributions Tell()
        {
            Explanation[] shown = [.. picked.Select(i => explanations[i])];
            return new SampleAttributions(
                [.. picked.Select(i => table.RowNumbers[rows[i]])], [.. table.Encoder.Columns.Select(column => column.Name)],
                [.. picked.SelectMany(i => Enumerable.Range(0, table.ColumnCount).Select(column => Number(rows[i], column)))],
                [.. picked.SelectMany(i => Enumerable.Range(0, table.ColumnCount).Select(column => table.Text(rows[i], column)))],
                [.. shown.SelectMany(explanation => explanation.Attributions.Select(attribution => (float)attribution.Contribution))],
                [.. shown.Select(explanation => explanation.PredictedValue!.Value)],
                shown.Average(explanation => (double)explanation.Quality["intercept"]), table.RowCount);
        }

        float Number(int row, int column) => table.Encoder.Columns[column].IsNumeric
            ? (float)table.Number(row, column)
            : picked.Select(i => table.Text(rows[i], column)).Distinct().ToList().IndexOf(table.Text(row, column));
    }

    private readonly record struct Weight((int Column, string Value) Condition, double Size);
}
