using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using ExplainLsp.Explainers.Numerics;
using ExplainLsp.Explainers.Sampling;
using ExplainLsp.Explainers.Surrogates;
using ExplainLsp.Explainers.Tables;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers;

/// <summary>
/// LIME for tables (Ribeiro et al. 2016), with the lime package's defaults: rows are drawn around the instance column by column, weighed
/// by √exp(−d²/w²) with the Euclidean distance d in the surrogate's space and w = 0.75·√columns, and a ridge regression (α = 1, no
/// feature selection) is fitted to the model's predictions. With <c>discretizer=quartile</c> a column is 1 in the instance's own quartile
/// (or category), else 0; with <c>none</c> it is in units of the training rows' deviation. The background rows are the training rows.
/// </summary>
/// <remarks>
/// Attributions are the surrogate's coefficients; they do not add up to the prediction. <see cref="Explanation.Quality"/>: <c>r2</c>
/// (weighted, on the rows drawn; left out when the model gave them all the same value), <c>intercept</c>, <c>localPrediction</c> (the surrogate's value at the instance).
/// </remarks>
public sealed class Lime : ILocalExplainer
{
    private const long Stream = 0x6C696D65;
    private const double RidgePenalty = 1;
    private const double PoorFit = 0.5;

    /// <inheritdoc/>
    public string Id => "lime";

    /// <inheritdoc/>
    public string Title => "LIME";

    /// <inheritdoc/>
    public IReadOnlyList<ExplainerOption> Options { get; } =
    [
        new("samples", "5000", "Rows drawn around the instance, 10 to 10,000,000."),
        new("kernel-width", null, "Width of the kernel in the surrogate's space, above 0; 0.75 × √columns when not given."),
        new("discretizer", "quartile", "quartile: numbers as in or out of the instance's quartile; none: numbers as they are, scaled."),
    ];

    /// <inheritdoc/>
    public SampleKinds Kinds => SampleKinds.Rows;

    /// <inheritdoc/>
    public Explanation Explain(LocalRequest request, IProgress<ExplanationProgress>? progress, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        Predictor predictor = request.Predictor;
        long rowsBefore = predictor.ModelRows;
        long clippedBefore = predictor.ClippedRows;
        var options = new OptionReader(Id, Options, request.Options);
        (TableRow row, EncodedTable background) = TableRequest.RowOf(request, Id);
        int features = row.Features.Count;
        int samples = (int)options.WholeNumber("samples", 5000, 10, 10_000_000);
        double width = options.Number("kernel-width", 0.75 * Math.Sqrt(features), 1e-6, 1e6);
        bool quartiles = options.Word("discretizer", "quartile", "quartile", "none") == "quartile";

        ColumnSampler[] columns = [.. Enumerable.Range(0, features).Select(i => ColumnSampler.Of(row, background, i, quartiles))];
        // One stream a column: the numbers do not depend on how rows are cut into batches.
        SeededRandom[] streams = [.. Enumerable.Range(0, features).Select(i => new SeededRandom(request.Seed, Stream, i))];
        var surrogate = new RidgeSurrogate(features);
        double predicted = Draw();
        (double[] coefficients, double atInstance, double r2) = surrogate.Fit(RidgePenalty, cancellation);
        double intercept = atInstance - columns.Select((column, i) => column.Own * coefficients[i]).Sum();

        return new Explanation
        {
            Method = Id,
            Options = options.InForce,
            Seed = request.Seed,
            Target = predictor.Target,
            PredictedValue = predicted,
            Attributions = [.. row.Features.Select((feature, i) => new Attribution(feature.Name, feature.Value, coefficients[i]))],
            Quality = Quality(r2, intercept, atInstance),
            Cost = new Cost(samples, predictor.ModelRows - rowsBefore, clock.Elapsed.TotalMilliseconds),
            Background = background.Description,
            Warnings = [.. Warnings.Of(predictor, clippedBefore), .. FitWarnings(r2)],
        };

        // Draws the rows, the first being the instance itself, and gives them to the surrogate; returns the instance's prediction.
        double Draw()
        {
            const int Block = 4096;
            var runner = new RowRunner(predictor, row.Table, samples, progress);
            double[] values = new double[Math.Min(Block, samples)];
            double[] differences = new double[values.Length * features];
            double instance = 0;
            for (int start = 0; start < samples; start += Block)
            {
                int first = start;
                Span<double> block = values.AsSpan(0, Math.Min(Block, samples - start));
                runner.Predict(block, Fill, cancellation);
                if (start == 0)
                    instance = block[0];
                for (int i = 0; i < block.Length; i++)
                {
                    if ((i & 0xFF) == 0)
                        cancellation.ThrowIfCancellationRequested();
                    ReadOnlySpan<double> x = differences.AsSpan(i * features, features);
                    surrogate.Add(x, block[i], Math.Sqrt(Math.Exp(-Vectors.Dot(x, x) / (width * width))));
                }

                void Fill(InputBatch batch, int from, int count)
                {
                    row.Table.RepeatRow(row.Index, count, batch);
                    for (int i = 0; i < count; i++)
                    {
                        Span<double> x = differences.AsSpan((from + i) * features, features);
                        x.Clear();
                        for (int column = 0; column < features && first + from + i > 0; column++)
                            x[column] = columns[column].Draw(streams[column], batch, i);
                    }
                }
            }
            return instance;
        }
    }

    private static ImmutableSortedDictionary<string, object> Quality(double r2, double intercept, double atInstance)
    {
        var quality = ImmutableSortedDictionary<string, object>.Empty.Add("intercept", intercept).Add("localPrediction", atInstance);
        return double.IsNaN(r2) ? quality : quality.Add("r2", r2);
    }

    private static IEnumerable<string> FitWarnings(double r2)
    {
        if (double.IsNaN(r2))
            yield return "The model gave the same value for every row drawn. LIME has nothing to explain here. Raise samples, or use kernel-shap.";
        else if (r2 < PoorFit)
            yield return string.Create(CultureInfo.InvariantCulture,
                $"The surrogate follows the model poorly here (R² {r2:F2}; 1 is perfect). Its coefficients may mislead. Compare with kernel-shap.");
    }
}
