using System.Numerics;
using ExplainLsp.Models;

namespace ExplainLsp.Explainers.Trees;

/// <summary>Absent features follow the training rows' shares at each node.</summary>
/// <param name="trees">The ensemble.</param>
/// <param name="covers">Rows that reach each node.</param>
internal sealed class PathDependentBackground(TreeEnsemble trees, IReadOnlyList<double> covers) : ITreeBackground
{
    /// <inheritdoc/>
    public ITreeSolver Solver((int Score, double Factor, double Offset) view, bool interactions, int rows) =>
        new PathDependentSolver(trees, covers, view, interactions);

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
