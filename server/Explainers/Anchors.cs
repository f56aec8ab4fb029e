using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using ExplainLsp.Explainers.Rules;
using ExplainLsp.Explainers.Tables;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers;

/// <summary>
/// Anchors (Ribeiro, Singh and Guestrin 2018): a rule of a few conditions under which the model says the same as of the row, whatever
/// the other columns hold. Numbers are cut at the background's quartiles; the rule of largest coverage among those precise enough.
/// </summary>
/// <remarks>
/// <para>What is held is the class that the model predicts for the row, whichever class is the target; of a regression a value within
/// <c>tolerance</c>.</para>
/// <para>Precision is estimated while searching and then measured on fresh samples, which had no part in the choice; coverage is the exact
/// share of the background's rows.</para>
/// <para>Attributions: how much the column's conditions added to the precision, in the order in which they were found; 0 for columns
/// outside the rule. <see cref="Explanation.Quality"/>: <c>precision</c>, <c>coverage</c>, <c>basePrecision</c> (without any condition; with
/// the attributions it adds up to the precision), and <c>precisionOnBackground</c>: among the background's rows under the rule, where there are any.</para>
/// </remarks>
public sealed class Anchors : ILocalExplainer
{
    /// <inheritdoc/>
    public string Id => "anchors";

    /// <inheritdoc/>
    public string Title => "Anchors";

    /// <inheritdoc/>
    public IReadOnlyList<ExplainerOption> Options { get; } =
    [
        new("threshold", "0.95", "Precision that the rule must have, 0.5 to 1."),
        new("delta", "0.1", "Chance with which the search may take the wrong rules for the most precise, above 0 to 0.5."),
        new("tau", "0.15", "Difference in precision that the search need not tell apart, 0.01 to 0.5."),
        new("beam-size", "4", "Rules of each size that are kept, 1 to 100."),
        new("samples", "2000", "Fresh samples on which the rule is checked, 100 to 1,000,000."),
        new("evaluations", "200000", "Samples of the search at most, 1,000 to 100,000,000."),
        new("tolerance", null, "Regression: the largest difference from the row's value that counts as the same, in the value's unit; must be given."),
    ];

    /// <inheritdoc/>
    public SampleKinds Kinds => SampleKinds.Rows;

    /// <inheritdoc/>
    public int BackgroundRows => 10_000;

    /// <inheritdoc/>
    public Explanation Explain(LocalRequest request, IProgress<ExplanationProgress>? progress, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        Predictor predictor = request.Predictor;
        (long rowsBefore, long clippedBefore) = (predictor.ModelRows, predictor.ClippedRows);
        (TableRow row, EncodedTable background) = TableRequest.RowOf(request, Id);
        var options = new OptionReader(Id, Options, request.Options);
        var settings = new RuleSettings(
            options.Number("threshold", 0.95, 0.5, 1), options.Number("delta", 0.1, 1e-9, 0.5), options.Number("tau", 0.15, 0.01, 0.5),
            (int)options.WholeNumber("beam-size", 4, 1, 100), (int)options.WholeNumber("samples", 2000, 100, 1_000_000),
            options.WholeNumber("evaluations", 200_000, 1000, 100_000_000));
        if (background.RowCount < 2)
            throw new ExplainerException("anchors draws samples from the background's rows, and there is one only. Name a file with more rows with --background.");
        SamePrediction same = SamePrediction.Of(predictor, options, row, null, cancellation);

        var sampler = new RuleSampler(row, background, predictor, same, settings.Evaluations, progress);
        var search = new RuleSearch(sampler, settings, request.Seed);
        (int[] rule, bool holds) = search.Find(cancellation);
        double[] precisions = search.Check(rule, cancellation);
        (double low, double high) = PrecisionBounds.Wilson(precisions[^1], settings.Samples);
        var anchor = new AnchorRule(
            [.. sampler.Conditions(rule).Select(condition => condition.Tell(row))], precisions[^1], low, high, sampler.Coverage(rule));
        double[] gains = new double[row.Features.Count];
        for (int i = 0; i < rule.Length; i++)
            gains[sampler.Predicates[rule[i]].Column] += precisions[i + 1] - precisions[i];

        return new Explanation
        {
            Method = Id,
            Options = options.InForce,
            Seed = request.Seed,
            Target = predictor.Target,
            PredictedValue = predictor.PredictOne(row, cancellation),
            Attributions = [.. row.Features.Select((feature, column) => new Attribution(feature.Name, feature.Value, gains[column]))],
            Anchor = anchor,
            Quality = Quality(anchor, precisions[0], OnBackground()),
            Cost = new Cost(sampler.Samples, predictor.ModelRows - rowsBefore, clock.Elapsed.TotalMilliseconds),
            Background = background.Description,
            Warnings = [.. Warnings.Of(predictor, clippedBefore), .. Doubts(anchor, settings.Threshold, holds, search.RanOut)],
        };

        double? OnBackground()
        {
            int[] under = [.. sampler.Applies(rule)];
            if (under.Length == 0)
                return null;
            double[] scores = Decision.Scores(predictor, background.Select(under, background.Description), cancellation);
            int width = predictor.Output.Width;
            return Enumerable.Range(0, under.Length).Count(i => same.Holds(scores.AsSpan(i * width, width))) / (double)under.Length;
        }
    }

    private static ImmutableSortedDictionary<string, object> Quality(AnchorRule anchor, double basePrecision, double? onBackground)
    {
        var quality = ImmutableSortedDictionary<string, object>.Empty
            .Add("precision", anchor.Precision).Add("coverage", anchor.Coverage).Add("basePrecision", basePrecision);
        return onBackground is { } share ? quality.Add("precisionOnBackground", share) : quality;
    }

    private static IEnumerable<string> Doubts(AnchorRule anchor, double threshold, bool holds, bool ranOut)
    {
        if (!holds)
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"No rule reaches a precision of {threshold}. This is the most precise one found ({anchor.Precision:F3}){(ranOut ? " before the samples ran out; raise evaluations" : "; the row lies where small differences turn the model. Lower threshold, or compare with counterfactual")}.");
        }
        else if (anchor.Conditions.IsEmpty)
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"The model says the same of {anchor.Precision:P1} of all samples: no condition is needed. Raise threshold for a rule.");
        }
        if (anchor.Coverage == 0 && !anchor.Conditions.IsEmpty)
            yield return "The rule applies to none of the background's rows: it describes this row alone. Name a larger background.";
    }
}
