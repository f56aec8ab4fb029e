using System.Collections.Immutable;
using System.Diagnostics;
using ExplainLsp.Explainers.Tables;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers;

/// <summary>
/// The rows of the background that resemble the explained one most: examples, of which the model says the same, and counter-examples, of
/// which it says something else (nearest hits and misses; Kira and Rendell 1992). Distances are those of counterfactuals: |difference| /
/// median absolute deviation, 1 for another category.
/// </summary>
/// <remarks>
/// <para>The same is the same class; for a regression a value that differs by at most <c>tolerance</c>. The row itself is left out.</para>
/// <para>Attributions say where counter-examples differ: the column's share of their distance, 0 to 1.</para>
/// </remarks>
public sealed class NearestExamples : ILocalExplainer
{
    /// <inheritdoc/>
    public string Id => "nearest-examples";

    /// <inheritdoc/>
    public string Title => "Nearest examples";

    /// <inheritdoc/>
    public IReadOnlyList<ExplainerOption> Options { get; } =
    [
        new("count", "3", "Examples, and as many counter-examples, at most; 1 to 1,000."),
        new("tolerance", null, "Regression: the largest difference that counts as the same, in the value's unit; the median absolute deviation of the background's predictions when not given."),
    ];

    /// <inheritdoc/>
    public SampleKinds Kinds => SampleKinds.Rows;

    /// <inheritdoc/>
    public int BackgroundRows => 100_000;

    /// <inheritdoc/>
    public Explanation Explain(LocalRequest request, IProgress<ExplanationProgress>? progress, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        Predictor predictor = request.Predictor;
        (long rowsBefore, long clippedBefore) = (predictor.ModelRows, predictor.ClippedRows);
        (TableRow row, EncodedTable background) = TableRequest.RowOf(request, Id);
        var options = new OptionReader(Id, Options, request.Options);
        int count = (int)options.WholeNumber("count", 3, 1, 1000);

        double[] scores = Decision.Scores(predictor, background, cancellation);
        SamePrediction same = SamePrediction.Of(predictor, options, row, () => scores, cancellation);
        var distance = new RowDistance(background, cancellation);
        double[] own = distance.Point(row.Table, row.Index);
        Near[] nearest = [.. Ranked().OrderBy(near => near.Distance).ThenBy(near => near.Index)];
        Near[] chosen = [.. nearest.Where(near => near.Same).Take(count).Concat(nearest.Where(near => !near.Same).Take(count)).OrderBy(near => near.Distance).ThenBy(near => near.Index)];
        EncodedTable rows = background.Select([.. chosen.Select(near => near.Index)], background.Description);
        double[] values = Decision.Values(predictor, rows, cancellation);
        Near[] others = [.. chosen.Where(near => !near.Same && near.Distance > 0)];

        return new Explanation
        {
            Method = Id,
            Options = options.InForce,
            Seed = request.Seed,
            Target = predictor.Target,
            PredictedValue = predictor.PredictOne(row, cancellation),
            Attributions = [.. row.Features.Select((feature, column) => new Attribution(feature.Name, feature.Value,
                others.Length == 0 ? 0 : others.Sum(near => distance.Part(column, own, near.Point)) / others.Sum(near => near.Distance)))],
            Neighbours = [.. chosen.Select((near, i) => new Neighbour(
                rows.RowNumbers[i], near.Same, predictor.IsClassifier ? predictor.NameOf(near.Class) : predictor.Target.Name, values[i], near.Distance))],
            Cost = new Cost(background.RowCount, predictor.ModelRows - rowsBefore, clock.Elapsed.TotalMilliseconds),
            Background = background.Description,
            Warnings = [.. Warnings.Of(predictor, clippedBefore), .. Lacking(chosen, background)],
        };

        IEnumerable<Near> Ranked()
        {
            int width = predictor.Output.Width;
            for (int i = 0; i < background.RowCount; i++)
            {
                if ((i & 0xFF) == 0)
                    cancellation.ThrowIfCancellationRequested();
                if (IsItself(i))
                    continue;
                ReadOnlySpan<double> said = scores.AsSpan(i * width, width);
                double[] point = distance.Point(background, i);
                yield return new Near(i, point, distance.Between(own, point), same.Holds(said), Decision.Class(said));
            }
        }

        // The explained row is one of the background's where both are of one file.
        bool IsItself(int other) => background.RowNumbers[other] == row.Table.RowNumbers[row.Index]
            && Enumerable.Range(0, background.ColumnCount).All(column => background.Text(other, column) == row.Table.Text(row.Index, column));
    }

    private static IEnumerable<string> Lacking(Near[] chosen, EncodedTable background)
    {
        if (!chosen.Any(near => near.Same))
            yield return $"The model says the same of no other row ({background.Description}): there is no example. Name a larger background with --background.";
        if (chosen.All(near => near.Same))
            yield return $"The model says the same of all rows ({background.Description}): there is no counter-example. Name a larger background with --background.";
    }

    private sealed record Near(int Index, double[] Point, double Distance, bool Same, int Class);
}
