using System.Collections.Immutable;
using ExplainLsp.Models;

namespace ExplainLsp.Explainers.Trees;

/// <summary>
/// Exact Shapley values of a sum of trees for many rows. Each leaf is a game of few features whose values depend on a row only through one
/// bit a feature; where there are more rows than patterns the values of all patterns are tabulated once. Trees are taken in order, so a
/// row's values are the same bits with any number of rows and threads; memory does not grow with rows beyond the result.
/// </summary>
/// <param name="trees">The ensemble.</param>
/// <param name="index">The class, or the regression's element.</param>
/// <param name="background">What absent features mean.</param>
internal sealed class TreeShapley(TreeEnsemble trees, int index, ITreeBackground background)
{
    private readonly (int Score, double Factor, double Offset) score = trees.ScoreOf(index);

    /// <summary>Values of features × rows of each block, and the base value.</summary>
    /// <param name="blocks">The rows.</param>
    /// <param name="interactions">Whether pairs are wanted too.</param>
    /// <param name="threads">Threads that compute.</param>
    /// <param name="done">Told of trees × blocks that are done; null for nobody.</param>
    /// <param name="cancellation">Honoured between trees.</param>
    public TreeValues Solve(RowBlock[] blocks, bool interactions, int threads, Action<long>? done, CancellationToken cancellation)
    {
        int features = trees.Columns.Length;
        int rows = blocks.Sum(block => block.Count);
        var values = blocks.Select(_ => new double[features * RowBlock.Size]).ToArray();
        var pairs = interactions ? blocks.Select(_ => new double[features * features * RowBlock.Size]).ToArray() : blocks.Select(_ => Array.Empty<double>()).ToArray();
        double baseValue = score.Offset;
        int parts = Math.Clamp(threads, 1, blocks.Length);
        var gate = new Lock();
        Parallel.For(0, parts, new ParallelOptions { MaxDegreeOfParallelism = parts, CancellationToken = cancellation }, part =>
        {
            int from = blocks.Length * part / parts, to = blocks.Length * (part + 1) / parts;
            double sum = 0;
            ITreeSolver solver = background.Solver(score, interactions, rows);
            for (int tree = 0; tree < trees.Roots.Length; tree++)
            {
                cancellation.ThrowIfCancellationRequested();
                sum += solver.Begin(tree);
                for (int b = from; b < to; b++)
                    solver.Add(blocks[b], values[b], pairs[b]);
                done?.Invoke(to - from);
            }
            if (part == 0)
            {
                lock (gate)
                    baseValue += sum;
            }
        });
        return new TreeValues(features, [.. values], [.. pairs], baseValue);
    }
}

/// <summary>What <see cref="TreeShapley"/> found.</summary>
/// <param name="Features">Features.</param>
/// <param name="Values">A block's values, features × 64, by feature.</param>
/// <param name="Pairs">A block's interaction indices, features × features × 64, upper triangle; empty when not asked for.</param>
/// <param name="BaseValue">The mean over the background.</param>
internal sealed record TreeValues(int Features, ImmutableArray<double[]> Values, ImmutableArray<double[]> Pairs, double BaseValue)
{
    /// <summary>The Shapley value of a feature for a row.</summary>
    public double Of(int row, int feature) => Values[row / RowBlock.Size][(feature * RowBlock.Size) + (row % RowBlock.Size)];

    /// <summary>The interaction index of two features for a row.</summary>
    public double Of(int row, int first, int second) =>
        Pairs[row / RowBlock.Size][(((Math.Min(first, second) * Features) + Math.Max(first, second)) * RowBlock.Size) + (row % RowBlock.Size)];
}
