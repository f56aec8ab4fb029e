using System.Numerics;

namespace ExplainLsp.Explainers.Sampling;

/// <summary>
/// The only source of chance: xoshiro256** (Blackman and Vigna 2018), its state filled by splitmix64 from a seed and a key. Streams
/// with different keys are independent, so work that is keyed by what it is about (a column, a repeat, a coalition size) gives the
/// same numbers however it is split into batches or threads. Not for secrets. Not safe for use from several threads.
/// </summary>
public sealed class SeededRandom
{
    private ulong s0, s1, s2, s3;
    private double spareNormal = double.NaN;

    /// <summary>A stream.</summary>
    /// <param name="seed">The seed of the whole explanation.</param>
    /// <param name="key">What this stream is for: any whole numbers, order matters.</param>
    public SeededRandom(long seed, params ReadOnlySpan<long> key)
    {
        ulong state = unchecked((ulong)seed);
        foreach (long part in key)
            state = SplitMix(ref state) ^ unchecked((ulong)part);
        s0 = SplitMix(ref state);
        s1 = SplitMix(ref state);
        s2 = SplitMix(ref state);
        s3 = SplitMix(ref state);
    }

    /// <summary>64 random bits.</summary>
    public ulong NextBits()
    {
        ulong result = BitOperations.RotateLeft(s1 * 5, 7) * 9;
        ulong t = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        s3 = BitOperations.RotateLeft(s3, 45);
        return result;
    }

    /// <summary>Uniform in [0, 1), a multiple of 2⁻⁵³.</summary>
    public double Uniform() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A whole number from 0 to <paramref name="bound"/> − 1, each equally likely (Lemire 2019, with rejection).</summary>
    /// <param name="bound">1 or more.</param>
    public long Below(long bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        ulong range = (ulong)bound;
        ulong reject = unchecked(0 - range) % range;
        while (true)
        {
            ulong high = Math.BigMul(NextBits(), range, out ulong low);
            if (low >= reject)
                return (long)high;
        }
    }

    /// <summary>Standard normal (Marsaglia's polar method).</summary>
    public double Normal()
    {
        if (!double.IsNaN(spareNormal))
        {
            double spare = spareNormal;
            spareNormal = double.NaN;
            return spare;
        }
        while (true)
        {
            double x = (2 * Uniform()) - 1;
            double y = (2 * Uniform()) - 1;
            double square = (x * x) + (y * y);
            if (square is >= 1 or 0)
                continue;
            double scale = Math.Sqrt(-2 * Math.Log(square) / square);
            spareNormal = y * scale;
            return x * scale;
        }
    }

    /// <summary>The numbers 0 to <paramref name="count"/> − 1 in random order, every order equally likely.</summary>
    public int[] Permutation(int count)
    {
        int[] order = new int[count];
        for (int i = 0; i < count; i++)
            order[i] = i;
        Shuffle(order, count);
        return order;
    }

    /// <summary>
    /// Brings a random choice of <paramref name="chosen"/> items to the front, in random order (the first steps of Fisher and Yates).
    /// </summary>
    public void Shuffle<T>(Span<T> items, int chosen)
    {
        for (int i = 0; i < chosen && i < items.Length - 1; i++)
        {
            int j = i + (int)Below(items.Length - i);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private static ulong SplitMix(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        ulong z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
