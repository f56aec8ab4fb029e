using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Numerics.Tensors;
using ExplainLsp.Explainers.Grids;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers;

/// <summary>
/// RISE (Petsiuk et al. 2018): the sample is shown through random soft masks, and a pixel's value is the mean of the model's values
/// weighed by how much each mask shows of it, Σ f(x ⊙ M)·M / (N·½). It is the value that is expected with the pixel shown, not a
/// difference: read where it is highest. Works for any model, and sees parts that matter together.
/// </summary>
/// <remarks><see cref="Explanation.Quality"/>: <c>largestStandardError</c> of a pixel (masks are independent).</remarks>
public sealed class Rise : ILocalExplainer
{
    /// <summary>Masks whose sums are kept in single precision before they join the whole.</summary>
    private const int Group = 64;

    /// <inheritdoc/>
    public string Id => "rise";

    /// <inheritdoc/>
    public string Title => "RISE";

    /// <inheritdoc/>
    public IReadOnlyList<ExplainerOption> Options { get; } =
    [
        new("samples", "4000", "Masks, 10 to 10,000,000."),
        new("grid", "7", "Cells of a mask along each side, 1 to 64: more shows finer parts and needs more samples."),
        GridMasking.BaselineOption(),
    ];

    /// <inheritdoc/>
    public SampleKinds Kinds => SampleKinds.Grids;

    /// <inheritdoc/>
    public Explanation Explain(LocalRequest request, IProgress<ExplanationProgress>? progress, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        Predictor predictor = request.Predictor;
        (long rowsBefore, long clippedBefore) = (predictor.ModelRows, predictor.ClippedRows);
        var options = new OptionReader(Id, Options, request.Options);
        GridSample sample = GridRequest.GridOf(request, Id);
        int samples = (int)options.WholeNumber("samples", 4000, 10, 10_000_000);
        int cells = (int)options.WholeNumber("grid", 7, 1, 64);
        GridBaseline baseline = GridMasking.Baseline(options, sample, "zero", null, cancellation);

        int pixels = sample.Grid.Height * sample.Grid.Width;
        var masks = new RandomMasks(sample.Grid.Height, sample.Grid.Width, cells, request.Seed);
        var blend = new MaskBlend(sample, baseline);
        // Whole groups a run: sums do not depend on how much runs at a time.
        var runner = new GridRunner(predictor, sample, samples);
        int perRun = Math.Max(Group, runner.Capacity / Group * Group);
        float[] shown = new float[perRun * pixels];
        double[] values = new double[perRun];
        var sums = new MaskSums(pixels);
        var milestones = new Milestones(samples);
        double predicted = predictor.PredictOne(sample, cancellation);
        for (int from = 0; from < samples; from += perRun)
        {
            int first = from;
            int count = Math.Min(perRun, samples - from);
            runner.Predict(from, values.AsSpan(0, count), Fill, cancellation);
            for (int start = 0; start < count; start += Group)
                sums.Add(shown.AsSpan(start * pixels), values.AsSpan(start, Math.Min(Group, count - start)));
            bool tell = progress is not null && milestones.Passed(from + count);
            progress?.Report(new ExplanationProgress(from + count, samples) { Partial = tell ? Tell() : null });

            void Fill(InputBatch batch, int at, int number)
            {
                Span<float> mask = shown.AsSpan((number - first) * pixels, pixels);
                masks.Write(number, mask);
                blend.Write(mask, batch, at);
            }
        }
        return Tell();

        Explanation Tell()
        {
            (ImmutableArray<double> map, double largestError) = sums.Map();
            double range = map.Max() - map.Min();
            List<string> warnings = [.. Warnings.Of(predictor, clippedBefore)];
            if (largestError > 0.1 * range)
            {
                warnings.Add(string.Create(CultureInfo.InvariantCulture,
                    $"The largest standard error of a pixel is {largestError:G2}, and the map ranges over {range:G2}. Fine detail may be chance. Raise samples above {sums.Count:N0}."));
            }
            return new Explanation
            {
                Method = Id,
                Options = options.InForce,
                Seed = request.Seed,
                Target = predictor.Target,
                PredictedValue = predicted,
                Attributions = [],
                Tensor = new AttributionTensor(sample.Tensor.Name, [1, sample.Grid.Height, sample.Grid.Width], map),
                Quality = ImmutableSortedDictionary<string, object>.Empty.Add("largestStandardError", largestError),
                Cost = new Cost(sums.Count + 1, predictor.ModelRows - rowsBefore, clock.Elapsed.TotalMilliseconds),
                Background = baseline.Description,
                Warnings = [.. warnings],
            };
        }
    }

    /// <summary>Sums of masks weighed by values, and of their squares.</summary>
    private sealed class MaskSums(int pixels)
    {
        private readonly double[] sum = new double[pixels];
        private readonly double[] squares = new double[pixels];
        private readonly float[] groupSum = new float[pixels];
        private readonly float[] groupSquares = new float[pixels];
        private readonly float[] weighed = new float[pixels];

        public long Count { get; private set; }

        public void Add(ReadOnlySpan<float> masks, ReadOnlySpan<double> values)
        {
            Array.Clear(groupSum);
            Array.Clear(groupSquares);
            for (int i = 0; i < values.Length; i++)
            {
                TensorPrimitives.Multiply(masks.Slice(i * pixels, pixels), (float)values[i], weighed);
                TensorPrimitives.Add(groupSum, weighed, groupSum);
                TensorPrimitives.MultiplyAdd(weighed, weighed, groupSquares, groupSquares);
            }
            for (int i = 0; i < pixels; i++)
            {
                sum[i] += groupSum[i];
                squares[i] += groupSquares[i];
            }
            Count += values.Length;
        }

        /// <summary>The map and the largest standard error of a pixel.</summary>
        public (ImmutableArray<double> Map, double LargestError) Map()
        {
            double largest = 0;
            foreach ((double total, double square) in sum.Zip(squares))
                largest = Math.Max(largest, (square / Count) - (total / Count * (total / Count)));
            return ([.. sum.Select(total => total / Count / RandomMasks.Open)], Math.Sqrt(largest / Count) / RandomMasks.Open);
        }
    }
}
