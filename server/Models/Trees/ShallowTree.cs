using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ExplainLsp.Models.Trees;

/// <summary>
/// A tree of few levels, filled up to a complete one, for one score. All its comparisons are made for a vector of rows at once and pick
/// the leaf's value without a branch or an indirect load: for few levels that is less work than to walk.
/// </summary>
/// <typeparam name="T">The precision in which values are compared.</typeparam>
internal sealed class ShallowTree<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Levels of comparisons up to which a tree is shallow.</summary>
    public const int MostLevels = 5;

    private readonly int _levels;
    private readonly int[] _columns;
    private readonly T[] _thresholds;
    private readonly T[] _values;

    /// <param name="splits">Its splits.</param>
    /// <param name="root">The last of them, or the complement of a leaf.</param>
    /// <param name="levels">Its levels of comparisons, at most <see cref="MostLevels"/>.</param>
    /// <param name="score">The score that it adds to.</param>
    /// <param name="value">The value of a leaf, by its node.</param>
    public ShallowTree(ReadOnlySpan<Split> splits, int root, int levels, int score, Func<int, double> value)
    {
        Score = score;
        _levels = Math.Max(levels, 1);
        _columns = new int[(1 << _levels) - 1];
        _thresholds = new T[_columns.Length];
        _values = new T[1 << _levels];
        Fill(splits, root, 0, 0, value);
    }

    /// <summary>The score that it adds to.</summary>
    public int Score { get; }

    /// <summary>Adds the tree's value to each row's sum.</summary>
    /// <param name="columns">Columns of <paramref name="rows"/> values, one after another.</param>
    /// <param name="rows">A multiple of 16.</param>
    /// <param name="sums">One a row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(ReadOnlySpan<T> columns, int rows, Span<double> sums)
    {
        ref var column = ref MemoryMarshal.GetReference(columns);
        ref var sum = ref MemoryMarshal.GetReference(sums);
        var nodes = new Nodes(ref MemoryMarshal.GetArrayDataReference(_columns), ref MemoryMarshal.GetArrayDataReference(_thresholds),
            ref MemoryMarshal.GetArrayDataReference(_values), rows);
        for (var row = 0; row < rows; row += Vector512<T>.Count)
        {
            nodes.Rows = ref Unsafe.Add(ref column, row);
            var value = _levels switch
            {
                1 => One(nodes, 0, 0),
                2 => Two(nodes, 0, 0),
                3 => Three(nodes, 0, 0),
                4 => Four(nodes, 0, 0),
                _ => Vector512.ConditionalSelect(nodes.Yes(0), Four(nodes, 1, 0), Four(nodes, 2, 16)),
            };
            if (typeof(T) == typeof(float))
            {
                var (low, high) = Vector512.Widen(value.AsSingle());
                (Vector512.LoadUnsafe(ref sum, (nuint)row) + low).StoreUnsafe(ref sum, (nuint)row);
                (Vector512.LoadUnsafe(ref sum, (nuint)row + 8) + high).StoreUnsafe(ref sum, (nuint)row + 8);
            }
            else
            {
                (Vector512.LoadUnsafe(ref sum, (nuint)row) + value.AsDouble()).StoreUnsafe(ref sum, (nuint)row);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> One(in Nodes nodes, int node, int leaf) =>
        Vector512.ConditionalSelect(nodes.Yes(node), nodes.Value(leaf), nodes.Value(leaf + 1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Two(in Nodes nodes, int node, int leaf) =>
        Vector512.ConditionalSelect(nodes.Yes(node), One(nodes, (2 * node) + 1, leaf), One(nodes, (2 * node) + 2, leaf + 2));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Three(in Nodes nodes, int node, int leaf) =>
        Vector512.ConditionalSelect(nodes.Yes(node), Two(nodes, (2 * node) + 1, leaf), Two(nodes, (2 * node) + 2, leaf + 4));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector512<T> Four(in Nodes nodes, int node, int leaf) =>
        Vector512.ConditionalSelect(nodes.Yes(node), Three(nodes, (2 * node) + 1, leaf), Three(nodes, (2 * node) + 2, leaf + 8));

    /// <summary>Writes a subtree to its place in the complete tree; a leaf that comes early is repeated below.</summary>
    private void Fill(ReadOnlySpan<Split> splits, int from, int place, int level, Func<int, double> value)
    {
        if (level == _levels)
        {
            _values[place - _columns.Length] = T.CreateTruncating(value(~from));
            return;
        }

        var split = from < 0 ? new Split(0, 0, from, from) : splits[from];
        _columns[place] = split.Column;
        _thresholds[place] = T.CreateTruncating(split.Threshold);
        Fill(splits, split.Yes, (2 * place) + 1, level + 1, value);
        Fill(splits, split.No, (2 * place) + 2, level + 1, value);
    }

    /// <summary>The tree's arrays beside the rows that are looked at; the children of node i are 2i + 1 and 2i + 2.</summary>
    private ref struct Nodes(ref int columns, ref T thresholds, ref T values, int stride)
    {
        private readonly ref int _columns = ref columns;
        private readonly ref T _thresholds = ref thresholds;
        private readonly ref T _values = ref values;
        private readonly int _stride = stride;

        public ref T Rows;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly Vector512<T> Yes(int node) => Vector512.LessThanOrEqual(
            Vector512.LoadUnsafe(ref Rows, (nuint)(Unsafe.Add(ref _columns, node) * _stride)), Vector512.Create(Unsafe.Add(ref _thresholds, node)));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly Vector512<T> Value(int leaf) => Vector512.Create(Unsafe.Add(ref _values, leaf));
    }
}
