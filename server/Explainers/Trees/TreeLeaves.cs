using System.Collections.Immutable;

namespace ExplainLsp.Explainers.Trees;

/// <summary>The leaves of one tree as games.</summary>
/// <param name="games">Each leaf with its game.</param>
/// <param name="interactions">Whether pairs are wanted too.</param>
/// <param name="rows">Rows that will be asked for: where they are more than a leaf's patterns, its values are tabulated.</param>
internal sealed class TreeLeaves((LeafPath Path, InterventionalGame Game)[] games, bool interactions, int rows)
{
    /// <summary>Whether the tables hold pairs.</summary>
    public bool HasPairs => interactions;

    /// <summary>The leaves.</summary>
    public ImmutableArray<LeafTable> All { get; } = [.. games.Select(each => LeafTable.Of(each.Path, each.Game, interactions, rows))];
}

/// <summary>A leaf of value 1.</summary>
/// <param name="Path">The way to it.</param>
/// <param name="Game">What absent features mean there.</param>
/// <param name="Values">The Shapley values of all patterns, by feature, then pattern; null when they are worked out row by row.</param>
/// <param name="Pairs">The interaction indices of all patterns, by pair, then pattern; null likewise, or when they are not wanted.</param>
internal sealed record LeafTable(LeafPath Path, InterventionalGame Game, double[]? Values, double[]? Pairs)
{
    /// <summary>Patterns that a table has room for, as a power of two: at least a vector's.</summary>
    public int Shift { get; } = ShiftOf(Path);

    /// <summary>Numbers that a leaf's tables would hold.</summary>
    public static long Numbers(LeafPath path, bool interactions)
    {
        int count = path.Features.Length;
        return count > RowPatterns.ByteFeatures ? long.MaxValue / 1_000_000 : (long)(count + (interactions ? count * (count - 1) / 2 : 0)) << ShiftOf(path);
    }

    /// <summary>A leaf, tabulated where that is less work.</summary>
    public static LeafTable Of(LeafPath path, InterventionalGame game, bool interactions, int rows)
    {
        int count = path.Features.Length, shift = ShiftOf(path);
        if (count > RowPatterns.ByteFeatures || 1 << count > rows)
            return new LeafTable(path, game, null, null);
        double[] values = new double[count << shift];
        double[]? pairs = interactions ? new double[count * (count - 1) / 2 << shift] : null;
        Span<double> found = stackalloc double[Math.Max(count, count * (count - 1) / 2)];
        for (int pattern = 0; pattern < 1 << count; pattern++)
        {
            found.Clear();
            game.AddValues((ulong)pattern, found[..count]);
            for (int j = 0; j < count; j++)
                values[(j << shift) + pattern] = found[j];
            if (pairs is null)
                continue;
            found.Clear();
            game.AddInteractions((ulong)pattern, found);
            for (int j = 0; j < pairs.Length >> shift; j++)
                pairs[(j << shift) + pattern] = found[j];
        }
        return new LeafTable(path, game, values, pairs);
    }

    private static int ShiftOf(LeafPath path) => Math.Max(path.Features.Length, 3);
}
