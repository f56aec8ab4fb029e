using System.Collections.Immutable;
using System.Numerics;

namespace ExplainLsp.Models.Trees;

/// <summary>
/// An ensemble made to score many rows fast: rows in blocks, column by column; shallow trees by comparing everything at once, deep ones by
/// walking several rows together. Every row takes the leaf that ONNX Runtime takes. Values are added in double precision in the order of
/// the trees, so a row's scores are the same bits whatever block it stands in. Safe for use from several threads.
/// </summary>
public sealed class FlatEnsemble
{
    private readonly IFlatTrees _flat;

    private FlatEnsemble(TreeEnsemble trees)
    {
        Trees = trees;
        _flat = trees.RoundsToSingle && trees.Thresholds.All(IsSingle) && trees.Members.Values.All(set => set.All(IsSingle))
            ? new FlatTrees<float>(trees) : new FlatTrees<double>(trees);
    }

    /// <summary>The ensemble.</summary>
    public TreeEnsemble Trees { get; }

    /// <summary>Lays out an ensemble; costs about as much as to score a few hundred rows.</summary>
    public static FlatEnsemble Of(TreeEnsemble trees) => new(trees);

    /// <summary>Sums of leaf values, as the leaves hold them: no base values, no average, no post transform.</summary>
    /// <param name="columns">One a feature of the ensemble.</param>
    /// <param name="start">The first row.</param>
    /// <param name="count">Rows, 1 or more.</param>
    /// <param name="sums">Receives count × <see cref="TreeEnsemble.Scores"/>, row-major.</param>
    /// <param name="cancellation">Honoured between blocks of rows.</param>
    public void Sum(ImmutableArray<TreeColumn> columns, int start, int count, Span<double> sums, CancellationToken cancellation) =>
        _flat.Sum(columns, start, count, sums, cancellation);

    /// <summary>Scores before the post transform, base values and average included.</summary>
    /// <param name="columns">One a feature of the ensemble.</param>
    /// <param name="start">The first row.</param>
    /// <param name="count">Rows, 1 or more.</param>
    /// <param name="margins">Receives count × <see cref="TreeEnsemble.Elements"/>, row-major.</param>
    /// <param name="cancellation">Honoured between blocks of rows.</param>
    public void Margins(ImmutableArray<TreeColumn> columns, int start, int count, Span<double> margins, CancellationToken cancellation)
    {
        var (scores, elements) = (Trees.Scores, Trees.Elements);
        // Where one score makes two elements the sums stand in the second half until they are spread.
        var sums = margins.Slice(count * (elements - scores), count * scores);
        Sum(columns, start, count, sums, cancellation);
        var views = Enumerable.Range(0, elements).Select(Trees.ScoreOf).ToArray();
        Span<double> row = stackalloc double[scores <= 64 ? scores : 0];
        row = scores <= 64 ? row : new double[scores];
        for (var i = 0; i < count; i++)
        {
            sums.Slice(i * scores, scores).CopyTo(row);
            for (var element = 0; element < elements; element++)
                margins[(i * elements) + element] = views[element].Offset + (views[element].Factor * row[views[element].Score]);
        }
    }

    private static bool IsSingle(double value) => double.IsNaN(value) || (float)value == value;
}

/// <summary>The values of one feature over rows.</summary>
/// <param name="Data">A <c>float[]</c>, <c>double[]</c>, <c>long[]</c>, <c>int[]</c> or <c>bool[]</c>.</param>
/// <param name="Offset">Where the first row's value stands.</param>
/// <param name="Stride">From one row's value to the next.</param>
public readonly record struct TreeColumn(Array Data, int Offset, int Stride);

/// <summary>Trees laid out in one precision.</summary>
internal interface IFlatTrees
{
    /// <inheritdoc cref="FlatEnsemble.Sum"/>
    void Sum(ImmutableArray<TreeColumn> columns, int start, int count, Span<double> sums, CancellationToken cancellation);
}
