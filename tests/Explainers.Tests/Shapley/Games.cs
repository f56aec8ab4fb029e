using ExplainLsp.Explainers.Sampling;
using ExplainLsp.Explainers.Shapley;

namespace ExplainLsp.Explainers.Tests.Shapley;

/// <summary>A game given by a formula; counts its evaluations.</summary>
internal sealed class FormulaGame(int players, Func<bool[], double> value) : ICoalitionGame
{
    public int Players => players;

    public long Evaluations { get; private set; }

    public Action? BeforeBatch { get; init; }

    public void Evaluate(ReadOnlySpan<bool> coalitions, Span<double> values, CancellationToken cancellation)
    {
        BeforeBatch?.Invoke();
        cancellation.ThrowIfCancellationRequested();
        bool[] coalition = new bool[players];
        for (int i = 0; i < values.Length; i++)
        {
            coalitions.Slice(i * players, players).CopyTo(coalition);
            values[i] = value(coalition);
        }
        Evaluations += values.Length;
    }
}

/// <summary>Games whose Shapley values are known in closed form.</summary>
internal static class Games
{
    public static FormulaGame Additive(double offset, params double[] worth) =>
        new(worth.Length, s => offset + worth.Where((_, i) => s[i]).Sum());

    /// <summary>Worth 1 when all of a group take part: each of the group gets 1 / its size.</summary>
    public static FormulaGame Unanimity(int players, params int[] group) => new(players, s => group.All(i => s[i]) ? 1 : 0);

    /// <summary>Weighted voting: worth 1 when the votes reach the quota.</summary>
    public static FormulaGame Voting(double quota, params double[] votes) =>
        new(votes.Length, s => votes.Where((_, i) => s[i]).Sum() >= quota ? 1 : 0);

    /// <summary>The product of one factor a player: (1 + worth) when present, 1 when not.</summary>
    public static FormulaGame Product(params double[] worth) =>
        new(worth.Length, s => worth.Where((_, i) => s[i]).Aggregate(1.0, (product, w) => product * (1 + w)));

    /// <summary>
    /// A random sum of unanimity games c_T · [T ⊆ S] with groups of 1 to <paramref name="order"/> players; by linearity each player of T
    /// gets c_T / |T|.
    /// </summary>
    public static (FormulaGame Game, double[] Values) RandomSum(int players, int groups, int order, long seed)
    {
        var random = new SeededRandom(seed, 7);
        var terms = new (double Worth, ulong Group)[groups];
        double[] values = new double[players];
        for (int t = 0; t < groups; t++)
        {
            int[] members = random.Permutation(players)[..(1 + (int)random.Below(order))];
            double worth = random.Normal();
            terms[t] = (worth, members.Aggregate(0UL, (bits, member) => bits | (1UL << member)));
            foreach (int member in members)
                values[member] += worth / members.Length;
        }
        return (new FormulaGame(players, Value), values);

        double Value(bool[] coalition)
        {
            ulong present = 0;
            for (int i = 0; i < coalition.Length; i++)
                present |= coalition[i] ? 1UL << i : 0;
            double sum = 0;
            foreach ((double worth, ulong group) in terms)
                sum += (group & ~present) == 0 ? worth : 0;
            return sum;
        }
    }
}
