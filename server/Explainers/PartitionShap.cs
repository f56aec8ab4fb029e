using System.Diagnostics;
using System.Globalization;
using ExplainLsp.Explainers.Grids;
using ExplainLsp.Explainers.Shapley;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers;

/// <summary>
/// Partition SHAP: Owen values over a hierarchy that halves an image or tensor along its longer side (Owen 1977; Winter 1989; SHAP's
/// PartitionExplainer). Coarse parts are taken apart where they add most, until the evaluations are used; single pixels, or the regions
/// asked for, are the finest. Add up to the prediction minus the base value.
/// </summary>
public sealed class PartitionShap : ILocalExplainer
{
    /// <inheritdoc/>
    public string Id => "partition-shap";

    /// <inheritdoc/>
    public string Title => "Partition SHAP";

    /// <inheritdoc/>
    public IReadOnlyList<ExplainerOption> Options { get; } =
    [
        new("evaluations", "500", "Coalitions to evaluate, 4 to 1,000,000; more shows finer parts."),
        GridMasking.SegmentsOption("every element, so that parts are rectangles"),
        GridMasking.MaskOption,
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
        long evaluations = options.WholeNumber("evaluations", 500, 4, 1_000_000);
        bool byElement = !options.Has("segments") && !options.Has("mask");
        SegmentMasker masker = byElement ? Elements(options, sample, cancellation) : GridMasking.Masker(options, sample, "", "zero", cancellation);
        RegionTree tree = byElement ? RegionTree.OfElements(sample.Grid) : RegionTree.OfRegions(sample.Grid, masker.Segmentation);

        // A part that equals the baseline gets its share of what is left together, as in SHAP.
        var game = new ModelGame(predictor, masker, memoryBudget: ModelGame.GridMemoryBudget, everyFeature: true);
        var solver = new OwenValues(tree, evaluations);
        double predicted = predictor.PredictOne(sample, cancellation);
        var milestones = new Milestones(evaluations);
        ShapleyValues values = solver.Solve(game, progress is null ? null : Show, cancellation);
        return Tell(values);

        void Show(ShapleyValues sofar)
        {
            bool tell = milestones.Passed(game.Evaluations);
            progress.Report(new ExplanationProgress(game.Evaluations, Math.Max(game.Evaluations, evaluations)) { Partial = tell ? Tell(sofar) : null });
        }

        Explanation Tell(ShapleyValues result) => new()
        {
            Method = Id,
            Options = options.InForce,
            Seed = request.Seed,
            Target = predictor.Target,
            PredictedValue = predicted,
            BaseValue = result.Empty,
            CompletenessGap = predicted - result.Empty - result.Values.Sum(),
            Attributions = byElement ? [] : [.. masker.Features.Select((feature, i) => new Attribution(feature.Name, feature.Value, result.Values[i]))],
            Tensor = GridMasking.Map(masker, result.Values),
            Regions = byElement ? [] : masker.Segmentation.Labels,
            Quality = System.Collections.Immutable.ImmutableSortedDictionary<string, object>.Empty.Add("exact", solver.IsExact),
            Cost = new Cost(game.Evaluations, predictor.ModelRows - rowsBefore, clock.Elapsed.TotalMilliseconds),
            Background = masker.Description,
            Warnings = [.. Warnings.Of(predictor, clippedBefore)],
        };
    }

    private static SegmentMasker Elements(OptionReader options, GridSample sample, CancellationToken cancellation)
    {
        int count = sample.Grid.Elements;
        var each = new Segmentation([.. Enumerable.Range(0, count)], count, string.Create(CultureInfo.InvariantCulture, $"{count:N0} elements"));
        GridBaseline baseline = GridMasking.Baseline(options, sample, "zero", null, cancellation);
        return new SegmentMasker(sample, each, [baseline.Row], baseline.Description);
    }
}
