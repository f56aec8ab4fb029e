using System.Runtime.InteropServices;
using ExplainLsp.Models;

namespace ExplainLsp.Explainers.Trees;

/// <summary>A branch of a tree, met on a walk that goes down before it goes aside.</summary>
/// <param name="Node">The inner node.</param>
/// <param name="TakesTrue">Whether it is its true branch.</param>
/// <param name="Feature">The input column that what the node looks at is made of, by place in <see cref="TreeEnsemble.Columns"/>.</param>
/// <param name="Level">Branches from the root, this one included.</param>
/// <param name="Previous">The level of the last branch above on the same feature; 0 for none.</param>
/// <param name="Share">The share of training rows that it keeps.</param>
/// <param name="Before">The share that all branches above on the same feature keep.</param>
/// <param name="Kept">The share that it and all branches above on the same feature keep.</param>
/// <param name="Leaf">The leaf that it ends in; −1 for none.</param>
internal readonly record struct TreeEdge(
    int Node, bool TakesTrue, int Feature, int Level, int Previous, double Share, double Before, double Kept, int Leaf);

/// <summary>The branches of one tree in the order of a walk; used again from tree to tree.</summary>
internal sealed class TreeEdges(TreeEnsemble trees, IReadOnlyList<double> covers)
{
    private readonly List<TreeEdge> edges = [];
    private readonly List<TreeEdge> path = [];
    private readonly Stack<(int Node, bool TakesTrue, int Level)> waiting = new();

    /// <summary>The branches.</summary>
    public ReadOnlySpan<TreeEdge> All => CollectionsMarshal.AsSpan(edges);

    /// <summary>The longest way from the root.</summary>
    public int Levels { get; private set; }

    /// <summary>The most distinct features on a way from the root.</summary>
    public int Distinct { get; private set; }

    /// <summary>Walks a tree.</summary>
    /// <returns>The first node that decides anything, or the tree's only leaf.</returns>
    public int Walk(int tree)
    {
        edges.Clear();
        path.Clear();
        (Levels, Distinct) = (0, 0);
        int root = Pass(trees.Roots[tree]);
        Enter(root, 0);
        while (waiting.TryPop(out var next))
        {
            path.RemoveRange(next.Level - 1, path.Count - next.Level + 1);
            TreeEdge edge = Edge(next.Node, next.TakesTrue, next.Level);
            edges.Add(edge);
            path.Add(edge);
            Levels = Math.Max(Levels, next.Level);
            if (edge.Leaf < 0)
                Enter(Child(next.Node, next.TakesTrue), next.Level);
            else
                Distinct = Math.Max(Distinct, path.Count(each => each.Previous == 0));
        }
        return root;
    }

    private void Enter(int node, int level)
    {
        if (trees.Features[node] < 0)
            return;
        waiting.Push((node, false, level + 1));
        waiting.Push((node, true, level + 1));
    }

    private TreeEdge Edge(int node, bool takesTrue, int level)
    {
        int feature = trees.Pipeline.ColumnOf[trees.Features[node]];
        int previous = path.FindLastIndex(edge => edge.Feature == feature) + 1;
        // A node that no row reached is reached by no absent feature either; any share serves.
        double share = covers[node] > 0 ? covers[takesTrue ? trees.TrueNodes[node] : trees.FalseNodes[node]] / covers[node] : 0.5;
        double before = previous > 0 ? path[previous - 1].Kept : 1;
        int child = Child(node, takesTrue);
        return new TreeEdge(node, takesTrue, feature, level, previous, share, before, share * before, trees.Features[child] < 0 ? child : -1);
    }

    private int Child(int node, bool takesTrue) => Pass(takesTrue ? trees.TrueNodes[node] : trees.FalseNodes[node]);

    /// <summary>Nodes whose branches are one decide nothing.</summary>
    private int Pass(int node)
    {
        while (trees.Features[node] >= 0 && trees.TrueNodes[node] == trees.FalseNodes[node])
            node = trees.TrueNodes[node];
        return node;
    }
}
