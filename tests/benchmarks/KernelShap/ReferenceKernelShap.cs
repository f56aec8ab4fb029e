using ExplainLsp.Explainers.Shapley;

namespace ExplainLsp.Benchmarks.KernelShap;

/// <summary>
/// KernelSHAP as the library of Lundberg and Lee estimates it, for comparison: sizes whole while the budget covers them, the rest drawn with
/// replacement by kernel weight in complementary pairs, one least squares fit.
/// </summary>
internal static class ReferenceKernelShap
{
    /// <summary>Values of a game from so many coalitions, the empty and the full one not counted.</summary>
    public static double[] Solve(ICoalitionGame game, int evaluations, int seed)
    {
        var players = game.Players;
        var random = new Random(seed);
        double[] ends = new double[2];
        game.Evaluate([.. new bool[players], .. Enumerable.Repeat(true, players)], ends, default);
        var drawn = Draw(players, evaluations, random);
        var keys = drawn.Keys.ToArray();
        var coalitions = new bool[keys.Length * players];
        for (var i = 0; i < coalitions.Length; i++)
        {
            coalitions[i] = (keys[i / players] >> (i % players) & 1) == 1;
        }

        var values = new double[keys.Length];
        game.Evaluate(coalitions, values, default);
        return Fit(players, keys, [.. keys.Select(key => drawn[key])], values, ends[0], ends[1]);
    }

    private static Dictionary<ulong, double> Draw(int players, int evaluations, Random random)
    {
        var sizes = (int)Math.Ceiling((players - 1) / 2.0);
        var paired = (players - 1) / 2;
        double[] weights = [.. Enumerable.Range(1, sizes).Select(size => (players - 1.0) / (size * (players - size)) * (size <= paired ? 2 : 1))];
        var total = weights.Sum();
        weights = [.. weights.Select(weight => weight / total)];
        var drawn = new Dictionary<ulong, double>();
        double left = evaluations, remaining = 1;
        var full = 0;
        for (var size = 1; size <= sizes; size++)
        {
            var subsets = Choose(players, size) * (size <= paired ? 2 : 1);
            if (left * weights[size - 1] / remaining / subsets < 1 - 1e-8)
            {
                break;
            }

            foreach (var subset in Subsets(players, size))
            {
                drawn[subset] = weights[size - 1] / subsets;
                if (size <= paired)
                {
                    drawn[All(players) & ~subset] = weights[size - 1] / subsets;
                }
            }

            full++;
            left -= subsets;
            remaining -= weights[size - 1];
        }

        if (full < sizes)
        {
            DrawRest(players, weights, full, paired, (int)left, remaining, random, drawn);
        }

        return drawn;
    }

    private static void DrawRest(
        int players, double[] weights, int full, int paired, int left, double remaining, Random random, Dictionary<ulong, double> drawn)
    {
        var sampled = new Dictionary<ulong, double>();
        int[] order = [.. Enumerable.Range(0, players)];
        var mass = weights.Skip(full).Sum();
        for (var tries = 4 * left; tries > 0 && left > 0; tries--)
        {
            var at = random.NextDouble() * mass;
            var size = full + 1;
            while (size < weights.Length && (at -= weights[size - 1]) > 0)
            {
                size++;
            }

            random.Shuffle(order);
            var subset = order.Take(size).Aggregate(0UL, (bits, player) => bits | 1UL << player);
            Add(subset);
            if (size <= paired && left > 0)
            {
                Add(All(players) & ~subset);
            }
        }

        var sum = sampled.Values.Sum();
        foreach (var (subset, count) in sampled)
        {
            drawn[subset] = remaining * count / sum;
        }

        void Add(ulong subset)
        {
            left -= sampled.ContainsKey(subset) ? 0 : 1;
            sampled[subset] = sampled.GetValueOrDefault(subset) + 1;
        }
    }

    /// <summary>Weighted least squares with the last player's value given by the sum.</summary>
    private static double[] Fit(int players, ulong[] subsets, double[] weights, double[] values, double empty, double full)
    {
        var n = players - 1;
        var normal = new double[n, n + 1];
        for (var i = 0; i < subsets.Length; i++)
        {
            double last = subsets[i] >> n & 1;
            double[] row = [.. Enumerable.Range(0, n).Select(player => (subsets[i] >> player & 1) - last)];
            var target = values[i] - empty - (last * (full - empty));
            for (var a = 0; a < n; a++)
            {
                for (var b = 0; b < n; b++)
                {
                    normal[a, b] += weights[i] * row[a] * row[b];
                }

                normal[a, n] += weights[i] * row[a] * target;
            }
        }

        for (var pivot = 0; pivot < n; pivot++)
        {
            for (var row = 0; row < n; row++)
            {
                var by = row == pivot ? 0 : normal[row, pivot] / normal[pivot, pivot];
                for (var column = pivot; by != 0 && column <= n; column++)
                {
                    normal[row, column] -= by * normal[pivot, column];
                }
            }
        }

        double[] found = [.. Enumerable.Range(0, n).Select(player => normal[player, n] / normal[player, player])];
        return [.. found, full - empty - found.Sum()];
    }

    private static ulong All(int players) => (1UL << players) - 1;

    private static double Choose(int n, int k) => Enumerable.Range(1, k).Aggregate(1.0, (product, i) => product * (n - k + i) / i);

    private static IEnumerable<ulong> Subsets(int players, int size)
    {
        // The next number with as many bits.
        for (var subset = (1UL << size) - 1; subset <= All(players);)
        {
            yield return subset;
            var lowest = subset & (~subset + 1);
            var ripple = subset + lowest;
            subset = ((ripple ^ subset) >> 2) / lowest | ripple;
        }
    }
}
