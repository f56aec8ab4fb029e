using ExplainLsp.Models;

namespace ExplainLsp.Explainers.Trees;

/// <summary>The leaves of one tree, ready to be applied to blocks of rows. Buffers are used again from tree to tree.</summary>
/// <param name="trees">The ensemble.</param>
/// <param name="interactions">Whether pairs are wanted too.</param>
internal sealed class TreeWork(TreeEnsemble trees, bool interactions)
{
    private readonly List<Entry> leaves = [];
    private readonly ulong[] decisions = new ulong[trees.NodeCount];
    private readonly ulong[] passes = new ulong[LeafPath.MostFeatures];
    private readonly byte[] few = new byte[RowBlock.Size];
    private readonly ulong[] many = new ulong[RowBlock.Size];
    private readonly double[] values = new double[LeafPath.MostFeatures];
    private readonly double[] pairs = new double[LeafPath.MostFeatures * (LeafPath.MostFeatures - 1) / 2];
    private int first, end;

    /// <summary>Begins a tree.</summary>
    public void Begin(int tree)
    {
        leaves.Clear();
        first = trees.Roots[tree];
        end = tree + 1 < trees.Roots.Length ? trees.Roots[tree + 1] : trees.NodeCount;
    }

    /// <summary>Adds a leaf.</summary>
    /// <param name="path">The way to it.</param>
    /// <param name="game">What absent features mean there.</param>
    /// <param name="leaf">Its value.</param>
    /// <param name="tabulate">Whether the values of all patterns are worked out now.</param>
    public void Take(LeafPath path, ILeafGame game, double leaf, bool tabulate)
    {
        int count = path.Features.Length;
        if (!tabulate || count > RowPatterns.ByteFeatures)
        {
            leaves.Add(new Entry(path, game, leaf, null, null));
            return;
        }
        // By feature, then pattern: a block's rows look one feature up after another.
        double[] table = new double[count << count];
        double[]? pairTable = interactions ? new double[(count * (count - 1) / 2) << count] : null;
        for (int pattern = 0; pattern < 1 << count; pattern++)
        {
            Tabulate(game.AddValues, values.AsSpan(0, count), (ulong)pattern, leaf, table, count);
            if (pairTable is not null)
                Tabulate(game.AddInteractions, pairs.AsSpan(0, count * (count - 1) / 2), (ulong)pattern, leaf, pairTable, count);
        }
        leaves.Add(new Entry(path, game, leaf, table, pairTable));
    }

    /// <summary>Adds the tree's values, and pairs where they are wanted, to those of a block.</summary>
    /// <param name="block">The rows.</param>
    /// <param name="sums">Features × 64.</param>
    /// <param name="pairSums">Features × features × 64, the upper triangle; empty where pairs are not wanted.</param>
    public void Add(RowBlock block, double[] sums, double[] pairSums)
    {
        for (int node = first; node < end; node++)
        {
            if (trees.Features[node] >= 0)
                decisions[node] = block.TakesTrue(trees, node);
        }
        foreach (Entry entry in leaves)
        {
            ReadOnlySpan<ulong> passing = Passes(block, entry.Path);
            if (entry.Table is { } table)
            {
                RowPatterns.Spread(passing, few);
                AddTable(table, entry.Path, block, sums);
                if (entry.PairTable is { } pairTable)
                    AddPairTable(pairTable, entry.Path, block, pairSums);
                continue;
            }
            RowPatterns.Spread(passing, many);
            for (int row = 0; row < block.Count; row++)
                AddRow(entry, row, sums, pairSums);
        }
    }

    private static void Tabulate(Action<ulong, Span<double>> add, Span<double> found, ulong pattern, double leaf, double[] table, int count)
    {
        found.Clear();
        add(pattern, found);
        for (int j = 0; j < found.Length; j++)
            table[(j << count) + (int)pattern] = leaf * found[j];
    }

    private ReadOnlySpan<ulong> Passes(RowBlock block, LeafPath path)
    {
        for (int j = 0; j < path.Steps.Length; j++)
        {
            ulong passing = block.All;
            foreach (LeafStep step in path.Steps[j])
                passing &= step.TakesTrue ? decisions[step.Node] : ~decisions[step.Node];
            passes[j] = passing;
        }
        return passes.AsSpan(0, path.Steps.Length);
    }

    private void AddTable(double[] table, LeafPath path, RowBlock block, double[] sums)
    {
        int count = path.Features.Length;
        for (int j = 0; j < count; j++)
            Look(table.AsSpan(j << count, 1 << count), sums.AsSpan(path.Features[j] * RowBlock.Size, block.Count));
    }

    private void AddPairTable(double[] table, LeafPath path, RowBlock block, double[] sums)
    {
        int count = path.Features.Length;
        for (int j = 0, at = 0; j < count; j++)
        {
            for (int k = j + 1; k < count; k++, at++)
                Look(table.AsSpan(at << count, 1 << count), sums.AsSpan(PairOffset(path.Features[j], path.Features[k]), block.Count));
        }
    }

    private void Look(ReadOnlySpan<double> column, Span<double> target)
    {
        ReadOnlySpan<byte> patterns = few.AsSpan(0, target.Length);
        for (int row = 0; row < patterns.Length; row++)
            target[row] += column[patterns[row]];
    }

    private void AddRow(Entry entry, int row, double[] sums, double[] pairSums)
    {
        int count = entry.Path.Features.Length;
        values.AsSpan(0, count).Clear();
        entry.Game.AddValues(many[row], values);
        for (int j = 0; j < count; j++)
            sums[(entry.Path.Features[j] * RowBlock.Size) + row] += entry.Leaf * values[j];
        if (!interactions || count < 2)
            return;
        Span<double> found = pairs.AsSpan(0, count * (count - 1) / 2);
        found.Clear();
        entry.Game.AddInteractions(many[row], found);
        for (int j = 0, at = 0; j < count; j++)
        {
            for (int k = j + 1; k < count; k++, at++)
                pairSums[PairOffset(entry.Path.Features[j], entry.Path.Features[k]) + row] += entry.Leaf * found[at];
        }
    }

    private int PairOffset(int one, int other) => ((Math.Min(one, other) * trees.Columns.Length) + Math.Max(one, other)) * RowBlock.Size;

    private readonly record struct Entry(LeafPath Path, ILeafGame Game, double Leaf, double[]? Table, double[]? PairTable);
}
