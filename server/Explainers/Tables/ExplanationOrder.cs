using System.Collections.Immutable;

namespace ExplainLsp.Explainers;

/// <summary>
/// Rows in an order in which alike explanations stand side by side: agglomerative clustering of their attributions by complete linkage
/// (nearest-neighbour chain, Murtagh 1983) over Euclidean distances, leaves in the order of the tree, each pair turned so that the closer
/// ends meet (Gruvaeus and Wainer 1972). Deterministic; ties keep the file's order.
/// </summary>
public static class ExplanationOrder
{
    /// <summary>More rows than this would take memory that grows with their square; an even spread of them is ordered.</summary>
    public const int MostRows = 1000;

    /// <summary>Places among the samples' rows, each at most once, in the order to show them; all of them up to <see cref="MostRows"/>.</summary>
    /// <param name="samples">Attributions of rows; rows with attributions that are not finite come last.</param>
    /// <param name="cancellation">Stops it.</param>
    public static ImmutableArray<int> Of(SampleAttributions samples, CancellationToken cancellation)
    {
        var (all, columns) = (samples.Rows.Length, samples.Features.Length);
        var count = Math.Min(all, MostRows);
        int[] rows = [.. Enumerable.Range(0, count).Select(i => (int)((long)i * all / count))];
        int[] finite = [.. rows.Where(row => Enumerable.Range(row * columns, columns).All(at => float.IsFinite(samples.Contributions[at])))];
        var distances = Distances(samples, finite, cancellation);
        return [.. Leaves(distances, finite.Length, cancellation).Select(leaf => finite[leaf]), .. rows.Except(finite)];
    }

    private static float[][] Distances(SampleAttributions samples, int[] rows, CancellationToken cancellation)
    {
        var columns = samples.Features.Length;
        var distances = new float[rows.Length][];
        for (var i = 0; i < rows.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            distances[i] = new float[rows.Length];
            var one = samples.Contributions.AsSpan().Slice(rows[i] * columns, columns);
            for (var j = 0; j < i; j++)
            {
                var other = samples.Contributions.AsSpan().Slice(rows[j] * columns, columns);
                var squares = 0.0;
                for (var column = 0; column < columns; column++) squares += ((double)one[column] - other[column]) * ((double)one[column] - other[column]);
                distances[i][j] = distances[j][i] = (float)Math.Sqrt(squares);
            }
        }

        return distances;
    }

    private static List<int> Leaves(float[][] original, int count, CancellationToken cancellation)
    {
        if (count == 0) return [];
        var distances = Array.ConvertAll(original, row => (float[])row.Clone());
        var clusters = new List<int>?[count];
        for (var i = 0; i < count; i++) clusters[i] = [i];
        var chain = new List<int>();
        for (var merges = 0; merges < count - 1; merges++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (chain.Count == 0) chain.Add(Array.FindIndex(clusters, cluster => cluster is not null));
            while (true)
            {
                var last = chain[^1];
                // The one before wins ties, else the chain would never end.
                var nearest = chain.Count > 1 ? chain[^2] : -1;
                for (var other = 0; other < count; other++)
                {
                    if (other == last || clusters[other] is null) continue;
                    if (nearest < 0 || distances[last][other] < distances[last][nearest]) nearest = other;
                }

                if (chain.Count > 1 && nearest == chain[^2]) break;
                chain.Add(nearest);
            }

            var (a, b) = (Math.Min(chain[^1], chain[^2]), Math.Max(chain[^1], chain[^2]));
            chain.RemoveRange(chain.Count - 2, 2);
            clusters[a] = Joined(clusters[a]!, clusters[b]!, original);
            clusters[b] = null;
            for (var other = 0; other < count; other++)
            {
                if (other != a && clusters[other] is not null) distances[a][other] = distances[other][a] = Math.Max(distances[a][other], distances[b][other]);
            }
        }

        return clusters.First(cluster => cluster is not null)!;
    }

    /// <summary>Two clusters one after the other, turned so that their closest ends meet.</summary>
    private static List<int> Joined(List<int> first, List<int> second, float[][] distances)
    {
        (bool TurnFirst, bool TurnSecond, float Distance)[] ways =
        [
            (false, false, distances[first[^1]][second[0]]), (false, true, distances[first[^1]][second[^1]]),
            (true, false, distances[first[0]][second[0]]), (true, true, distances[first[0]][second[^1]]),
        ];
        var (turnFirst, turnSecond, _) = ways.MinBy(way => way.Distance);
        if (turnFirst) first.Reverse();
        if (turnSecond) second.Reverse();
        first.AddRange(second);
        return first;
    }
}
