using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using ExplainLsp.Models.Trees;

namespace ExplainLsp.Models;

/// <summary>How an inner node of a tree decides; the row goes to the true branch when the comparison holds.</summary>
public enum BranchMode
{
    /// <summary>value ≤ threshold.</summary>
    LessOrEqual,

    /// <summary>value &lt; threshold.</summary>
    Less,

    /// <summary>value ≥ threshold.</summary>
    GreaterOrEqual,

    /// <summary>value &gt; threshold.</summary>
    Greater,

    /// <summary>value = threshold.</summary>
    Equal,

    /// <summary>value ≠ threshold.</summary>
    NotEqual,

    /// <summary>value is one of a set (ai.onnx.ml 5).</summary>
    Member,
}

/// <summary>How the scores of an ensemble become the model's output.</summary>
public enum PostTransform
{
    /// <summary>As they are.</summary>
    None,

    /// <summary>The logistic function of each score.</summary>
    Logistic,

    /// <summary>Softmax over the scores.</summary>
    Softmax,

    /// <summary>Softmax over the scores that are not zero.</summary>
    SoftmaxZero,

    /// <summary>The inverse of the normal distribution function.</summary>
    Probit,
}

/// <summary>
/// The trees inside a <c>TreeEnsembleClassifier</c>, <c>TreeEnsembleRegressor</c> or <c>TreeEnsemble</c> node, as flat arrays over all
/// nodes of all trees. Children stand behind their parent, so every walk from a root ends.
/// </summary>
public sealed class TreeEnsemble
{
    private static readonly ConditionalWeakTable<ModelFile, TreeEnsemble> Read = [];

    internal TreeEnsemble() { }

    /// <summary>The first node of each tree.</summary>
    public required ImmutableArray<int> Roots { get; init; }

    /// <summary>The feature that an inner node looks at; −1 for a leaf.</summary>
    public required ImmutableArray<int> Features { get; init; }

    /// <summary>The threshold of an inner node, exactly as ONNX Runtime compares it (a float widened, where the file holds floats).</summary>
    public required ImmutableArray<double> Thresholds { get; init; }

    /// <summary>How an inner node compares.</summary>
    public required ImmutableArray<BranchMode> Modes { get; init; }

    /// <summary>The ascending set of an inner node that asks for membership, by node.</summary>
    public required ImmutableDictionary<int, ImmutableArray<double>> Members { get; init; }

    /// <summary>The node for rows whose comparison holds.</summary>
    public required ImmutableArray<int> TrueNodes { get; init; }

    /// <summary>The node for the other rows.</summary>
    public required ImmutableArray<int> FalseNodes { get; init; }

    /// <summary>Whether a missing value (NaN) goes to the true branch.</summary>
    public required ImmutableArray<bool> MissingTracksTrue { get; init; }

    /// <summary>Rows (or weights) of training data that reached a node, as the file says; empty when it says nothing useful.</summary>
    public required ImmutableArray<double> Covers { get; init; }

    /// <summary>What a leaf adds to each score, nodes × <see cref="Scores"/>, row-major; zero for inner nodes.</summary>
    public required ImmutableArray<double> LeafValues { get; init; }

    /// <summary>Scores that the trees add up to, before the post transform: 1 for a binary classifier with one column of weights.</summary>
    public required int Scores { get; init; }

    /// <summary>What is added to each score.</summary>
    public required ImmutableArray<double> BaseValues { get; init; }

    /// <summary>What follows the sum.</summary>
    public required PostTransform PostTransform { get; init; }

    /// <summary>Whether the scores are divided by the number of trees.</summary>
    public required bool Averages { get; init; }

    /// <summary>Number of classes of a classifier; 0 for a regressor.</summary>
    public required int Classes { get; init; }

    /// <summary>Whether all leaves of a binary classifier with one score are at least zero: the score is a probability then.</summary>
    public required bool LeavesAreProbabilities { get; init; }

    /// <summary>What makes the ensemble's features of the model's input columns.</summary>
    public required FeaturePipeline Pipeline { get; init; }

    /// <summary>The input column that each of the ensemble's features is made of; empty where the pipeline mixes columns.</summary>
    public ImmutableArray<InputColumn> Sources => Pipeline.Sources;

    /// <summary>The distinct input columns that the trees look at: the players of their games.</summary>
    public ImmutableArray<InputColumn> Columns => Pipeline.Columns;

    /// <summary>Whether values are rounded to single precision before they are compared.</summary>
    public required bool RoundsToSingle { get; init; }

    /// <summary>The tensors that the trees write in the graph: scores, and the label of a classifier.</summary>
    public required ImmutableArray<string> Outputs { get; init; }

    /// <summary>Number of nodes, leaves included.</summary>
    public int NodeCount => Features.Length;

    /// <summary>Numbers a row that the model makes of the scores: two for a binary classifier with one score.</summary>
    public int Elements => Classes == 2 ? 2 : Scores;

    /// <summary>A value as it is compared.</summary>
    public double Rounded(double value) => RoundsToSingle ? (float)value : value;

    /// <summary>The trees of a model that consists of them; kept with the file.</summary>
    /// <exception cref="ModelException">
    /// No trees, several ensembles, or trees that loop, point outside, or have thresholds that are not numbers.
    /// </exception>
    public static TreeEnsemble Of(ModelFile file, CancellationToken cancellation)
    {
        if (Read.TryGetValue(file, out var known))
            return known;
        var ensemble = TreeEnsembleReader.Read(file, cancellation);
        Read.AddOrUpdate(file, ensemble);
        return ensemble;
    }

    /// <summary>Whether a value takes the true branch at an inner node.</summary>
    /// <param name="node">The node.</param>
    /// <param name="value">The value as it is compared (<see cref="Rounded"/>).</param>
    public bool TakesTrue(int node, double value) => double.IsNaN(value)
        ? MissingTracksTrue[node] || Modes[node] == BranchMode.NotEqual
        : Modes[node] switch
        {
            BranchMode.LessOrEqual => value <= Thresholds[node],
            BranchMode.Less => value < Thresholds[node],
            BranchMode.GreaterOrEqual => value >= Thresholds[node],
            BranchMode.Greater => value > Thresholds[node],
            BranchMode.Equal => value == Thresholds[node],
            BranchMode.Member => Members[node].BinarySearch(value) >= 0,
            _ => value != Thresholds[node],
        };

    /// <summary>The leaf that a row reaches in a tree.</summary>
    public int LeafOf(int tree, ReadOnlySpan<double> row)
    {
        var node = Roots[tree];
        while (Features[node] >= 0)
            node = TakesTrue(node, Rounded(row[Features[node]])) ? TrueNodes[node] : FalseNodes[node];
        return node;
    }

    /// <summary>The score of an element of the output before the post transform: the margin.</summary>
    /// <param name="row">Values of the features.</param>
    /// <param name="index">The class, or the regression's element.</param>
    public double Margin(ReadOnlySpan<double> row, int index)
    {
        var view = ScoreOf(index);
        double sum = 0;
        for (var tree = 0; tree < Roots.Length; tree++)
            sum += LeafValues[(LeafOf(tree, row) * Scores) + view.Score];
        return view.Offset + (view.Factor * sum);
    }

    /// <summary>How an element of the output depends on a score: margin = offset + factor × Σ leaf values.</summary>
    public (int Score, double Factor, double Offset) ScoreOf(int index)
    {
        var scale = Averages ? 1.0 / Roots.Length : 1;
        if (Scores > 1 || Classes != 2)
            return (index, scale, BaseValues[index]);
        // One column of weights for two classes: it scores the second. ONNX Runtime completes the first by 1 − p or −s.
        return (index, LeavesAreProbabilities) switch
        {
            (1, _) => (0, scale, BaseValues[0]),
            (_, true) => (0, -scale, 1 - BaseValues[0]),
            _ => (0, -scale, -BaseValues[0]),
        };
    }
}
