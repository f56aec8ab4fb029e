using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using ExplainLsp.Models;

namespace ExplainLsp.Explainers.Trees;

/// <summary>
/// The way from a root to a leaf, by feature: a leaf is reached when each of its features passes all its comparisons on the way. So a leaf
/// is a product game, and a row is told to it by one bit a feature (its pattern). A feature here is a column of the model's input: what a
/// pipeline made of one column (its one-hot columns) comes and goes together, so the game is that of the original columns.
/// </summary>
/// <param name="Leaf">The leaf's node.</param>
/// <param name="Features">The distinct features on the way, by place in <see cref="TreeEnsemble.Columns"/>, in order of first appearance; at most 64.</param>
/// <param name="Steps">For each of them the nodes and the branch taken there.</param>
internal sealed record LeafPath(int Leaf, ImmutableArray<int> Features, ImmutableArray<ImmutableArray<LeafStep>> Steps)
{
    /// <summary>The most distinct features that a path may have: one bit each.</summary>
    public const int MostFeatures = 64;

    /// <summary>For each feature of the path, which rows pass all its comparisons.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ReadOnlySpan<ulong> Passes(TreeDecisions decisions, ulong all, ulong[] buffer)
    {
        for (int j = 0; j < Steps.Length; j++)
        {
            ulong passing = all;
            foreach (LeafStep step in Steps[j])
                passing &= step.TakesTrue ? decisions[step.Node] : ~decisions[step.Node];
            buffer[j] = passing;
        }
        return buffer.AsSpan(0, Steps.Length);
    }

    /// <summary>The paths of a tree, in order of its leaves.</summary>
    /// <exception cref="ExplainerException">A path with more than <see cref="MostFeatures"/> distinct features.</exception>
    public static ImmutableArray<LeafPath> Of(TreeEnsemble trees, int tree)
    {
        var paths = ImmutableArray.CreateBuilder<LeafPath>();
        var way = new Stack<LeafStep>();
        Walk(trees.Roots[tree]);
        return paths.ToImmutable();

        void Walk(int node)
        {
            if (trees.Features[node] < 0)
            {
                paths.Add(Gather(trees, node, way));
                return;
            }
            if (trees.TrueNodes[node] == trees.FalseNodes[node])
            {
                Walk(trees.TrueNodes[node]);
                return;
            }
            way.Push(new LeafStep(node, true));
            Walk(trees.TrueNodes[node]);
            way.Pop();
            way.Push(new LeafStep(node, false));
            Walk(trees.FalseNodes[node]);
            way.Pop();
        }
    }

    private static LeafPath Gather(TreeEnsemble trees, int leaf, Stack<LeafStep> way)
    {
        ImmutableArray<LeafStep> steps = [.. way.Reverse()];
        ImmutableArray<int> features = [.. steps.Select(step => ColumnOf(trees, step)).Distinct()];
        if (features.Length > MostFeatures)
            throw new ExplainerException($"A path of the trees looks at {features.Length} columns, more than {MostFeatures}. Use kernel-shap.");
        return new LeafPath(
            leaf, features, [.. features.Select(feature => steps.Where(step => ColumnOf(trees, step) == feature).ToImmutableArray())]);
    }

    private static int ColumnOf(TreeEnsemble trees, LeafStep step) => trees.Pipeline.ColumnOf[trees.Features[step.Node]];
}

/// <summary>A branch on the way to a leaf.</summary>
/// <param name="Node">The inner node.</param>
/// <param name="TakesTrue">Whether the way goes through its true branch.</param>
internal readonly record struct LeafStep(int Node, bool TakesTrue);
