using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using ExplainLsp.Explainers.Tables;
using ExplainLsp.Explainers.WhatIf;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers;

/// <summary>
/// Counterfactuals: the smallest changes of a row that turn the model's decision (Wachter et al. 2017), several and unlike each other
/// (Mothilal et al. 2020), with cells as the file would hold them. Asks the model for predictions only, so any model will do; each
/// result is checked by the model on the very texts that are shown.
/// </summary>
/// <remarks>
/// <para>What is turned is the class that the model predicts, whichever class is the target: into any other, or into <c>desired</c>. A
/// regression's value is brought into the range <c>desired</c>.</para>
/// <para>Cells stay within what the background's rows show and the user declared: numbers within their range and with as many decimals as
/// the column has, categories among those there are.</para>
/// <para>Attributions are the share of the counterfactuals that change a column, 0 to 1.</para>
/// </remarks>
public sealed class Counterfactuals : ILocalExplainer
{
    private const int MostVerified = 200;

    /// <inheritdoc/>
    public string Id => "counterfactual";

    /// <inheritdoc/>
    public string Title => "Counterfactuals";

    /// <inheritdoc/>
    public IReadOnlyList<ExplainerOption> Options { get; } =
    [
        new("count", "4", "Counterfactuals at most, 1 to 100."),
        new("desired", null, "What the model should say: a class by name, label or index (any other when not given), or a range of a regression's value: 100..150, 150.., ..100."),
        new("immutable", null, "Columns that keep their values, separated by commas, besides those of explain.json."),
        new("evaluations", "50000", "Changed rows that the model is asked about at most, 100 to 10,000,000."),
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
        int count = (int)options.WholeNumber("count", 4, 1, 100);
        long evaluations = options.WholeNumber("evaluations", 50_000, 100, 10_000_000);
        var constraints = Constraints(request, options, background);
        if (background.RowCount < 2)
        {
            throw new ExplainerException(
                "counterfactual takes ranges and categories from the background's rows, and one row shows none. Name a file with more rows with --background.");
        }
        DesiredOutcome desired = DesiredOutcome.Of(predictor, options, predictor.PredictAll(row.Encode(), Decision.Space(predictor), cancellation));

        var distance = new RowDistance(background, cancellation);
        ImmutableArray<ColumnFreedom> freedoms = Freedoms(constraints);
        if (freedoms.All(freedom => freedom.IsFixed))
            throw new ExplainerException("No column may change: each is immutable or has one value only. Loosen the constraints, or name a background with other values.");
        int[] unlike = Unlike();
        var trial = new Trial(row, predictor, desired, evaluations, progress);
        var search = new CandidateSearch(trial, freedoms, background);
        List<Candidate> found = new BackOff(trial, freedoms).Shrink(search.Find(unlike, request.Seed, cancellation), cancellation);
        List<Verified> chosen = DiverseChoice.Of(Verify(), count);

        return new Explanation
        {
            Method = Id,
            Options = options.InForce,
            Seed = request.Seed,
            Target = predictor.Target,
            PredictedValue = predictor.PredictOne(row, cancellation),
            Attributions = [.. row.Features.Select((feature, column) =>
                new Attribution(feature.Name, feature.Value, chosen.Count == 0 ? 0 : chosen.Average(each => each.Row.Cells[column] is null ? 0.0 : 1)))],
            Counterfactuals = [.. chosen.Select(Tell)],
            Quality = ImmutableSortedDictionary<string, object>.Empty.Add("found", (long)chosen.Count).Add("desired", desired.Description),
            Cost = new Cost(trial.Evaluations, predictor.ModelRows - rowsBefore, clock.Elapsed.TotalMilliseconds),
            Background = background.Description,
            Warnings = [.. Warnings.Of(predictor, clippedBefore), .. chosen.Count == 0 ? [NothingFound()] : Array.Empty<string>(), .. Unlikely(chosen)],
        };

        ImmutableArray<ColumnFreedom> Freedoms(ImmutableDictionary<string, ColumnConstraint> within) => [.. Enumerable.Range(0, background.ColumnCount).Select(column =>
        {
            cancellation.ThrowIfCancellationRequested();
            return new ColumnFreedom(row, background, column, within.GetValueOrDefault(background.Encoder.Columns[column].Name), distance);
        })];

        int[] Unlike()
        {
            double[] scores = Decision.Scores(predictor, background, cancellation);
            int width = predictor.Output.Width;
            return [.. Enumerable.Range(0, background.RowCount).Where(i => desired.Gain(scores.AsSpan(i * width, width)) >= 0)];
        }

        // On the texts that are shown, in one batch.
        List<Verified> Verify()
        {
            Candidate[] smallest = [.. found.OrderBy(candidate => candidate.Cost).Take(MostVerified)];
            if (smallest.Length == 0)
                return [];
            EncodedTable written = row.Table.WithCells(row.Index, [.. smallest.Select(
                candidate => candidate.Changed.ToDictionary(column => column, column => candidate.Cells[column]!.Value.Text))]);
            double[] scores = Decision.Scores(predictor, written, cancellation);
            double[] values = Decision.Values(predictor, written, cancellation);
            var plausibility = new Plausibility(background, distance, cancellation);
            int width = predictor.Output.Width;
            return [.. Enumerable.Range(0, smallest.Length).Where(i => desired.Gain(scores.AsSpan(i * width, width)) >= 0).Select(
                i => new Verified(smallest[i], plausibility.Of(written, i), Decision.Class(scores.AsSpan(i * width, width)), values[i]))];
        }

        Counterfactual Tell(Verified each) => new(
            [.. each.Row.Changed.Select(column => new CellChange(row.Features[column].Name, row.Features[column].Value ?? "", each.Row.Cells[column]!.Value.Text))],
            predictor.IsClassifier ? predictor.NameOf(each.Class) : predictor.Target.Name, each.Value, each.Row.Cost, each.Plausibility);

        string NothingFound()
        {
            string nothing = $"No change was found that makes the model say {desired.Description}.";
            if (unlike.Length == 0)
                return $"{nothing} It says so of no row of the background either ({background.Description}). Name a background with such rows.";
            string[] declared = [.. constraints.Where(each => background.Encoder.Columns.Any(column => column.Name == each.Key)).Select(each => each.Key).Order(StringComparer.Ordinal)];
            if (declared.Length == 0)
                return $"{nothing} Raise evaluations to search on.";
            string[] binding = [.. declared.Where(name => Frees(name))];
            string list = string.Join(", ", (binding.Length == 0 ? declared : binding).Select(name => $"{name} ({constraints[name]})"));
            return binding.Length == 0
                ? $"{nothing} These constraints together stand in the way: {list}. Loosen some of them."
                : $"{nothing} A constraint stands in the way: {list}. Without {(binding.Length == 1 ? "it" : "one of these")} there are such changes.";

            bool Frees(string name) =>
                trial.Holding(search.Reachable([.. unlike.Take(1000)], Freedoms(constraints.Remove(name)), cancellation), cancellation).Count > 0;
        }
    }

    private static ImmutableDictionary<string, ColumnConstraint> Constraints(LocalRequest request, OptionReader options, EncodedTable background)
    {
        var constraints = request.Constraints;
        foreach (string name in options.List("immutable") ?? [])
        {
            _ = TableRequest.Column(name, background);
            constraints = constraints.SetItem(name, new ColumnConstraint { Immutable = true });
        }
        return constraints;
    }

    private static IEnumerable<string> Unlikely(List<Verified> chosen)
    {
        int unlikely = chosen.Count(each => each.Plausibility == 0);
        if (unlikely > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"{unlikely} of {chosen.Count} counterfactuals lie farther from the background's rows than any of these from its nearest: such rows may not exist. Declare ranges and categories in explain.json (columns), or name a larger background.");
        }
    }
}
