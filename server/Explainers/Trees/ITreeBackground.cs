using System.Collections.Immutable;
using System.Numerics;
using ExplainLsp.Models;

namespace ExplainLsp.Explainers.Trees;

/// <summary>What absent features mean, for every leaf of an ensemble. Safe for use from several threads.</summary>
internal interface ITreeBackground
{
    /// <summary>The paths of a tree.</summary>
    ImmutableArray<LeafPath> Paths(int tree);

    /// <summary>The game of a leaf of that tree.</summary>
    ILeafGame GameOf(int tree, LeafPath path);
}

/// <summary>Absent features follow the training rows' shares at each node.</summary>
/// <param name="trees">The ensemble.</param>
/// <param name="covers">Rows that reach each node.</param>
internal sealed class PathDependentBackground(TreeEnsemble trees, IReadOnlyList<double> covers) : ITreeBackground
{
    private readonly TreePaths paths = new(trees);

    /// <inheritdoc/>
    public ImmutableArray<LeafPath> Paths(int tree) => paths.Of(tree);

    /// <inheritdoc/>
    public ILeafGame GameOf(int tree, LeafPath path) => new PathDependentGame(path, covers, trees);

    /// <summary>Rows that reach each node, counted.</summary>
    public static double[] Count(TreeEnsemble trees, RowBlock[] blocks, CancellationToken cancellation)
    {
        double[] covers = new double[trees.NodeCount];
        ulong[] reached = new ulong[trees.NodeCount];
        foreach (RowBlock block in blocks)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (int root in trees.Roots)
                reached[root] = block.All;
            // Children stand behind their parents.
            for (int node = 0; node < reached.Length; node++)
            {
                covers[node] += BitOperations.PopCount(reached[node]);
                if (trees.Features[node] < 0)
                    continue;
                ulong taken = block.TakesTrue(trees, node);
                reached[trees.TrueNodes[node]] = reached[node] & taken;
                if (trees.TrueNodes[node] != trees.FalseNodes[node])
                    reached[trees.FalseNodes[node]] = reached[node] & ~taken;
                else
                    reached[trees.TrueNodes[node]] = reached[node];
            }
        }
        return covers;
    }
}

/// <summary>Absent features take the values of background rows.</summary>
/// <param name="trees">The ensemble.</param>
/// <param name="blocks">The background rows.</param>
internal sealed class InterventionalBackground(TreeEnsemble trees, RowBlock[] blocks) : ITreeBackground
{
    private readonly TreePaths paths = new(trees);
    private readonly double share = 1.0 / blocks.Sum(block => block.Count);

    /// <inheritdoc/>
    public ImmutableArray<LeafPath> Paths(int tree) => paths.Of(tree);

    /// <inheritdoc/>
    public ILeafGame GameOf(int tree, LeafPath path)
    {
        var counts = new Dictionary<ulong, int>();
        Span<ulong> patterns = stackalloc ulong[RowBlock.Size];
        foreach (RowBlock block in blocks)
        {
            patterns.Clear();
            for (int j = 0; j < path.Steps.Length; j++)
            {
                ulong passes = block.All;
                foreach (LeafStep step in path.Steps[j])
                    passes &= step.TakesTrue ? block.TakesTrue(trees, step.Node) : ~block.TakesTrue(trees, step.Node);
                for (; passes != 0; passes &= passes - 1)
                    patterns[BitOperations.TrailingZeroCount(passes)] |= 1UL << j;
            }
            foreach (ulong pattern in patterns[..block.Count])
                counts[pattern] = counts.GetValueOrDefault(pattern) + 1;
        }
        return new InterventionalGame(
            path.Features.Length, [.. counts.OrderBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value * share))]);
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
