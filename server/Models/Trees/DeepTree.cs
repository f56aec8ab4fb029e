using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ExplainLsp.Models.Trees;

/// <summary>
/// A tree of many levels. Eight rows walk it side by side without a branch on the data: leaves lead to themselves, so that all go on until
/// the last has arrived, and the processor works on eight chains of loads at once.
/// </summary>
/// <typeparam name="T">The precision in which values are compared.</typeparam>
internal sealed class DeepTree<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Together = 8;

    private readonly Node[] _nodes;
    private readonly int _root;
    private readonly int[] _scores;
    private readonly double[] _values;

    /// <param name="splits">Its splits.</param>
    /// <param name="root">The last of them, or the complement of a leaf.</param>
    /// <param name="scores">The scores that it adds to.</param>
    /// <param name="value">The value of a leaf for a score, by its node.</param>
    public DeepTree(ReadOnlySpan<Split> splits, int root, int[] scores, Func<int, int, double> value)
    {
        _scores = scores;
        var leaves = new Dictionary<int, int>();
        var inner = splits.Length;
        var nodes = new List<Node>(inner * 2);
        foreach (var split in splits)
            nodes.Add(new Node(split.Column, T.CreateTruncating(split.Threshold), Place(split.No), Place(split.Yes)));
        _root = Place(root);
        foreach (var leaf in leaves.Values.Order())
            nodes.Add(new Node(0, T.NaN, leaf, leaf));
        _nodes = [.. nodes];
        _values = new double[leaves.Count * scores.Length];
        foreach (var (node, leaf) in leaves)
        {
            for (var i = 0; i < scores.Length; i++)
                _values[((leaf - inner) * scores.Length) + i] = value(node, scores[i]);
        }

        FirstLeaf = inner;

        int Place(int child)
        {
            if (child >= 0)
                return child;
            if (!leaves.TryGetValue(~child, out var place))
                leaves[~child] = place = inner + leaves.Count;
            return place;
        }
    }

    private int FirstLeaf { get; }

    /// <summary>Adds the tree's values to each row's sums.</summary>
    /// <param name="columns">Columns of <paramref name="rows"/> values, one after another.</param>
    /// <param name="rows">A multiple of 16.</param>
    /// <param name="sums">Scores × rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(ReadOnlySpan<T> columns, int rows, Span<double> sums)
    {
        Span<int> leaves = stackalloc int[Together];
        for (var row = 0; row < rows; row += Together)
        {
            Walk(ref Unsafe.Add(ref MemoryMarshal.GetReference(columns), row), rows, leaves);
            for (var i = 0; i < _scores.Length; i++)
            {
                var sum = sums.Slice((_scores[i] * rows) + row, Together);
                for (var k = 0; k < sum.Length; k++)
                    sum[k] += _values[(leaves[k] * _scores.Length) + i];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Walk(ref T values, int stride, Span<int> leaves)
    {
        ref var nodes = ref MemoryMarshal.GetArrayDataReference(_nodes);
        ref T v1 = ref Unsafe.Add(ref values, 1), v2 = ref Unsafe.Add(ref values, 2), v3 = ref Unsafe.Add(ref values, 3);
        ref T v4 = ref Unsafe.Add(ref values, 4), v5 = ref Unsafe.Add(ref values, 5), v6 = ref Unsafe.Add(ref values, 6), v7 = ref Unsafe.Add(ref values, 7);
        var inner = FirstLeaf;
        int a = _root, b = a, c = a, d = a, e = a, f = a, g = a, h = a;
        while (a < inner || b < inner || c < inner || d < inner || e < inner || f < inner || g < inner || h < inner)
        {
            a = Next(ref nodes, a, ref values, stride);
            b = Next(ref nodes, b, ref v1, stride);
            c = Next(ref nodes, c, ref v2, stride);
            d = Next(ref nodes, d, ref v3, stride);
            e = Next(ref nodes, e, ref v4, stride);
            f = Next(ref nodes, f, ref v5, stride);
            g = Next(ref nodes, g, ref v6, stride);
            h = Next(ref nodes, h, ref v7, stride);
        }

        leaves[0] = a - inner;
        leaves[1] = b - inner;
        leaves[2] = c - inner;
        leaves[3] = d - inner;
        leaves[4] = e - inner;
        leaves[5] = f - inner;
        leaves[6] = g - inner;
        leaves[7] = h - inner;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Next(ref Node nodes, int at, ref T values, int stride)
    {
        ref var node = ref Unsafe.Add(ref nodes, at);
        var yes = Unsafe.Add(ref values, node.Column * stride) <= node.Threshold;
        return Unsafe.Add(ref Unsafe.AsRef(in node.No), (int)Unsafe.BitCast<bool, byte>(yes));
    }

    /// <summary>Yes stands behind No, so that the comparison chooses by address.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Node(int column, T threshold, int no, int yes)
    {
        public readonly int Column = column;
        public readonly int No = no;
        public readonly int Yes = yes;
        public readonly T Threshold = threshold;
    }
}
