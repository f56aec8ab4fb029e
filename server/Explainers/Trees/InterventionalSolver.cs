using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ExplainLsp.Models;

namespace ExplainLsp.Explainers.Trees;

/// <summary>
/// Interventional values, leaf by leaf: a row meets a leaf only through its pattern, so rows look their values up where all patterns are
/// tabulated.
/// </summary>
internal sealed class InterventionalSolver(
    TreeEnsemble trees, InterventionalBackground background, (int Score, double Factor, double Offset) view, bool interactions, int rows) : ITreeSolver
{
    private readonly TreeDecisions decisions = new(trees);
    private readonly ulong[] passes = new ulong[LeafPath.MostFeatures];
    private readonly byte[] few = new byte[RowBlock.Size];
    private readonly ulong[] many = new ulong[RowBlock.Size];
    private readonly double[] values = new double[LeafPath.MostFeatures];
    private readonly double[] pairs = new double[LeafPath.MostFeatures * (LeafPath.MostFeatures - 1) / 2];
    private TreeLeaves? leaves;
    private int tree;

    /// <inheritdoc/>
    public double Begin(int tree)
    {
        this.tree = tree;
        leaves = background.Leaves(tree, decisions, interactions, rows);
        double expected = 0;
        foreach (LeafTable leaf in leaves.All)
            expected += Value(leaf) * leaf.Game.Reach;
        return expected;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(RowBlock block, double[] sums, double[] pairSums)
    {
        decisions.Decide(tree, block);
        foreach (LeafTable leaf in leaves!.All)
        {
            double value = Value(leaf);
            int count = leaf.Path.Features.Length;
            if (value == 0 || count == 0)
                continue;
            ReadOnlySpan<ulong> passing = leaf.Path.Passes(decisions, block.All, passes);
            if (leaf.Values is { } table)
            {
                RowPatterns.Spread(passing, few);
                for (int j = 0; j < count; j++)
                    Look(table.AsSpan(j << leaf.Shift, 1 << leaf.Shift), value, sums.AsSpan(leaf.Path.Features[j] * RowBlock.Size, RowBlock.Size));
                if (interactions)
                    LookPairs(leaf, value, pairSums);
                continue;
            }
            RowPatterns.Spread(passing, many);
            for (int row = 0; row < block.Count; row++)
                AddRow(leaf, value, row, sums, pairSums);
        }
    }

    private double Value(LeafTable leaf) => view.Factor * trees.LeafValues[(leaf.Path.Leaf * trees.Scores) + view.Score];

    private void LookPairs(LeafTable leaf, double value, double[] pairSums)
    {
        int count = leaf.Path.Features.Length;
        for (int j = 0, at = 0; j < count; j++)
        {
            for (int k = j + 1; k < count; k++, at++)
                Look(leaf.Pairs.AsSpan(at << leaf.Shift, 1 << leaf.Shift), value, pairSums.AsSpan(PairOffset(leaf.Path.Features[j], leaf.Path.Features[k]), RowBlock.Size));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Look(ReadOnlySpan<double> column, double value, Span<double> target)
    {
        ReadOnlySpan<byte> patterns = few;
        if (Avx512F.IsSupported && column.Length == Vector512<double>.Count)
        {
            // The whole column is one register: eight rows look up at once.
            Vector512<double> table = Vector512.Create(column) * value;
            for (int row = 0; row < patterns.Length; row += Vector512<double>.Count)
            {
                Vector512<long> places = Avx512F.ConvertToVector512Int64(Vector128.CreateScalar(MemoryMarshal.Read<ulong>(patterns[row..])).AsByte());
                Span<double> here = target[row..];
                (Vector512.Create<double>(here) + Avx512F.PermuteVar8x64(table, places)).CopyTo(here);
            }
            return;
        }
        for (int row = 0; row < patterns.Length; row++)
            target[row] += value * column[patterns[row]];
    }

    private void AddRow(LeafTable leaf, double value, int row, double[] sums, double[] pairSums)
    {
        int count = leaf.Path.Features.Length;
        values.AsSpan(0, count).Clear();
        leaf.Game.AddValues(many[row], values);
        for (int j = 0; j < count; j++)
            sums[(leaf.Path.Features[j] * RowBlock.Size) + row] += value * values[j];
        if (!interactions || count < 2)
            return;
        Span<double> found = pairs.AsSpan(0, count * (count - 1) / 2);
        found.Clear();
        leaf.Game.AddInteractions(many[row], found);
        for (int j = 0, at = 0; j < count; j++)
        {
            for (int k = j + 1; k < count; k++, at++)
                pairSums[PairOffset(leaf.Path.Features[j], leaf.Path.Features[k]) + row] += value * found[at];
        }
    }

    private int PairOffset(int one, int other) => ((Math.Min(one, other) * trees.Columns.Length) + Math.Max(one, other)) * RowBlock.Size;
}
