using System.Runtime.InteropServices;

namespace ExplainLsp.Models.Trees;

/// <summary>What a split reads of a feature.</summary>
internal enum ColumnReading
{
    /// <summary>The value; a missing one is below no threshold.</summary>
    Value,

    /// <summary>The value; a missing one counts as −∞, so it is at or below every threshold.</summary>
    MissingLowest,

    /// <summary>0 where the value is missing, 1 elsewhere.</summary>
    Known,
}

/// <summary>A column that splits look at.</summary>
/// <param name="Feature">The ensemble's feature.</param>
/// <param name="Reading">What is read of it.</param>
internal readonly record struct SplitColumn(int Feature, ColumnReading Reading);

/// <summary>The one form of a decision: a row goes to <see cref="Yes"/> when column ≤ threshold, and to <see cref="No"/> otherwise.</summary>
/// <param name="Column">The column by number.</param>
/// <param name="Threshold">Compared with; NaN is never met.</param>
/// <param name="Yes">A split before this one, or the complement of a leaf's node.</param>
/// <param name="No">The same for the other rows.</param>
internal readonly record struct Split(int Column, double Threshold, int Yes, int No);

/// <summary>
/// Brings the decisions of trees into one form, so that one comparison serves all branch modes and the tracks of missing values:
/// x &lt; t is x ≤ the number before t, ≥ and &gt; are these with branches changed over, = is two splits, membership a search. A tree becomes
/// a graph without cycles whose splits stand behind their children.
/// </summary>
/// <param name="trees">The ensemble.</param>
/// <param name="single">Whether values and thresholds are single precision.</param>
internal sealed class SplitForm(TreeEnsemble trees, bool single)
{
    private readonly Dictionary<SplitColumn, int> _columns = [];
    private readonly int[] _made = new int[trees.NodeCount];
    private List<Split> _splits = [];

    /// <summary>The columns of all trees so far, in order of their numbers.</summary>
    public SplitColumn[] Columns => [.. _columns.OrderBy(pair => pair.Value).Select(pair => pair.Key)];

    /// <summary>The splits of a tree, its root last; empty for a single leaf.</summary>
    /// <param name="first">Its first node.</param>
    /// <param name="end">The first node behind it.</param>
    /// <param name="root">The last split, or the complement of the only leaf's node.</param>
    public ReadOnlySpan<Split> Of(int first, int end, out int root)
    {
        _splits = [];
        for (var node = end - 1; node >= first; node--)
            _made[node] = Make(node);
        root = _made[first];
        return CollectionsMarshal.AsSpan(_splits);
    }

    private int Make(int node)
    {
        if (trees.Features[node] < 0)
            return ~node;
        var (whenTrue, whenFalse) = (_made[trees.TrueNodes[node]], _made[trees.FalseNodes[node]]);
        if (whenTrue == whenFalse)
            return whenTrue;
        var threshold = trees.Thresholds[node];
        var tracksTrue = trees.MissingTracksTrue[node];
        return trees.Modes[node] switch
        {
            BranchMode.LessOrEqual => AtMost(node, threshold, whenTrue, whenFalse, tracksTrue),
            BranchMode.Less => AtMost(node, Before(threshold), whenTrue, whenFalse, tracksTrue),
            BranchMode.GreaterOrEqual => AtMost(node, Before(threshold), whenFalse, whenTrue, !tracksTrue),
            BranchMode.Greater => AtMost(node, threshold, whenFalse, whenTrue, !tracksTrue),
            BranchMode.Equal => Among(node, [threshold], whenTrue, whenFalse, tracksTrue),
            BranchMode.NotEqual => Among(node, [threshold], whenFalse, whenTrue, false),
            _ => Among(node, trees.Members[node].AsSpan(), whenTrue, whenFalse, tracksTrue),
        };
    }

    private int AtMost(int node, double threshold, int yes, int no, bool missingYes)
    {
        if (missingYes && double.IsNaN(threshold))
            return Missing(node, yes, no);
        return Add(node, missingYes ? ColumnReading.MissingLowest : ColumnReading.Value, threshold, yes, no);
    }

    /// <summary>Membership in a set of ascending numbers. A missing value goes the way of all comparisons that fail: to those outside.</summary>
    private int Among(int node, ReadOnlySpan<double> members, int inside, int outside, bool missingInside)
    {
        var known = Search(node, members, inside, outside);
        return missingInside ? Missing(node, inside, known) : known;
    }

    private int Search(int node, ReadOnlySpan<double> members, int inside, int outside)
    {
        if (members.IsEmpty)
            return outside;
        var middle = members.Length / 2;
        var below = Search(node, members[..middle], inside, outside);
        var above = Search(node, members[(middle + 1)..], inside, outside);
        var here = Add(node, ColumnReading.Value, Before(members[middle]), below, inside);
        return Add(node, ColumnReading.Value, members[middle], here, above);
    }

    private int Missing(int node, int missing, int known) => Add(node, ColumnReading.Known, 0.5, missing, known);

    private int Add(int node, ColumnReading reading, double threshold, int yes, int no)
    {
        var column = new SplitColumn(trees.Features[node], reading);
        if (!_columns.TryGetValue(column, out var number))
            _columns[column] = number = _columns.Count;
        _splits.Add(new Split(number, threshold, yes, no));
        return _splits.Count - 1;
    }

    /// <summary>The largest number below; NaN where there is none.</summary>
    private double Before(double threshold)
    {
        if (double.IsNegativeInfinity(threshold))
            return double.NaN;
        return single ? MathF.BitDecrement((float)threshold) : Math.BitDecrement(threshold);
    }
}
