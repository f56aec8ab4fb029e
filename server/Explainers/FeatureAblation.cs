using System.Diagnostics;
using ExplainLsp.Explainers.Grids;
using ExplainLsp.Explainers.Shapley;
using ExplainLsp.Explainers.Tables;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers;

/// <summary>
/// Feature ablation: each feature alone (a region of an image or tensor, or a column) is replaced by a baseline, and its attribution
/// is f(x) − f(x without it), as in Captum's <c>FeatureAblation</c>. Features that stand in for each other are not seen; the
/// attributions need not add up.
/// </summary>
public sealed class FeatureAblation : ILocalExplainer
{
    private const string DefaultSegments = "slic";

    /// <inheritdoc/>
    public string Id => "feature-ablation";

    /// <inheritdoc/>
    public string Title => "Feature ablation";

    /// <inheritdoc/>
    public IReadOnlyList<ExplainerOption> Options { get; } =
    [
        GridMasking.SegmentsOption(DefaultSegments),
        GridMasking.MaskOption,
        new("baseline", null,
            "What replaces a feature. Images and tensors: zero (when not given), mean (a channel), segment-mean (a region and channel), blur, black, white, a number in model input space, or a file (image or .npy). Rows: mean of the background (when not given), zero, or a number."),
    ];

    /// <inheritdoc/>
    public SampleKinds Kinds => SampleKinds.Rows | SampleKinds.Grids;

    /// <inheritdoc/>
    public Explanation Explain(LocalRequest request, IProgress<ExplanationProgress>? progress, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        Predictor predictor = request.Predictor;
        (long rowsBefore, long clippedBefore) = (predictor.ModelRows, predictor.ClippedRows);
        var options = new OptionReader(Id, Options, request.Options);
        if (request.Sample is not GridSample sample)
        {
            GridMasking.RefuseForRows(options, "segments", "mask");
            return ColumnAblation.Explain(request, Id, options, progress, cancellation);
        }
        SegmentMasker masker = GridMasking.Masker(options, sample, DefaultSegments, "zero", cancellation);
        var game = new ModelGame(predictor, masker, memoryBudget: ModelGame.GridMemoryBudget);
        double predicted = predictor.PredictOne(sample, cancellation);
        double[] contributions = new double[masker.Features.Count];
        Ablate();

        return new Explanation
        {
            Method = Id,
            Options = options.InForce,
            Seed = request.Seed,
            Target = predictor.Target,
            PredictedValue = predicted,
            Attributions = [.. masker.Features.Select((feature, i) => new Attribution(feature.Name, feature.Value, contributions[i]))],
            Tensor = GridMasking.Map(masker, contributions),
            Regions = masker.Segmentation.Labels,
            Cost = new Cost(game.Evaluations + 1, predictor.ModelRows - rowsBefore, clock.Elapsed.TotalMilliseconds),
            Background = masker.Description,
            Warnings = [.. Warnings.Of(predictor, clippedBefore)],
        };

        // Regions that equal the baseline change nothing: they are no players, and their value is zero.
        void Ablate()
        {
            int perRun = Math.Max(1, Math.Min(game.Players, (4 << 20) / Math.Max(1, game.Players)));
            bool[] coalitions = new bool[perRun * game.Players];
            double[] values = new double[perRun];
            for (int from = 0; from < game.Players; from += perRun)
            {
                int count = Math.Min(perRun, game.Players - from);
                coalitions.AsSpan().Fill(true);
                for (int i = 0; i < count; i++)
                    coalitions[(i * game.Players) + from + i] = false;
                game.Evaluate(coalitions.AsSpan(0, count * game.Players), values.AsSpan(0, count), cancellation);
                for (int i = 0; i < count; i++)
                    contributions[game.Varying[from + i]] = predicted - values[i];
                progress?.Report(new ExplanationProgress(from + count, game.Players));
            }
        }
    }
}
