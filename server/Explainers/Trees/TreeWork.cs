using System.Numerics;
using ExplainLsp.Models;

namespace ExplainLsp.Explainers.Trees;

/// <summary>The leaves of one tree, ready to be applied to blocks of rows. Buffers are used again from tree to tree.</summary>
/// <param name="features">Features of the ensemble.</param>
internal sealed class TreeWork(int features)
{
    private readonly List<Entry> leaves = [];
    private readonly Dictionary<int, ulong> decisions = [];
    private readonly ulong[] patterns = new ulong[RowBlock.Size];
    private readonly double[] values = new double[LeafPath.MostFeatures];
    private readonly double[] pairs = new double[LeafPath.MostFeatures * (LeafPath.MostFeatures - 1) / 2];

    /// <summary>Adds a leaf.</summary>
    public void Take(LeafPath path, ILeafGame game, double leaf, bool tabulate)
    {
        double[]? table = null;
        int count = path.Features.Length;
        if (tabulate)
        {
            table = new double[count << count];
            for (int pattern = 0; pattern < 1 << count; pattern++)
            {
                // By feature, then pattern: a block's rows look one feature up after another.
                values.AsSpan(0, count).Clear();
                game.AddValues((ulong)pattern, values);
                for (int j = 0; j < count; j++)
                    table[(j << count) + pattern] = leaf * values[j];
            }
        }
        leaves.Add(new Entry(path, game, leaf, table));
    }

    /// <summary>Adds the tree's values to those of a block.</summary>
    public void AddValues(TreeEnsemble trees, RowBlock block, double[] sums)
    {
        decisions.Clear();
        foreach (Entry entry in leaves)
        {
            Fill(trees, block, entry.Path);
            int count = entry.Path.Features.Length;
            if (entry.Table is { } table)
            {
                for (int j = 0; j < count; j++)
                {
                    ReadOnlySpan<double> column = table.AsSpan(j << count, 1 << count);
                    Span<double> target = sums.AsSpan(entry.Path.Features[j] * RowBlock.Size, block.Count);
                    for (int row = 0; row < target.Length; row++)
                        target[row] += column[(int)patterns[row]];
                }
                continue;
            }
            for (int row = 0; row < block.Count; row++)
            {
                values.AsSpan(0, count).Clear();
                entry.Game.AddValues(patterns[row], values);
                for (int j = 0; j < count; j++)
                    sums[(entry.Path.Features[j] * RowBlock.Size) + row] += entry.Leaf * values[j];
            }
        }
    }

    /// <summary>Adds the tree's interaction indices to those of the block that <see cref="AddValues"/> saw last.</summary>
    public void AddInteractions(TreeEnsemble trees, RowBlock block, double[] sums)
    {
        foreach (Entry entry in leaves.Where(entry => entry.Path.Features.Length > 1))
        {
            Fill(trees, block, entry.Path);
            int count = entry.Path.Features.Length;
            Span<double> found = pairs.AsSpan(0, count * (count - 1) / 2);
            for (int row = 0; row < block.Count; row++)
            {
                found.Clear();
                entry.Game.AddInteractions(patterns[row], found);
                for (int j = 0, at = 0; j < count; j++)
                {
                    for (int k = j + 1; k < count; k++, at++)
                    {
                        int first = Math.Min(entry.Path.Features[j], entry.Path.Features[k]);
                        int second = Math.Max(entry.Path.Features[j], entry.Path.Features[k]);
                        sums[(((row * features) + first) * features) + second] += entry.Leaf * found[at];
                    }
                }
            }
        }
    }

    /// <summary>Forgets the tree.</summary>
    public void Clear() => leaves.Clear();

    /// <summary>The rows' patterns at a leaf: comparisons are made once a node, then a bit a feature is spread over the rows.</summary>
    private void Fill(TreeEnsemble trees, RowBlock block, LeafPath path)
    {
        patterns.AsSpan().Clear();
        for (int j = 0; j < path.Steps.Length; j++)
        {
            ulong passes = ulong.MaxValue;
            foreach (LeafStep step in path.Steps[j])
            {
                if (!decisions.TryGetValue(step.Node, out ulong taken))
                    decisions[step.Node] = taken = block.TakesTrue(trees, step.Node);
                passes &= step.TakesTrue ? taken : ~taken;
            }
            for (ulong rest = passes & block.All; rest != 0; rest &= rest - 1)
                patterns[BitOperations.TrailingZeroCount(rest)] |= 1UL << j;
        }
    }

    private readonly record struct Entry(LeafPath Path, ILeafGame Game, double Leaf, double[]? Table);
}
