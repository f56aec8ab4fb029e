using System.Numerics;

namespace ExplainLsp.Explainers.Trees;

/// <summary>
/// Interventional TreeSHAP (Lundberg et al. 2020; Laberge and Pequignot 2022): an absent feature takes a background row's value. Only the
/// background's patterns matter, so rows that pass alike count together (as in Woodelf, 2025): the cost of a row does not grow with the
/// background once each pattern is tabulated.
/// </summary>
internal sealed class InterventionalGame
{
    private readonly int features;
    private readonly (ulong Pattern, double Share)[] background;

    /// <param name="features">Features of the path.</param>
    /// <param name="background">Patterns of the background rows with their share of it.</param>
    public InterventionalGame(int features, (ulong Pattern, double Share)[] background)
    {
        this.features = features;
        this.background = background;
        ulong full = Full;
        Reach = background.Where(row => row.Pattern == full).Sum(row => row.Share);
    }

    /// <summary>The share of the background that reaches the leaf: what its value counts in the base value.</summary>
    public double Reach { get; }

    private ulong Full => FullOf(features);

    /// <summary>The pattern of a row that passes all of so many features.</summary>
    public static ulong FullOf(int features) => features == 64 ? ulong.MaxValue : (1UL << features) - 1;

    /// <summary>Adds the Shapley values of a leaf of value 1.</summary>
    /// <param name="pattern">One bit a feature of the path: whether the row passes.</param>
    /// <param name="values">One a feature of the path.</param>
    public void AddValues(ulong pattern, Span<double> values)
    {
        ulong full = Full;
        foreach ((ulong other, double share) in background)
        {
            if ((pattern | other) == full)
                AddValues(pattern, other, share, values);
        }
    }

    /// <summary>Adds the Shapley values of a leaf against one background row that can reach it together with the row.</summary>
    /// <param name="pattern">The row's.</param>
    /// <param name="other">The background row's.</param>
    /// <param name="leaf">The leaf's value.</param>
    /// <param name="values">One a feature of the path.</param>
    public static void AddValues(ulong pattern, ulong other, double leaf, Span<double> values)
    {
        ulong needed = pattern & ~other, barred = other & ~pattern;
        int a = BitOperations.PopCount(needed), b = BitOperations.PopCount(barred);
        double plus = leaf * ShapleyWeights.Present(a, b), minus = leaf * ShapleyWeights.Absent(a, b);
        for (ulong rest = needed; rest != 0; rest &= rest - 1)
            values[BitOperations.TrailingZeroCount(rest)] += plus;
        for (ulong rest = barred; rest != 0; rest &= rest - 1)
            values[BitOperations.TrailingZeroCount(rest)] -= minus;
    }

    /// <summary>Adds the Shapley interaction indices (Fujimoto et al. 2006) of all pairs j &lt; k of the path, row by row of the upper triangle, of a leaf of value 1.</summary>
    public void AddInteractions(ulong pattern, Span<double> pairs)
    {
        ulong full = Full;
        foreach ((ulong other, double share) in background)
        {
            if ((pattern | other) != full)
                continue;
            ulong needed = pattern & ~other, barred = other & ~pattern;
            int a = BitOperations.PopCount(needed), b = BitOperations.PopCount(barred);
            for (int j = 0, at = 0; j < features; j++)
            {
                for (int k = j + 1; k < features; k++, at++)
                    pairs[at] += share * PairIndex(needed, barred, j, k, a, b);
            }
        }
    }

    /// <summary>∫ tᵃ′ (1−t)ᵇ′ dt over the other differing features, signed by which side the two stand on.</summary>
    private static double PairIndex(ulong needed, ulong barred, int j, int k, int a, int b)
    {
        int needs = (int)((needed >> j & 1) + (needed >> k & 1)), bars = (int)((barred >> j & 1) + (barred >> k & 1));
        if (needs + bars != 2)
            return 0;
        double size = ShapleyWeights.Beta(a - needs, b - bars);
        return bars == 1 ? -size : size;
    }
}

/// <summary>Shapley weights of a product game with a features that must be present and b that must be absent.</summary>
internal static class ShapleyWeights
{
    private const int Most = LeafPath.MostFeatures + 1;
    private static readonly double[] Table = Build();

    /// <summary>The value of each feature that must be present: (a − 1)! b! / (a + b)!; 0 without one.</summary>
    public static double Present(int a, int b) => a == 0 ? 0 : Beta(a - 1, b);

    /// <summary>The size of the (negative) value of each feature that must be absent: a! (b − 1)! / (a + b)!; 0 without one.</summary>
    public static double Absent(int a, int b) => b == 0 ? 0 : Beta(a, b - 1);

    /// <summary>∫₀¹ tᵃ (1 − t)ᵇ dt = a! b! / (a + b + 1)!.</summary>
    public static double Beta(int a, int b) => Table[(a * Most) + b];

    private static double[] Build()
    {
        double[] table = new double[Most * Most];
        for (int a = 0; a < Most; a++)
        {
            double value = 1.0 / (a + 1);
            for (int b = 0; b < Most; b++)
            {
                table[(a * Most) + b] = value;
                value *= (b + 1.0) / (a + b + 2);
            }
        }
        return table;
    }
}
