using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using ExplainLsp.Explainers.Shapley;
using ExplainLsp.Explainers.Tables;
using ExplainLsp.Explainers.Trees;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers;

/// <summary>
/// Mean |SHAP value| of each column over rows (Lundberg et al. 2020), in the target's unit: exact where all coalitions of a row's varying
/// columns take no more model rows than the evaluations, KernelSHAP otherwise; TreeSHAP over all rows where the model is trees that add up on the target's scale. Sampling errors make small values a little too large, since they are added
/// without sign; <see cref="Explanation.Quality"/> has the largest of them. <see cref="Explanation.Samples"/> has the values of an even
/// spread of at most 2,000 rows.
/// </summary>
public sealed class MeanAbsShap : IGlobalExplainer
{
    private const int DefaultRows = 1000;
    private const int Stretch = 256;
    private const long DefaultEvaluations = 512;

    /// <inheritdoc/>
    public string Id => "mean-abs-shap";

    /// <inheritdoc/>
    public string Title => "Mean |SHAP|";

    /// <inheritdoc/>
    public bool ReadsStreams => true;

    /// <inheritdoc/>
    public IReadOnlyList<ExplainerOption> Options { get; } =
    [
        new("evaluations", "512", "Coalitions a row at most, up to 16,777,216; exact once all coalitions of its varying columns take no more model rows."),
        new("samples", "1000", "Rows at most, 1 or more; an even spread of the file. All rows for trees."),
        TreeQuestion.ValueFunction,
    ];

    /// <inheritdoc/>
    public Explanation Explain(GlobalRequest request, IProgress<ExplanationProgress>? progress, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        Predictor predictor = request.Predictor;
        TableEncoder encoder = request.Table.Encoder;
        int columns = encoder.Columns.Length;
        long rowsBefore = predictor.ModelRows;
        long clippedBefore = predictor.ClippedRows;
        var options = new OptionReader(Id, Options, request.Options);
        if (!options.Has("evaluations") && TreeMeanAbsShap.Fits(predictor, cancellation))
            return TreeMeanAbsShap.Explain(Id, request, options, progress, cancellation);
        if (options.Has("value-function"))
        {
            throw new ExplainerException(
                "value-function is for trees that add up on the target's scale; this model or scale is another. Use --space raw for boosted trees, or leave value-function out.");
        }
        long fewest = KernelShapley.FewestEvaluations(columns);
        long evaluations = options.WholeNumber(
            "evaluations", Math.Max(DefaultEvaluations, fewest), 2, ShapleyExplainer.MostEvaluations);
        if (evaluations < fewest)
        {
            throw new ExplainerException(string.Create(CultureInfo.InvariantCulture,
                $"mean-abs-shap cannot tell {columns} columns apart with {evaluations:N0} evaluations a row. Set evaluations to {fewest:N0} or more."));
        }
        RowStretches rows = RowStretches.Of(options, request, DefaultRows);
        var results = new PartialResults(progress, "evaluations", null);

        List<double[]> absolute = [];
        long done = 0;
        double largestError = 0, baseValue = 0;
        // Rows in which as many columns vary share the coalitions that are drawn.
        var sampled = new Dictionary<int, KernelShapley>();
        var spread = new AttributionSpread(encoder);
        foreach ((EncodedTable table, int row) in rows.Of(Stretch, cancellation).SelectMany(stretch => stretch.Rows.Select(row => (stretch.Table, row))))
        {
            var masker = new BackgroundMasker(new TableRow(table, row), request.Background);
            int players = masker.Varying.Count(varies => varies);
            IShapleySolver solver = SharedRows.AllFit(masker, evaluations)
                ? new ExactShapley(players)
                : sampled.TryGetValue(players, out KernelShapley? known) ? known : sampled[players] = new KernelShapley(players, evaluations, request.Seed, null, true);
            var game = new ModelGame(predictor, masker, Link.Identity, Report);
            ShapleyValues result = solver.Solve(game, cancellation);
            double[] sizes = new double[columns];
            for (int player = 0; player < players; player++)
                sizes[game.Varying[player]] = Math.Abs(result.Values[player]);
            absolute.Add(sizes);
            spread.Add(table, [row], (_, contributions) =>
            {
                for (int player = 0; player < players; player++)
                    contributions[game.Varying[player]] = result.Values[player];
            });
            baseValue = result.Empty;
            largestError = Math.Max(largestError, result.StandardErrors is { Length: > 0 } errors ? errors.Max() : 0);
            done += game.Evaluations;
            results.Show(() => Tell(false));

            // What the rows so far took tells what the others will.
            void Report(long here) => results.Report(
                new ExplanationProgress(done + here, (done + solver.Evaluations) * rows.Count / (absolute.Count + 1)));
        }
        return Tell(true);

        Explanation Tell(bool all) => new()
        {
            Method = Id,
            Options = options.InForce,
            Seed = request.Seed,
            Target = predictor.Target,
            BaseValue = baseValue,
            Attributions = [.. Enumerable.Range(0, columns).Select(Summarise)],
            Samples = spread.Build(baseValue, rows.Total),
            Quality = ImmutableSortedDictionary<string, object>.Empty.Add("largestStandardError", largestError),
            Cost = new Cost(done, predictor.ModelRows - rowsBefore, clock.Elapsed.TotalMilliseconds),
            Background = request.Background.Description,
            Warnings = [.. Warnings.Of(predictor, clippedBefore), .. rows.Warnings(absolute.Count, all)],
        };

        Attribution Summarise(int column)
        {
            double mean = absolute.Average(values => values[column]);
            double variance = absolute.Average(values => (values[column] - mean) * (values[column] - mean));
            return new Attribution(encoder.Columns[column].Name, null, mean) { Mean = mean, StandardDeviation = Math.Sqrt(variance) };
        }
    }
}
