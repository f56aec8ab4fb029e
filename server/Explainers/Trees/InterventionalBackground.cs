using System.Collections.Immutable;
using ExplainLsp.Models;

namespace ExplainLsp.Explainers.Trees;

/// <summary>Absent features take the values of background rows.</summary>
/// <param name="trees">The ensemble.</param>
/// <param name="blocks">The background rows.</param>
internal sealed class InterventionalBackground(TreeEnsemble trees, RowBlock[] blocks) : ITreeBackground
{
    // Tables of an ensemble of shallow trees are kept for the next rows; those of large ones would fill the memory.
    private const long MostKept = 4L << 20;

    private readonly TreePaths paths = new(trees);
    private readonly TreeLeaves?[] kept = new TreeLeaves?[trees.Roots.Length];
    private readonly double share = 1.0 / blocks.Sum(block => block.Count);
    private long numbersKept;

    /// <inheritdoc/>
    public ITreeSolver Solver((int Score, double Factor, double Offset) view, bool interactions, int rows) =>
        new InterventionalSolver(trees, this, view, interactions, rows);

    /// <summary>The paths of a tree.</summary>
    public ImmutableArray<LeafPath> Paths(int tree) => paths.Of(tree);

    /// <summary>The leaves of a tree as games, with tables of all patterns where they are few, or where many rows will be asked for.</summary>
    public TreeLeaves Leaves(int tree, TreeDecisions decisions, bool interactions, int rows)
    {
        if (kept[tree] is { } known && (known.HasPairs || !interactions))
            return known;
        ImmutableArray<LeafPath> leaves = paths.Of(tree);
        long numbers = leaves.Sum(path => LeafTable.Numbers(path, interactions));
        bool keep = Interlocked.Read(ref numbersKept) + numbers <= MostKept;
        var found = new TreeLeaves(Games(tree, leaves, decisions), interactions, keep ? int.MaxValue : rows);
        if (keep)
        {
            Interlocked.Add(ref numbersKept, numbers);
            // Several threads may find the same; whichever stays is as good.
            kept[tree] = found;
        }
        return found;
    }

    /// <summary>Which patterns the background's rows have at each leaf, and how often.</summary>
    private (LeafPath, InterventionalGame)[] Games(int tree, ImmutableArray<LeafPath> leaves, TreeDecisions decisions)
    {
        var counts = leaves.Select(_ => new Dictionary<ulong, int>()).ToArray();
        ulong[] passes = new ulong[LeafPath.MostFeatures], patterns = new ulong[RowBlock.Size];
        foreach (RowBlock block in blocks)
        {
            decisions.Decide(tree, block);
            for (int leaf = 0; leaf < leaves.Length; leaf++)
            {
                RowPatterns.Spread(leaves[leaf].Passes(decisions, block.All, passes), patterns);
                foreach (ulong pattern in patterns.AsSpan(0, block.Count))
                    counts[leaf][pattern] = counts[leaf].GetValueOrDefault(pattern) + 1;
            }
        }
        return [.. leaves.Select((path, leaf) => (path, new InterventionalGame(
            path.Features.Length, [.. counts[leaf].OrderBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value * share))])))];
    }
}

/// <summary>The paths of each tree, found once.</summary>
internal sealed class TreePaths(TreeEnsemble trees)
{
    private readonly ImmutableArray<LeafPath>[] found = new ImmutableArray<LeafPath>[trees.Roots.Length];

    /// <summary>The paths of a tree.</summary>
    public ImmutableArray<LeafPath> Of(int tree)
    {
        ImmutableArray<LeafPath> known = found[tree];
        if (!known.IsDefault)
            return known;
        known = LeafPath.Of(trees, tree);
        // Several threads may find the same; whichever stays is as good.
        ImmutableInterlocked.InterlockedExchange(ref found[tree], known);
        return known;
    }
}
