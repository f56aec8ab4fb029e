using System.Collections.Immutable;
using ExplainLsp.Models.Running;

namespace ExplainLsp.Models.Trees;

/// <summary>
/// Rows on which two ways to run the same trees would differ if they ever did: thresholds themselves, the numbers before and behind them,
/// zero, infinities and missing values. The same for the same trees.
/// </summary>
internal sealed class TreeProbe
{
    /// <summary>Rows of the probe.</summary>
    public const int Rows = 192;

    private readonly TreeEnsemble _trees;
    private readonly double[][] _thresholds;

    public TreeProbe(TreeEnsemble trees)
    {
        _trees = trees;
        var found = trees.Sources.Select(_ => new List<double>()).ToArray();
        double size = 0;
        for (var node = 0; node < trees.NodeCount; node++)
        {
            if (trees.Features[node] >= 0)
                found[trees.Features[node]].AddRange(trees.Members.TryGetValue(node, out var set) ? set : [trees.Thresholds[node]]);
        }

        for (var tree = 0; tree < trees.Roots.Length; tree++)
            size += Largest(tree);
        _thresholds = [.. found.Select(list => list.ToArray())];
        Tolerance = 1e-6 * (1 + ((trees.Averages ? 1.0 / trees.Roots.Length : 1) * size) + trees.BaseValues.Max(Math.Abs));
    }

    /// <summary>How far single precision may lie from double at most.</summary>
    public double Tolerance { get; }

    /// <summary>The trees' features among a model's inputs.</summary>
    public static ImmutableArray<TreeColumn> Columns(TreeEnsemble trees, ModelTensor[] inputs)
    {
        int[] widths = [.. inputs.Select(input => input.RowShape.Aggregate(1, (product, size) => product * size))];
        return [.. trees.Sources.Select(source => new TreeColumn(inputs[source.Input].Data, source.Offset, widths[source.Input]))];
    }

    /// <summary>The rows as model input.</summary>
    public ModelTensor[] Inputs(InputPlan plan)
    {
        var tensors = RowTensors.Zeros(plan, Rows);
        // A generator of its own (Knuth's MMIX constants), so that the probe is the same everywhere.
        ulong state = 1;
        var columns = Columns(_trees, tensors);
        for (var row = 0; row < Rows; row++)
        {
            for (var feature = 0; feature < columns.Length; feature++)
                Set(columns[feature], row, Value(_thresholds[feature], Next(), Next()));
        }

        return tensors;

        uint Next() => (uint)((state = (state * 6364136223846793005) + 1442695040888963407) >> 33);
    }

    private double Value(double[] thresholds, uint kind, uint choice)
    {
        var threshold = thresholds.Length == 0 ? 0 : thresholds[choice % thresholds.Length];
        return (kind % 16) switch
        {
            0 => double.NaN,
            1 => (choice & 1) == 0 ? double.NegativeInfinity : double.PositiveInfinity,
            2 => 0,
            < 7 => threshold,
            < 11 => _trees.RoundsToSingle ? MathF.BitDecrement((float)threshold) : Math.BitDecrement(threshold),
            _ => _trees.RoundsToSingle ? MathF.BitIncrement((float)threshold) : Math.BitIncrement(threshold),
        };
    }

    private static void Set(TreeColumn column, int row, double value)
    {
        var at = column.Offset + (row * column.Stride);
        switch (column.Data)
        {
            case float[] floats: floats[at] = (float)value; break;
            case double[] doubles: doubles[at] = value; break;
            case long[] longs: longs[at] = long.CreateSaturating(value); break;
            case int[] ints: ints[at] = int.CreateSaturating(value); break;
            case bool[] bools: bools[at] = value > 0; break;
            default: throw new ModelException("Trees need numbers.");
        }
    }

    private double Largest(int tree)
    {
        var end = tree + 1 < _trees.Roots.Length ? _trees.Roots[tree + 1] : _trees.NodeCount;
        double largest = 0;
        for (var at = _trees.Roots[tree] * _trees.Scores; at < end * _trees.Scores; at++)
            largest = Math.Max(largest, Math.Abs(_trees.LeafValues[at]));
        return largest;
    }
}
