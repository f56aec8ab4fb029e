using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using ExplainLsp.Models;

namespace ExplainLsp.Explainers.Trees;

/// <summary>
/// Path-dependent TreeSHAP (Lundberg et al. 2020) in one walk of each tree for eight rows at once.
/// <para>At a leaf of value v, feature j passes with the row (o_j = 1 or 0) when it is present, and with the share z_j of training rows
/// when it is absent. Its Shapley value is v ∫₀¹ (o_j − z_j) Π_{k≠j} f_k(t) dt with f_k(t) = (1 − t) z_k + t o_k, a polynomial that
/// Gauss-Legendre quadrature integrates exactly. Going down, a branch multiplies P(t) = Π f_k(t) by the change of its feature's factor;
/// coming back, the sums of v P(t) over the leaves below are weighed with the change of (o_j − z_j) / f_j(t). So a tree costs its
/// branches × points (compare Yu et al. 2022, Linear TreeSHAP). All factors are positive and below 1, so deep trees lose no digits.</para>
/// <para>Interaction indices (Fujimoto et al. 2006): the change at a branch times the present (o_k − z_k) / f_k(t) of each feature above.</para>
/// </summary>
internal sealed class PathDependentSolver : ITreeSolver
{
    private const int Lanes = 8;
    private static readonly Vector512<long> LaneBits = Vector512.Create(1L, 2, 4, 8, 16, 32, 64, 128);

    private readonly TreeEnsemble trees;
    private readonly (int Score, double Factor, double Offset) view;
    private readonly bool interactions;
    private readonly TreeEdges edges;
    private readonly TreeDecisions decisions;
    private int tree, points;
    private double[] weights = [];

    private BranchPoint[] constants = [];
    private double[] absentGains = [];
    private Vector512<double>[] products = [], sums = [], gains = [], passing = [];
    private int[] open = [];
    private bool[] replaced = [];

    public PathDependentSolver(
        TreeEnsemble trees, IReadOnlyList<double> covers, (int Score, double Factor, double Offset) view, bool interactions)
    {
        this.trees = trees;
        this.view = view;
        this.interactions = interactions;
        edges = new TreeEdges(trees, covers);
        decisions = new TreeDecisions(trees);
    }

    /// <inheritdoc/>
    public double Begin(int tree)
    {
        this.tree = tree;
        int root = edges.Walk(tree);
        if (edges.All.Length == 0)
            return Leaf(root);
        points = (edges.Distinct + 1) / 2;
        (double[] nodes, weights) = UnitQuadrature.Of(points);
        absentGains = [.. nodes.Select(t => -1 / (1 - t))];
        Grow(ref constants, edges.All.Length * points);
        Grow(ref products, (edges.Levels + 1) * points);
        Grow(ref sums, (edges.Levels + 1) * points);
        Grow(ref gains, interactions ? (edges.Levels + 1) * points : 0);
        Grow(ref passing, edges.Levels + 1);
        Grow(ref open, edges.Levels + 1);
        Grow(ref replaced, edges.Levels + 1);
        double expected = 0;
        double[] reach = new double[edges.Levels + 1];
        reach[0] = 1;
        for (int i = 0; i < edges.All.Length; i++)
        {
            TreeEdge edge = edges.All[i];
            reach[edge.Level] = reach[edge.Level - 1] * edge.Share;
            if (edge.Leaf >= 0)
                expected += reach[edge.Level] * Leaf(edge.Leaf);
            for (int q = 0; q < points; q++)
                constants[(i * points) + q] = BranchPoint.Of(nodes[q], edge.Before, edge.Kept);
        }
        return expected;
    }

    /// <inheritdoc/>
    public void Add(RowBlock block, double[] sums, double[] pairSums)
    {
        if (edges.All.Length == 0)
            return;
        decisions.Decide(tree, block);
        for (int row = 0; row < block.Count; row += Lanes)
            Walk(row, sums, pairSums);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Walk(int row, double[] values, double[] pairs)
    {
        passing[0] = Vector512<double>.AllBitsSet;
        for (int q = 0; q < points; q++)
            products[q] = Vector512<double>.One;
        int level = 0;
        ReadOnlySpan<TreeEdge> all = edges.All;
        for (int i = 0; i < all.Length; i++)
        {
            ref readonly TreeEdge edge = ref all[i];
            for (; level >= edge.Level; level--)
                Leave(level, row, values, pairs);
            level = edge.Level;
            Enter(i, in edge, row);
        }
        for (; level > 0; level--)
            Leave(level, row, values, pairs);
    }

    /// <summary>Goes down a branch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Enter(int at, in TreeEdge edge, int row)
    {
        int level = edge.Level;
        open[level] = at;
        replaced[level] = false;
        if (edge.Previous > 0)
            replaced[edge.Previous] = true;
        ulong word = decisions[edge.Node];
        long bits = (long)((edge.TakesTrue ? word : ~word) >> row & 0xFF);
        Vector512<double> before = passing[edge.Previous];
        Vector512<double> now = before & Vector512.Equals(LaneBits & Vector512.Create(bits), LaneBits).AsDouble();
        passing[level] = now;
        var share = Vector512.Create(edge.Share);
        ref BranchPoint point = ref constants[at * points];
        ref Vector512<double> above = ref products[(level - 1) * points], here = ref products[level * points], sum = ref sums[level * points];
        double leaf = edge.Leaf >= 0 ? Leaf(edge.Leaf) : 0;
        for (int q = 0; q < points; q++)
        {
            ref BranchPoint constant = ref Unsafe.Add(ref point, q);
            Vector512<double> change = Vector512.ConditionalSelect(
                now, Vector512.Create(constant.Passes), Vector512.ConditionalSelect(before, Vector512.Create(constant.Stops), share));
            Vector512<double> product = Unsafe.Add(ref above, q) * change;
            Unsafe.Add(ref here, q) = product;
            Unsafe.Add(ref sum, q) = product * (leaf * weights[q]);
            if (interactions)
                gains[(level * points) + q] = Vector512.ConditionalSelect(now, Vector512.Create(constant.Gain), Vector512.Create(absentGains[q]));
        }
    }

    /// <summary>Comes back from a branch: its leaves are summed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Leave(int level, int row, double[] values, double[] pairs)
    {
        int at = open[level];
        ref readonly TreeEdge edge = ref edges.All[at];
        Vector512<double> now = passing[level], before = passing[edge.Previous];
        ref BranchPoint point = ref constants[at * points];
        ref Vector512<double> sum = ref sums[level * points], above = ref sums[(level - 1) * points];
        Vector512<double> value = Vector512<double>.Zero;
        for (int q = 0; q < points; q++)
        {
            ref BranchPoint constant = ref Unsafe.Add(ref point, q);
            Vector512<double> gain = before & Vector512.ConditionalSelect(
                now, Vector512.Create(constant.GainPasses), Vector512.Create(constant.GainStops));
            Vector512<double> below = Unsafe.Add(ref sum, q);
            if (level > 1)
                Unsafe.Add(ref above, q) += below;
            gain *= below;
            value += gain;
            if (interactions)
                Unsafe.Add(ref sum, q) = gain;
        }
        Store(value, values, (edge.Feature * RowBlock.Size) + row);
        if (interactions)
            Pair(in edge, row, pairs);
        if (edge.Previous > 0)
            replaced[edge.Previous] = false;
    }

    /// <summary>The pairs of a branch's feature with those above; its sums hold its own changes by now.</summary>
    private void Pair(in TreeEdge edge, int row, double[] pairs)
    {
        for (int above = 1; above < edge.Level; above++)
        {
            if (replaced[above])
                continue;
            Vector512<double> index = Vector512<double>.Zero;
            for (int q = 0; q < points; q++)
                index += sums[(edge.Level * points) + q] * gains[(above * points) + q];
            int other = edges.All[open[above]].Feature;
            Store(index, pairs, (((Math.Min(edge.Feature, other) * trees.Columns.Length) + Math.Max(edge.Feature, other)) * RowBlock.Size) + row);
        }
    }

    private static void Store(Vector512<double> value, double[] target, int at)
    {
        ref double place = ref target[at];
        (Vector512.LoadUnsafe(ref place) + value).StoreUnsafe(ref place);
    }

    private double Leaf(int node) => view.Factor * trees.LeafValues[(node * trees.Scores) + view.Score];

    private static void Grow<T>(ref T[] buffer, int length)
    {
        if (buffer.Length < length)
            buffer = new T[length];
    }

    /// <summary>What a branch does at one point of the quadrature.</summary>
    /// <param name="Passes">The change of its feature's factor for rows that pass it and all above on the feature.</param>
    /// <param name="Stops">The same for rows that passed those above only; rows that passed neither: the branch's share.</param>
    /// <param name="Gain">(1 − z) / f behind the branch for rows that pass.</param>
    /// <param name="GainPasses">The change of (o − z) / f for rows that pass.</param>
    /// <param name="GainStops">The same for rows that stop here.</param>
    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct BranchPoint(double Passes, double Stops, double Gain, double GainPasses, double GainStops)
    {
        /// <param name="t">The point.</param>
        /// <param name="before">The share that the branches above on the feature keep.</param>
        /// <param name="after">The share with this one.</param>
        public static BranchPoint Of(double t, double before, double after)
        {
            double old = ((1 - t) * before) + t, absent = (1 - t) * after, present = absent + t;
            double oldGain = (1 - before) / old, gain = (1 - after) / present;
            return new BranchPoint(present / old, absent / old, gain, gain - oldGain, (-1 / (1 - t)) - oldGain);
        }
    }
}
