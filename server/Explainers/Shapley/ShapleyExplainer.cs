using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using ExplainLsp.Explainers.Grids;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Shapley;

/// <summary>What the methods that estimate Shapley values share: a game is made of the model, solved, and told as an explanation.</summary>
public abstract class ShapleyExplainer : ILocalExplainer
{
    /// <summary>The most coalitions that can be asked for, 2²⁴.</summary>
    public const long MostEvaluations = 1L << 24;

    /// <summary>The option <c>link</c>.</summary>
    protected static ExplainerOption LinkOption { get; } = new(
        "link", "identity", "identity: mean prediction of a coalition; logit: log-odds of the mean probability, shown in log-odds.");

    /// <summary>The option <c>standard-error</c>.</summary>
    protected static ExplainerOption StandardErrorOption { get; } = new(
        "standard-error", null, "Stops once the largest standard error of a contribution is this or less, in the target's unit; without evaluations as many as 65,536 are spent on it.");

    /// <inheritdoc/>
    public abstract string Id { get; }

    /// <inheritdoc/>
    public abstract string Title { get; }

    /// <inheritdoc/>
    public abstract IReadOnlyList<ExplainerOption> Options { get; }

    /// <summary>Chooses the solver, or refuses a budget that cannot be.</summary>
    /// <param name="options">The user's options.</param>
    /// <param name="players">What plays.</param>
    /// <param name="seed">The seed.</param>
    private protected abstract IShapleySolver Solver(OptionReader options, Players players, long seed);

    /// <summary>The regions of images and tensors when the user gives none, in the words of the option <c>segments</c>.</summary>
    private protected virtual string DefaultSegments => "slic";

    /// <summary>The options that say what is hidden of images and tensors.</summary>
    private protected static ExplainerOption[] GridOptions(string segments) =>
        [GridMasking.SegmentsOption(segments), GridMasking.MaskOption, GridMasking.GridBaselineOption()];

    /// <inheritdoc/>
    public SampleKinds Kinds => SampleKinds.Rows | SampleKinds.Grids;

    /// <inheritdoc/>
    public Explanation Explain(LocalRequest request, IProgress<ExplanationProgress>? progress, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        Predictor predictor = request.Predictor;
        long rowsBefore = predictor.ModelRows;
        long clippedBefore = predictor.ClippedRows;

        var options = new OptionReader(Id, Options, request.Options);
        Link link = ReadLink(options, predictor);
        Masker masker = MaskerOf(request, options, cancellation);
        var players = new Players(masker.Varying.Count(varies => varies), masker.RowsPerCoalition, masker is SegmentMasker ? "regions" : "columns");
        IShapleySolver solver = Solver(options, players, request.Seed);
        bool grid = masker is SegmentMasker;
        var game = new ModelGame(
            predictor, masker, link, done => progress?.Report(new ExplanationProgress(done, Math.Max(done, solver.Evaluations))),
            grid ? ModelGame.GridMemoryBudget : ModelGame.DefaultMemoryBudget);

        double predicted = predictor.PredictOne(request.Sample, cancellation);
        if (link == Link.Logit)
            predicted = Predictor.LogOdds(predicted, out _);
        return Tell(solver.Solve(game, grid && progress is not null ? Show : null, cancellation), true);

        void Show(ShapleyValues values) =>
            progress!.Report(new ExplanationProgress(game.Evaluations, Math.Max(game.Evaluations, solver.Evaluations)) { Partial = Tell(values, false) });

        Explanation Tell(ShapleyValues result, bool all)
        {
            var attributions = Attributions(masker, game, result);
            return new Explanation
            {
                Method = Id,
                Options = options.InForce,
                Seed = request.Seed,
                Target = link == Link.Logit ? predictor.Target with { Space = TargetSpace.Raw } : predictor.Target,
                PredictedValue = predicted,
                BaseValue = result.Empty,
                CompletenessGap = predicted - result.Empty - attributions.Sum(attribution => attribution.Contribution),
                Attributions = attributions,
                Tensor = masker is SegmentMasker regions ? GridMasking.Map(regions, [.. attributions.Select(attribution => attribution.Contribution)]) : null,
                Regions = masker is SegmentMasker segments ? segments.Segmentation.Labels : [],
                Quality = Quality(result, all),
                Cost = new Cost(game.Evaluations, predictor.ModelRows - rowsBefore, clock.Elapsed.TotalMilliseconds),
                Background = masker.Description,
                Warnings = [.. Warnings.Of(predictor, clippedBefore), .. ErrorWarnings(result, attributions, game, options)],
            };
        }
    }

    /// <summary>The standard error that is asked for; null when none is.</summary>
    private protected static double? StandardError(OptionReader options) =>
        options.Has("standard-error") ? options.Number("standard-error", 0, double.Epsilon, double.MaxValue) : null;

    private Masker MaskerOf(LocalRequest request, OptionReader options, CancellationToken cancellation)
    {
        if (request.Sample is GridSample sample)
            return GridMasking.Masker(options, sample, DefaultSegments, "zero", cancellation);
        GridMasking.RefuseForRows(options, "segments", "mask", "baseline");
        return request.Masker ?? throw new ExplainerException($"{Id} needs background rows.");
    }

    private static ImmutableSortedDictionary<string, object> Quality(ShapleyValues result, bool all)
    {
        var quality = ImmutableSortedDictionary<string, object>.Empty.Add("exact", all && result.StandardErrors is null);
        return result.StandardErrors is { } errors ? quality.Add("largestStandardError", errors.DefaultIfEmpty(0).Max()) : quality;
    }

    private static IEnumerable<string> ErrorWarnings(ShapleyValues result, ImmutableArray<Attribution> attributions, ModelGame game, OptionReader options)
    {
        double largestError = result.StandardErrors is { Length: > 0 } errors ? errors.Max() : 0;
        if (StandardError(options) is { } wanted && largestError > wanted)
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"The standard error asked for, {wanted:G2}, was not reached: it is {largestError:G2} after {game.Evaluations:N0} evaluations. Raise evaluations.");
        }
        double largestValue = attributions.Select(attribution => Math.Abs(attribution.Contribution)).DefaultIfEmpty(0).Max();
        if (largestError > 0.1 * largestValue)
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"The largest standard error is {largestError:G2}, the largest contribution {largestValue:G2}. Small contributions may be chance. Raise evaluations above {game.Evaluations:N0}.");
        }
    }

    private static Link ReadLink(OptionReader options, Predictor predictor)
    {
        Link link = options.Word("link", "identity", "identity", "logit") == "logit" ? Link.Logit : Link.Identity;
        if (link == Link.Logit && predictor.Target.Space != TargetSpace.Probability)
        {
            throw new ExplainerException(predictor.IsClassifier
                ? "link=logit takes the log-odds of a mean probability, but the target is in raw space. Use --space probability, or leave link out."
                : $"link=logit needs a probability, but output {predictor.Output.Name} is a value. Leave link out.");
        }
        return link;
    }

    private static ImmutableArray<Attribution> Attributions(Masker masker, ModelGame game, ShapleyValues result)
    {
        // A feature that equals all background rows is a dummy: its value is exactly zero.
        var attributions = masker.Features
            .Select(feature => new Attribution(feature.Name, feature.Value, 0) { StandardError = result.StandardErrors is null ? null : 0 })
            .ToArray();
        for (int player = 0; player < game.Players; player++)
        {
            int feature = game.Varying[player];
            attributions[feature] = attributions[feature] with
            {
                Contribution = result.Values[player],
                StandardError = result.StandardErrors?[player],
            };
        }
        return [.. attributions];
    }
}

/// <summary>What plays a game.</summary>
/// <param name="Count">Varying features.</param>
/// <param name="RowsPerCoalition">Model rows that a coalition takes.</param>
/// <param name="Noun">What they are: <c>columns</c>, <c>regions</c>.</param>
internal sealed record Players(int Count, int RowsPerCoalition, string Noun);
