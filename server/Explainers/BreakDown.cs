using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using ExplainLsp.Explainers.Shapley;
using ExplainLsp.Explainers.Tables;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers;

/// <summary>
/// Break-down with interactions (Gosiewska and Biecek 2019; Staniak and Biecek 2018): columns take the row's values one after another, and
/// each is charged with how far the mean prediction over the background moves. The contributions add up exactly, and stand in the order
/// in which columns were fixed.
/// </summary>
/// <remarks>
/// As DALEX and iBreakDown: columns are ordered by how far each alone moves the mean; a pair <c>a:b</c> stands among them with how far
/// both together move it beyond the sum of what each does alone, times <c>interaction-preference</c>. The list is followed from the
/// strongest on; a column or pair whose columns are all still free is fixed, what is not free any more is passed over. So a pair is kept
/// where its interaction is stronger than each of its columns alone. Other orders give other contributions: these are one story of several.
/// </remarks>
public sealed class BreakDown : ILocalExplainer
{
    private const int MostPairedColumns = 60;

    /// <inheritdoc/>
    public string Id => "break-down";

    /// <inheritdoc/>
    public string Title => "Break-down";

    /// <inheritdoc/>
    public IReadOnlyList<ExplainerOption> Options { get; } =
    [
        new("interactions", "true", "true: pairs of columns may stand together; false: columns alone."),
        new("interaction-preference", "1", "Factor on the strength of pairs, 0 to 1,000: above 1 more of them are kept."),
        new("feature", null, "Columns that are fixed first, by name, in that order, separated by commas; by strength when not given."),
    ];

    /// <inheritdoc/>
    public SampleKinds Kinds => SampleKinds.Rows;

    /// <inheritdoc/>
    public Explanation Explain(LocalRequest request, IProgress<ExplanationProgress>? progress, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        Predictor predictor = request.Predictor;
        (long rowsBefore, long clippedBefore) = (predictor.ModelRows, predictor.ClippedRows);
        var options = new OptionReader(Id, Options, request.Options);
        bool interactions = options.Word("interactions", "true", "true", "false") == "true";
        double preference = options.Number("interaction-preference", 1, 0, 1000);
        (TableRow row, EncodedTable background) = TableRequest.RowOf(request, Id);
        ImmutableArray<int> given = options.Has("feature") ? TableRequest.Features(options, row.Table) : [];

        var game = new ModelGame(predictor, request.Masker!, Link.Identity, done => progress?.Report(new ExplanationProgress(done, done)));
        double[] single = Values(game, [[], .. Enumerable.Range(0, game.Players).Select(player => new[] { player })], cancellation);
        double baseValue = single[0];
        int[] strongest = [.. Enumerable.Range(0, game.Players).OrderByDescending(player => Math.Abs(single[player + 1] - baseValue))];
        List<Step> steps = [.. Enumerable.Range(0, game.Players).Select(player => new Step([player], Math.Abs(single[player + 1] - baseValue)))];
        if (interactions)
        {
            int[] paired = [.. strongest.Take(MostPairedColumns).Order()];
            int[][] pairs = [.. paired.SelectMany((first, i) => paired.Skip(i + 1).Select(second => new[] { first, second }))];
            double[] together = Values(game, pairs, cancellation);
            steps.AddRange(pairs.Select((pair, i) => new Step(
                pair, preference * Math.Abs(together[i] - single[pair[0] + 1] - single[pair[1] + 1] + baseValue))));
        }

        int[] first = [.. given.Select(column => game.Varying.ToList().IndexOf(column)).Where(player => player >= 0)];
        int[][] path = Path([.. first.Select(player => new Step([player], 0)), .. steps.OrderByDescending(step => step.Strength)]);
        double[] means = Values(game, [.. path.Select((_, i) => path.Take(i + 1).SelectMany(players => players).ToArray())], cancellation);
        double predicted = means.Length == 0 ? baseValue : means[^1];
        ImmutableArray<Attribution> attributions =
        [
            .. path.Select((players, i) => Contribution(row, [.. players.Select(player => game.Varying[player])], means[i] - (i == 0 ? baseValue : means[i - 1]))),
            // A column that is the same in all background rows moves nothing.
            .. Enumerable.Range(0, row.Features.Count).Except(game.Varying).Select(column => Contribution(row, [column], 0)),
        ];
        return new Explanation
        {
            Method = Id,
            Options = options.InForce,
            Seed = request.Seed,
            Target = predictor.Target,
            PredictedValue = predicted,
            BaseValue = baseValue,
            CompletenessGap = predicted - baseValue - attributions.Sum(attribution => attribution.Contribution),
            Attributions = attributions,
            Cost = new Cost(game.Evaluations, predictor.ModelRows - rowsBefore, clock.Elapsed.TotalMilliseconds),
            Background = background.Description,
            Warnings = [.. Warnings.Of(predictor, clippedBefore), .. Unpaired(interactions, game.Players)],
        };
    }

    private static IEnumerable<string> Unpaired(bool interactions, int columns)
    {
        if (interactions && columns > MostPairedColumns)
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"Interactions were looked for among the {MostPairedColumns:N0} columns of {columns:N0} that move the mean most alone. Others may be missed.");
        }
    }

    /// <summary>The mean over the background with only some players at the row's values.</summary>
    private static double[] Values(ModelGame game, int[][] present, CancellationToken cancellation)
    {
        bool[] coalitions = new bool[present.Length * game.Players];
        for (int i = 0; i < present.Length; i++)
        {
            foreach (int player in present[i])
                coalitions[(i * game.Players) + player] = true;
        }
        double[] values = new double[present.Length];
        game.Evaluate(coalitions, values, cancellation);
        return values;
    }

    private static int[][] Path(IEnumerable<Step> ordered)
    {
        var taken = new HashSet<int>();
        return [.. ordered.Where(step =>
        {
            if (step.Players.Any(taken.Contains))
                return false;
            taken.UnionWith(step.Players);
            return true;
        }).Select(step => step.Players)];
    }

    private static Attribution Contribution(TableRow row, int[] columns, double contribution) => new(
        string.Join(":", columns.Select(column => row.Features[column].Name)),
        string.Join(":", columns.Select(column => row.Features[column].Value)),
        contribution);

    /// <summary>Players that may be fixed together, and what speaks for it.</summary>
    private sealed record Step(int[] Players, double Strength);
}
