using ExplainLsp.Models;

namespace ExplainLsp.Explainers.Trees;

/// <summary>What absent features mean. Safe for use from several threads.</summary>
internal interface ITreeBackground
{
    /// <summary>A solver of one thread.</summary>
    /// <param name="view">The score that is explained: margin = offset + factor × Σ leaf values.</param>
    /// <param name="interactions">Whether pairs are wanted too.</param>
    /// <param name="rows">Rows that it will be asked about.</param>
    ITreeSolver Solver((int Score, double Factor, double Offset) view, bool interactions, int rows);
}

/// <summary>Finds the Shapley values that one tree gives to blocks of rows. Buffers are used again from tree to tree.</summary>
internal interface ITreeSolver
{
    /// <summary>Begins a tree.</summary>
    /// <returns>What the tree adds to the base value.</returns>
    double Begin(int tree);

    /// <summary>Adds the tree's values, and pairs where they are wanted, to those of a block.</summary>
    /// <param name="block">The rows.</param>
    /// <param name="sums">Features × 64.</param>
    /// <param name="pairSums">Interaction indices, features × features × 64, the upper triangle; empty where pairs are not wanted.</param>
    void Add(RowBlock block, double[] sums, double[] pairSums);
}

/// <summary>The decisions of a tree's inner nodes for a block of rows: one word a node, one bit a row.</summary>
internal sealed class TreeDecisions(TreeEnsemble trees)
{
    private ulong[] words = [];
    private int first;

    /// <summary>Whether each row takes the true branch at a node.</summary>
    public ulong this[int node] => words[node - first];

    /// <summary>Finds the decisions of a tree.</summary>
    public void Decide(int tree, RowBlock block)
    {
        first = trees.Roots[tree];
        int end = tree + 1 < trees.Roots.Length ? trees.Roots[tree + 1] : trees.NodeCount;
        if (words.Length < end - first)
            words = new ulong[end - first];
        for (int node = first; node < end; node++)
        {
            if (trees.Features[node] >= 0)
                words[node - first] = block.TakesTrue(trees, node);
        }
    }
}
