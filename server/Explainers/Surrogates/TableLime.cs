using System.Diagnostics;
using ExplainLsp.Explainers.Numerics;
using ExplainLsp.Explainers.Sampling;
using ExplainLsp.Explainers.Tables;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Surrogates;

/// <summary>
/// LIME around a row of a table: rows are drawn column by column and weighed by √exp(−d²/w²) with the Euclidean distance d in the
/// surrogate's space.
/// </summary>
internal static class TableLime
{
    private const long Stream = 0x6C696D65;

    /// <summary>Computes the explanation.</summary>
    public static Explanation Explain(
        LocalRequest request, string id, OptionReader options, IProgress<ExplanationProgress>? progress, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        Predictor predictor = request.Predictor;
        long rowsBefore = predictor.ModelRows;
        long clippedBefore = predictor.ClippedRows;
        (TableRow row, EncodedTable background) = TableRequest.RowOf(request, id);
        int features = row.Features.Count;
        int samples = (int)options.WholeNumber("samples", 5000, 10, 10_000_000);
        double width = options.Number("kernel-width", 0.75 * Math.Sqrt(features), 1e-6, 1e6);
        bool quartiles = options.Word("discretizer", "quartile", "quartile", "none") == "quartile";

        ColumnSampler[] columns = [.. Enumerable.Range(0, features).Select(i => ColumnSampler.Of(row, background, i, quartiles))];
        // One stream a column: the numbers do not depend on how rows are cut into batches.
        SeededRandom[] streams = [.. Enumerable.Range(0, features).Select(i => new SeededRandom(request.Seed, Stream, i))];
        var surrogate = new RidgeSurrogate(features);
        double predicted = Draw();
        (double[] coefficients, double atInstance, double r2) = surrogate.Fit(LimeFit.RidgePenalty, cancellation);
        double intercept = atInstance - columns.Select((column, i) => column.Own * coefficients[i]).Sum();

        return new Explanation
        {
            Method = id,
            Options = options.InForce,
            Seed = request.Seed,
            Target = predictor.Target,
            PredictedValue = predicted,
            Attributions = [.. row.Features.Select((feature, i) => new Attribution(feature.Name, feature.Value, coefficients[i]))],
            Quality = LimeFit.Quality(r2, intercept, atInstance),
            Cost = new Cost(samples, predictor.ModelRows - rowsBefore, clock.Elapsed.TotalMilliseconds),
            Background = background.Description,
            Warnings = [.. Warnings.Of(predictor, clippedBefore), .. LimeFit.Warnings(r2)],
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
}
