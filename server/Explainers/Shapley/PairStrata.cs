namespace ExplainLsp.Explainers.Shapley;

/// <summary>
/// How many complementary pairs of coalitions (S, not S) of each size a budget buys. The leverage score of a coalition S in the
/// regression that defines Shapley values is 1 / C(n, |S|) (Musco and Witter 2024): every size weighs the same. So every size gets the
/// same share of the pairs, and a size that its share covers is taken whole, what it leaves going to the others. Single players are
/// always taken whole, so that the regression has a solution, and every other size gets at least two pairs, so that its sampling error
/// can be seen.
/// </summary>
internal sealed class PairStrata
{
    private PairStrata(Stratum[] strata) => All = strata;

    /// <summary>One stratum a size from 1 to n / 2; the other sizes are their complements.</summary>
    public IReadOnlyList<Stratum> All { get; }

    /// <summary>Pairs in all.</summary>
    public long Pairs => All.Sum(stratum => stratum.Pairs);

    /// <summary>Whether every coalition is among them.</summary>
    public bool IsComplete => All.All(stratum => stratum.IsComplete);

    /// <summary>The fewest pairs with which the values can be estimated.</summary>
    /// <param name="players">2 or more.</param>
    public static long FewestPairs(int players) => Sizes(players).Sum(size => (long)Fewest(size));

    /// <summary>Shares pairs out.</summary>
    /// <param name="players">2 or more.</param>
    /// <param name="pairs">At least <see cref="FewestPairs"/>; what exceeds all there are is not used.</param>
    public static PairStrata Allocate(int players, long pairs)
    {
        Size[] sizes = [.. Sizes(players)];
        double total = sizes.Sum(size => size.Available);
        if (pairs >= total)
            return new PairStrata([.. sizes.Select(size => new Stratum(size.Members, size.Available, (long)size.Available, size.IsHalf))]);

        double share = Share(sizes, pairs);
        double[] wanted = [.. sizes.Select(size => Wanted(size, share))];
        long[] bought = [.. wanted.Select(amount => (long)Math.Floor(amount))];
        // Whole pairs only: what rounding down left over goes to those it took most from.
        var byRemainder = Enumerable.Range(0, sizes.Length).OrderByDescending(i => wanted[i] - bought[i]).ThenBy(i => i).ToArray();
        long left = pairs - bought.Sum();
        while (left > 0)
        {
            foreach (int i in byRemainder)
            {
                if (left > 0 && bought[i] < sizes[i].Available)
                {
                    bought[i]++;
                    left--;
                }
            }
        }
        return new PairStrata([.. sizes.Select((size, i) => new Stratum(size.Members, size.Available, bought[i], size.IsHalf))]);
    }

    /// <summary>The share a unit of mass gets so that all shares together are the budget; bisection, since the sum only grows with it.</summary>
    private static double Share(Size[] sizes, long pairs)
    {
        double low = 0;
        double high = 2.0 * pairs;
        for (int i = 0; i < 200; i++)
        {
            double middle = 0.5 * (low + high);
            if (sizes.Sum(size => Wanted(size, middle)) > pairs)
                high = middle;
            else
                low = middle;
        }
        return low;
    }

    private static double Wanted(Size size, double share) =>
        Math.Max(Fewest(size), Math.Min(size.Available, size.IsHalf ? 0.5 * share : share));

    private static double Fewest(Size size) => size.Members == 1 ? size.Available : Math.Min(2, size.Available);

    private static IEnumerable<Size> Sizes(int players)
    {
        var combinations = new Combinations(players);
        for (int members = 1; members <= players / 2; members++)
        {
            // A coalition of half the players has a complement of the same size: half as many pairs.
            bool half = 2 * members == players;
            yield return new Size(members, half ? combinations.Count(members) / 2 : combinations.Count(members), half);
        }
    }

    private readonly record struct Size(int Members, double Available, bool IsHalf);
}

/// <summary>The pairs of one size.</summary>
/// <param name="Members">Players in the smaller coalition of a pair.</param>
/// <param name="Available">Pairs that there are; may be beyond any integer.</param>
/// <param name="Pairs">Pairs that are evaluated.</param>
/// <param name="IsHalf">Whether both coalitions of a pair have this size.</param>
internal sealed record Stratum(int Members, double Available, long Pairs, bool IsHalf)
{
    /// <summary>Whether all pairs are evaluated.</summary>
    public bool IsComplete => Pairs >= Available;
}
