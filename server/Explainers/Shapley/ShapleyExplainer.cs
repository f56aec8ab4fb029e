using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
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

    /// <inheritdoc/>
    public abstract string Id { get; }

    /// <inheritdoc/>
    public abstract string Title { get; }

    /// <inheritdoc/>
    public abstract IReadOnlyList<ExplainerOption> Options { get; }

    /// <summary>Chooses the solver, or refuses a budget that cannot be.</summary>
    /// <param name="options">The user's options.</param>
    /// <param name="players">Varying features.</param>
    /// <param name="rowsPerCoalition">Model rows that a coalition takes.</param>
    /// <param name="seed">The seed.</param>
    protected abstract IShapleySolver Solver(OptionReader options, int players, int rowsPerCoalition, long seed);

    /// <inheritdoc/>
    public SampleKinds Kinds => SampleKinds.Rows;

    /// <inheritdoc/>
    public Explanation Explain(LocalRequest request, IProgress<ExplanationProgress>? progress, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        Predictor predictor = request.Predictor;
        Masker masker = request.Masker ?? throw new ExplainerException($"{Id} needs background rows.");
        long rowsBefore = predictor.ModelRows;
        long clippedBefore = predictor.ClippedRows;

        var options = new OptionReader(Id, Options, request.Options);
        Link link = ReadLink(options, predictor);
        IShapleySolver solver = Solver(options, masker.Varying.Count(varies => varies), masker.RowsPerCoalition, request.Seed);
        var game = new ModelGame(
            predictor, masker, link, done => progress?.Report(new ExplanationProgress(done, Math.Max(done, solver.Evaluations))));

        double predicted = predictor.PredictOne(request.Sample, cancellation);
        if (link == Link.Logit)
            predicted = Predictor.LogOdds(predicted, out _);
        ShapleyValues result = solver.Solve(game, cancellation);

        var attributions = Attributions(masker, game, result);
        double largestError = result.StandardErrors is { Length: > 0 } errors ? errors.Max() : 0;
        double largestValue = attributions.Select(attribution => Math.Abs(attribution.Contribution)).DefaultIfEmpty(0).Max();
        var quality = ImmutableSortedDictionary.CreateBuilder<string, object>(StringComparer.Ordinal);
        quality["exact"] = result.StandardErrors is null;
        if (result.StandardErrors is not null)
            quality["largestStandardError"] = largestError;

        List<string> warnings = [.. Warnings.Of(predictor, clippedBefore)];
        if (largestError > 0.1 * largestValue)
        {
            warnings.Add(string.Create(CultureInfo.InvariantCulture,
                $"The largest standard error is {largestError:G2}, the largest contribution {largestValue:G2}. Small contributions may be chance. Raise evaluations above {game.Evaluations:N0}."));
        }
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
            Quality = quality.ToImmutable(),
            Cost = new Cost(game.Evaluations, predictor.ModelRows - rowsBefore, clock.Elapsed.TotalMilliseconds),
            Background = masker.Description,
            Warnings = [.. warnings],
        };
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
