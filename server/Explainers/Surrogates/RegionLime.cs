using System.Diagnostics;
using System.Globalization;
using ExplainLsp.Explainers.Grids;
using ExplainLsp.Explainers.Sampling;
using ExplainLsp.Explainers.Shapley;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Surrogates;

/// <summary>
/// LIME around an image or tensor, as the lime package's <c>lime_image</c>: every region is shown or hidden with even chance (the first
/// sample shows all), samples are weighed by √exp(−d²/w²) with the cosine distance d of what is shown from all shown.
/// </summary>
internal static class RegionLime
{
    private const long Stream = 0x6C696D70;
    private const int MostRegions = 3000;

    /// <summary>Computes the explanation.</summary>
    public static Explanation Explain(
        LocalRequest request, GridSample sample, string id, OptionReader options, IProgress<ExplanationProgress>? progress, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        Predictor predictor = request.Predictor;
        (long rowsBefore, long clippedBefore) = (predictor.ModelRows, predictor.ClippedRows);
        int samples = (int)options.WholeNumber("samples", 1000, 10, 10_000_000);
        double width = options.Number("kernel-width", 0.25, 1e-6, 1e6);
        SegmentMasker masker = GridMasking.Masker(options, sample, "quickshift", "segment-mean", cancellation);
        int regions = masker.Features.Count;
        if (regions > MostRegions)
        {
            throw new ExplainerException(string.Create(CultureInfo.InvariantCulture,
                $"lime fits up to {MostRegions:N0} regions, and there are {regions:N0} here. Give fewer, such as segments=slic."));
        }

        // A region that equals its stand-in has a coefficient too, as in the package.
        var game = new ModelGame(predictor, masker, memoryBudget: ModelGame.GridMemoryBudget, everyFeature: true);
        var surrogate = new RidgeSurrogate(regions);
        var milestones = new Milestones(samples);
        bool[] shown = new bool[Math.Min(512, samples) * regions];
        double[] values = new double[Math.Min(512, samples)];
        double[] differences = new double[regions];
        double predicted = 0;
        for (int from = 0; from < samples; from += values.Length)
        {
            int count = Math.Min(values.Length, samples - from);
            Draw(from, count);
            game.Evaluate(shown.AsSpan(0, count * regions), values.AsSpan(0, count), cancellation);
            predicted = from == 0 ? values[0] : predicted;
            for (int i = 0; i < count; i++)
                Add(shown.AsSpan(i * regions, regions), values[i]);
            bool tell = progress is not null && from + count > regions && milestones.Passed(from + count);
            progress?.Report(new ExplanationProgress(from + count, samples) { Partial = tell ? Tell() : null });
        }
        return Tell();

        void Draw(int from, int count)
        {
            for (int i = 0; i < count; i++)
            {
                Span<bool> row = shown.AsSpan(i * regions, regions);
                if (from + i == 0)
                {
                    row.Fill(true);
                    continue;
                }
                // One stream a sample: the numbers do not depend on how samples are cut into batches.
                var random = new SeededRandom(request.Seed, Stream, from + i);
                ulong bits = 0;
                for (int region = 0; region < regions; region++)
                {
                    bits = (region & 63) == 0 ? random.NextBits() : bits >> 1;
                    row[region] = (bits & 1) != 0;
                }
            }
        }

        void Add(ReadOnlySpan<bool> row, double value)
        {
            int present = row.Count(true);
            // cos(z, 1) = k / (√k √n); nothing shown is as far away as can be.
            double distance = 1 - Math.Sqrt((double)present / regions);
            for (int region = 0; region < regions; region++)
                differences[region] = row[region] ? 0 : -1;
            surrogate.Add(differences, value, Math.Sqrt(Math.Exp(-distance * distance / (width * width))));
        }

        Explanation Tell()
        {
            (double[] coefficients, double atInstance, double r2) = surrogate.Fit(LimeFit.RidgePenalty, cancellation);
            return new Explanation
            {
                Method = id,
                Options = options.InForce,
                Seed = request.Seed,
                Target = predictor.Target,
                PredictedValue = predicted,
                Attributions = [.. masker.Features.Select((feature, i) => new Attribution(feature.Name, feature.Value, coefficients[i]))],
                Tensor = GridMasking.Map(masker, coefficients),
                Regions = masker.Segmentation.Labels,
                Quality = LimeFit.Quality(r2, atInstance - coefficients.Sum(), atInstance),
                Cost = new Cost(game.Evaluations, predictor.ModelRows - rowsBefore, clock.Elapsed.TotalMilliseconds),
                Background = masker.Description,
                Warnings = [.. Warnings.Of(predictor, clippedBefore), .. LimeFit.Warnings(r2)],
            };
        }
    }
}
