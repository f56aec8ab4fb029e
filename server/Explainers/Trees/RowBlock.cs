using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using ExplainLsp.Models;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Trees;

/// <summary>
/// Up to 64 rows side by side, column by column: a comparison of a tree is one 64-bit word, one bit a row. Values are as the model sees
/// them (a float widened), so that every row takes the branch that ONNX Runtime takes.
/// </summary>
internal sealed class RowBlock
{
    /// <summary>Rows of a full block.</summary>
    public const int Size = 64;

    private readonly double[] values;
    private readonly ulong[] missing;

    private RowBlock(int features, int count)
    {
        values = new double[features * Size];
        missing = new ulong[features];
        Count = count;
    }

    /// <summary>Rows in it, 1 to 64.</summary>
    public int Count { get; }

    /// <summary>One bit a row.</summary>
    public ulong All => Count == Size ? ulong.MaxValue : (1UL << Count) - 1;

    /// <summary>Rows of features, row-major, as the model sees them.</summary>
    public static RowBlock[] Of(ReadOnlySpan<double> features, int width)
    {
        int rows = features.Length / width;
        var blocks = new RowBlock[(rows + Size - 1) / Size];
        for (int b = 0; b < blocks.Length; b++)
        {
            var block = blocks[b] = new RowBlock(width, Math.Min(Size, rows - (b * Size)));
            for (int i = 0; i < block.Count; i++)
            {
                ReadOnlySpan<double> row = features.Slice(((b * Size) + i) * width, width);
                for (int feature = 0; feature < width; feature++)
                    block.Set(feature, i, row[feature]);
            }
        }
        return blocks;
    }

    /// <summary>The rows of a table whose columns reach the trees as they are.</summary>
    public static RowBlock[] Of(TreeEnsemble trees, EncodedTable table, IReadOnlyList<int> rows)
    {
        var blocks = new RowBlock[(rows.Count + Size - 1) / Size];
        for (int b = 0; b < blocks.Length; b++)
        {
            var block = new RowBlock(trees.Sources.Length, Math.Min(Size, rows.Count - (b * Size)));
            for (int feature = 0; feature < trees.Sources.Length; feature++)
                block.Read(trees, feature, table, rows, b * Size);
            blocks[b] = block;
        }
        return blocks;
    }

    // A process that explains a few rows ends before the runtime would compile the inner loops well: they are compiled so at once.

    /// <summary>The rows that take the true branch at a node.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ulong TakesTrue(TreeEnsemble trees, int node)
    {
        int feature = trees.Features[node];
        ReadOnlySpan<double> column = values.AsSpan(feature * Size, Size);
        double threshold = trees.Thresholds[node];
        ulong bits = trees.Modes[node] switch
        {
            BranchMode.LessOrEqual => Compare<LessOrEqual>(column, threshold),
            BranchMode.Less => Compare<Less>(column, threshold),
            BranchMode.GreaterOrEqual => Compare<GreaterOrEqual>(column, threshold),
            BranchMode.Greater => Compare<Greater>(column, threshold),
            BranchMode.Equal => Compare<Equal>(column, threshold),
            BranchMode.Member => Members(trees, node, column),
            _ => ~Compare<Equal>(column, threshold),
        };
        return trees.MissingTracksTrue[node] ? bits | missing[feature] : bits;
    }

    private ulong Members(TreeEnsemble trees, int node, ReadOnlySpan<double> column)
    {
        ulong bits = 0;
        for (int row = 0; row < Count; row++)
            bits |= trees.TakesTrue(node, column[row]) ? 1UL << row : 0;
        return bits;
    }

    private void Read(TreeEnsemble trees, int feature, EncodedTable table, IReadOnlyList<int> rows, int from)
    {
        InputColumn source = trees.Sources[feature];
        InputTensor tensor = table.Batch.Tensors[source.Input];
        int width = tensor.RowShape.Aggregate(1, (product, size) => product * size);
        for (int i = 0; i < Count; i++)
        {
            int at = (rows[from + i] * width) + source.Offset;
            Set(feature, i, trees.Rounded(tensor.Data switch
            {
                float[] floats => floats[at],
                double[] doubles => doubles[at],
                long[] longs => longs[at],
                int[] ints => ints[at],
                bool[] bools => bools[at] ? 1 : 0,
                _ => throw new ExplainerException($"Input {tensor.Name} is text, and the trees need numbers. Use kernel-shap."),
            }));
        }
    }

    private void Set(int feature, int row, double value)
    {
        values[(feature * Size) + row] = value;
        if (double.IsNaN(value))
            missing[feature] |= 1UL << row;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ulong Compare<TComparison>(ReadOnlySpan<double> column, double threshold)
        where TComparison : IComparison
    {
        ReadOnlySpan<Vector256<double>> vectors = MemoryMarshal.Cast<double, Vector256<double>>(column);
        var against = Vector256.Create(threshold);
        ulong bits = 0;
        for (int i = 0; i < vectors.Length; i++)
            bits |= (ulong)TComparison.Apply(vectors[i], against).ExtractMostSignificantBits() << (i * 4);
        return bits;
    }

    private interface IComparison
    {
        static abstract Vector256<double> Apply(Vector256<double> value, Vector256<double> threshold);
    }

    private readonly struct LessOrEqual : IComparison
    {
        public static Vector256<double> Apply(Vector256<double> value, Vector256<double> threshold) => Vector256.LessThanOrEqual(value, threshold);
    }

    private readonly struct Less : IComparison
    {
        public static Vector256<double> Apply(Vector256<double> value, Vector256<double> threshold) => Vector256.LessThan(value, threshold);
    }

    private readonly struct GreaterOrEqual : IComparison
    {
        public static Vector256<double> Apply(Vector256<double> value, Vector256<double> threshold) => Vector256.GreaterThanOrEqual(value, threshold);
    }

    private readonly struct Greater : IComparison
    {
        public static Vector256<double> Apply(Vector256<double> value, Vector256<double> threshold) => Vector256.GreaterThan(value, threshold);
    }

    private readonly struct Equal : IComparison
    {
        public static Vector256<double> Apply(Vector256<double> value, Vector256<double> threshold) => Vector256.Equals(value, threshold);
    }
}
