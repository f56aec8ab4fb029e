using System.Buffers;
using System.Collections.Immutable;
using System.Numerics;

namespace ExplainLsp.Models.Trees;

/// <summary>Trees laid out in the precision in which values are compared.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal sealed class FlatTrees<T> : IFlatTrees
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Enough rows to share the cost of loading a tree, few enough that the columns stay in the first cache.
    private const int MostRows = 128;
    private const int Grain = 16;

    private readonly bool _rounds;
    private readonly int _scores;
    private readonly SplitColumn[] _columns;

    /// <summary>The trees in order; one entry a shallow tree and score, or a deep tree.</summary>
    private readonly (ShallowTree<T>? Shallow, DeepTree<T>? Deep)[] _trees;

    public FlatTrees(TreeEnsemble trees)
    {
        _rounds = trees.RoundsToSingle;
        _scores = trees.Scores;
        var form = new SplitForm(trees, typeof(T) == typeof(float));
        var entries = new List<(ShallowTree<T>?, DeepTree<T>?)>();
        for (var tree = 0; tree < trees.Roots.Length; tree++)
        {
            var (first, end) = (trees.Roots[tree], tree + 1 < trees.Roots.Length ? trees.Roots[tree + 1] : trees.NodeCount);
            var splits = form.Of(first, end, out var root);
            int[] scores = [.. Enumerable.Range(0, _scores).Where(score => Adds(first, end, score))];
            if (Levels(splits, root) is var levels && levels > ShallowTree<T>.MostLevels)
            {
                entries.Add((null, new DeepTree<T>(splits, root, scores, Value)));
                continue;
            }

            foreach (var score in scores)
                entries.Add((new ShallowTree<T>(splits, root, levels, score, node => Value(node, score)), null));
        }

        _trees = [.. entries];
        _columns = form.Columns;

        double Value(int node, int score) => trees.LeafValues[(node * _scores) + score];

        bool Adds(int first, int end, int score)
        {
            for (var node = first; node < end; node++)
            {
                if (Value(node, score) != 0)
                    return true;
            }

            return false;
        }
    }

    public void Sum(ImmutableArray<TreeColumn> columns, int start, int count, Span<double> sums, CancellationToken cancellation)
    {
        var most = Math.Min(MostRows, (count + Grain - 1) / Grain * Grain);
        var values = ArrayPool<T>.Shared.Rent(Math.Max(_columns.Length, 1) * most);
        var block = ArrayPool<double>.Shared.Rent(_scores * most);
        try
        {
            for (var from = 0; from < count; from += most)
            {
                cancellation.ThrowIfCancellationRequested();
                var here = Math.Min(most, count - from);
                var padded = (here + Grain - 1) / Grain * Grain;
                Load(columns, start + from, here, padded, values);
                var added = block.AsSpan(0, _scores * padded);
                added.Clear();
                foreach (var (shallow, deep) in _trees)
                {
                    if (shallow is not null)
                        shallow.Add(values, padded, added.Slice(shallow.Score * padded, padded));
                    else
                        deep!.Add(values, padded, added);
                }

                for (var score = 0; score < _scores; score++)
                {
                    for (var row = 0; row < here; row++)
                        sums[((from + row) * _scores) + score] = added[(score * padded) + row];
                }
            }
        }
        finally
        {
            ArrayPool<T>.Shared.Return(values);
            ArrayPool<double>.Shared.Return(block);
        }
    }

    private void Load(ImmutableArray<TreeColumn> columns, int start, int count, int padded, T[] values)
    {
        for (var i = 0; i < _columns.Length; i++)
        {
            var target = values.AsSpan(i * padded, padded);
            var (data, offset, stride) = columns[_columns[i].Feature];
            var at = checked(offset + (start * stride));
            switch (data)
            {
                case float[] floats: Gather(floats, at, stride, target[..count]); break;
                case double[] doubles: Gather(doubles, at, stride, target[..count]); break;
                case long[] longs: Gather(longs, at, stride, target[..count]); break;
                case int[] ints: Gather(ints, at, stride, target[..count]); break;
                case bool[] bools:
                    for (var row = 0; row < count; row++)
                        target[row] = bools[at + (row * stride)] ? T.One : T.Zero;
                    break;
                default: throw new ArgumentException("Trees need numbers.", nameof(columns));
            }

            target[count..].Clear();
            if (_columns[i].Reading != ColumnReading.Value)
                Reread(target, _columns[i].Reading);
        }
    }

    private void Gather<TSource>(TSource[] source, int at, int stride, Span<T> target)
        where TSource : INumberBase<TSource>
    {
        if (_rounds && typeof(T) == typeof(double))
        {
            for (var row = 0; row < target.Length; row++, at += stride)
                target[row] = T.CreateTruncating(float.CreateTruncating(source[at]));
            return;
        }

        for (var row = 0; row < target.Length; row++, at += stride)
            target[row] = T.CreateTruncating(source[at]);
    }

    private static void Reread(Span<T> column, ColumnReading reading)
    {
        foreach (ref var value in column)
        {
            if (reading == ColumnReading.Known)
                value = T.IsNaN(value) ? T.Zero : T.One;
            else if (T.IsNaN(value))
                value = T.NegativeInfinity;
        }
    }

    /// <summary>Levels of comparisons; children stand before their parents.</summary>
    private static int Levels(ReadOnlySpan<Split> splits, int root)
    {
        var levels = new int[splits.Length];
        for (var i = 0; i < splits.Length; i++)
            levels[i] = 1 + Math.Max(splits[i].Yes >= 0 ? levels[splits[i].Yes] : 0, splits[i].No >= 0 ? levels[splits[i].No] : 0);
        return root < 0 ? 0 : levels[root];
    }
}
