using ExplainLsp.Explainers.Sampling;

namespace ExplainLsp.Explainers.Shapley;

/// <summary>
/// Draws the smaller coalition of each pair of a stratum, without replacement and each equally likely, in random order; all of them when
/// the stratum is complete. Coalitions are kept as bits.
/// </summary>
internal static class PairSampler
{
    private const long Stream = 0x6B65726E;

    /// <summary>64-bit words a coalition takes.</summary>
    public static int Words(int players) => (players + 63) / 64;

    /// <summary>Draws the coalitions of a stratum.</summary>
    /// <returns>Row-major, pairs × <see cref="Words"/>.</returns>
    public static ulong[] Draw(Stratum stratum, int players, long seed, CancellationToken cancellation)
    {
        ulong[] bits = new ulong[stratum.Pairs * Words(players)];
        // A stratum that is nearly used up is drawn by number; a vast one by drawing again what was drawn before.
        if (stratum.Available <= 4.0 * stratum.Pairs)
            DrawByNumber(stratum, players, seed, bits, cancellation);
        else
            DrawByRejection(stratum, players, seed, bits, cancellation);
        return bits;
    }

    private static void DrawByNumber(Stratum stratum, int players, long seed, ulong[] bits, CancellationToken cancellation)
    {
        var combinations = new Combinations(players);
        int[] numbers = new int[(int)stratum.Available];
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = i;
        // A complete one too: its beginning is then a sample of it, which estimates on the way need.
        new SeededRandom(seed, Stream, stratum.Members).Shuffle<int>(numbers, (int)stratum.Pairs);

        bool[] coalition = new bool[players];
        for (int pair = 0; pair < stratum.Pairs; pair++)
        {
            if ((pair & 0xFFFF) == 0)
                cancellation.ThrowIfCancellationRequested();
            // Of the halves, the first half of the ranks are those with player 0: one of each pair.
            combinations.Unrank(numbers[pair], stratum.Members, coalition);
            Pack(coalition, bits, pair);
        }
    }

    private static void DrawByRejection(Stratum stratum, int players, long seed, ulong[] bits, CancellationToken cancellation)
    {
        var random = new SeededRandom(seed, Stream, stratum.Members);
        int[] order = random.Permutation(players);
        bool[] coalition = new bool[players];
        var seen = new HashSet<int>(new SameBits(bits, Words(players)));
        for (int pair = 0; pair < stratum.Pairs;)
        {
            if ((pair & 0xFFFF) == 0)
                cancellation.ThrowIfCancellationRequested();
            random.Shuffle<int>(order, stratum.Members);
            Array.Clear(coalition);
            for (int i = 0; i < stratum.Members; i++)
                coalition[order[i]] = true;
            if (stratum.IsHalf && !coalition[0])
            {
                // The pair is the same; name it by the half that holds player 0.
                for (int i = 0; i < players; i++)
                    coalition[i] = !coalition[i];
            }
            Pack(coalition, bits, pair);
            if (seen.Add(pair))
                pair++;
        }
    }

    private static void Pack(bool[] coalition, ulong[] bits, int pair)
    {
        int words = Words(coalition.Length);
        Span<ulong> row = bits.AsSpan(pair * words, words);
        row.Clear();
        for (int i = 0; i < coalition.Length; i++)
        {
            if (coalition[i])
                row[i >> 6] |= 1UL << (i & 63);
        }
    }

    /// <summary>Compares rows of a bit matrix by what is in them.</summary>
    private sealed class SameBits(ulong[] bits, int words) : IEqualityComparer<int>
    {
        public bool Equals(int x, int y) => bits.AsSpan(x * words, words).SequenceEqual(bits.AsSpan(y * words, words));

        public int GetHashCode(int row)
        {
            // Not System.HashCode: its seed changes from run to run, and with it the set's memory layout.
            ulong hash = 0;
            foreach (ulong word in bits.AsSpan(row * words, words))
                hash = (hash ^ word ^ (word >> 29)) * 0x9E3779B97F4A7C15;
            return (int)(hash >> 32);
        }
    }
}
