using System.Collections.Immutable;

namespace ExplainLsp.Models.Trees;

/// <summary>Lays the nodes of each tree out behind one another, parents before children, and refuses what is no tree.</summary>
internal sealed class TreeLayout(ModelFile file, RawTrees raw, FeaturePipeline pipeline, bool roundsToSingle, CancellationToken cancellation)
{
    private readonly List<int> _order = new(raw.Features.Length);
    private readonly int[] _place = new int[raw.Features.Length];

    public TreeEnsemble Build(ImmutableArray<string> outputs)
    {
        var transform = raw.PostTransform switch
        {
            "NONE" => PostTransform.None,
            "LOGISTIC" => PostTransform.Logistic,
            "SOFTMAX" => PostTransform.Softmax,
            "SOFTMAX_ZERO" => PostTransform.SoftmaxZero,
            "PROBIT" => PostTransform.Probit,
            var other => throw Damaged($"its post transform '{other}' is not known"),
        };
        if (raw.Aggregate is not ("SUM" or "AVERAGE"))
            throw new ModelException($"The trees of {file.DisplayName} are combined by {raw.Aggregate}, not by a sum. Use exact-shap or kernel-shap.");
        if (raw.Roots.Length == 0)
            throw Damaged("it has no tree");

        Array.Fill(_place, -1);
        var roots = raw.Roots.Select(Place).ToImmutableArray();
        var classes = raw.IsClassifier ? raw.Targets : 0;
        // As ONNX Runtime has it: weights for the first of two classes alone score the second, unless there are two base values.
        var isBinary = classes == 2 && raw.BaseValues.Length < 2 && raw.Weights.All(weight => weight.Score == 0);
        var scores = isBinary ? 1 : Math.Max(raw.Targets, 1);
        var leafValues = new double[_order.Count * scores];
        foreach (var (node, score, weight) in raw.Weights)
        {
            var column = isBinary ? 0 : score;
            if (node < 0 || column < 0 || column >= scores)
                throw Damaged("a weight belongs to a leaf or class that is not there");
            if (_place[node] >= 0)
                leafValues[(_place[node] * scores) + column] += weight;
        }

        return new TreeEnsemble
        {
            Roots = roots,
            Features = Ordered(raw.Features),
            Thresholds = Ordered(raw.Thresholds),
            Modes = Ordered(raw.Modes),
            Members = raw.Members.Where(set => _place[set.Key] >= 0).ToImmutableDictionary(set => _place[set.Key], set => set.Value),
            TrueNodes = [.. _order.Select(node => Child(node, raw.TrueNodes))],
            FalseNodes = [.. _order.Select(node => Child(node, raw.FalseNodes))],
            MissingTracksTrue = Ordered(raw.MissingTracksTrue),
            Covers = HasCovers() ? Ordered(raw.Covers) : [],
            LeafValues = [.. leafValues],
            Scores = scores,
            BaseValues = BaseValues(scores),
            PostTransform = transform,
            Averages = raw.Aggregate == "AVERAGE",
            Classes = classes,
            LeavesAreProbabilities = raw.IsClassifier && raw.Weights.All(weight => weight.Weight >= 0),
            Pipeline = pipeline,
            RoundsToSingle = roundsToSingle,
            Outputs = outputs,
        };
    }

    private int Place(int root)
    {
        if (root < 0 || root >= raw.Features.Length)
            throw Damaged("a tree begins at a node that is not there");
        var first = _order.Count;
        Add(root);
        for (var next = first; next < _order.Count; next++)
        {
            if ((next & 0xFFFF) == 0)
                cancellation.ThrowIfCancellationRequested();
            var node = _order[next];
            if (raw.Features[node] < 0)
                continue;
            // Where columns are mixed nobody knows how many features there are; then none is led back to a column either.
            if (pipeline.IsPerColumn && raw.Features[node] >= pipeline.Sources.Length)
                throw Damaged($"a node looks at column {raw.Features[node]}, and the model has {pipeline.Sources.Length}");
            if (double.IsNaN(raw.Thresholds[node]) && raw.Modes[node] != BranchMode.Member)
                throw Damaged("a node has a threshold that is not a number");
            Add(raw.TrueNodes[node]);
            // A tree of one leaf is written as a node with twice the same child.
            if (raw.FalseNodes[node] != raw.TrueNodes[node])
                Add(raw.FalseNodes[node]);
        }

        return first;
    }

    private void Add(int node)
    {
        if (node < 0 || node >= raw.Features.Length)
            throw Damaged("a node has a child that is not there");
        if (_place[node] >= 0)
            throw Damaged("a node has two parents, so a walk from the root may never end");
        _place[node] = _order.Count;
        _order.Add(node);
    }

    private int Child(int node, int[] children) => raw.Features[node] < 0 ? -1 : _place[children[node]];

    private ImmutableArray<T> Ordered<T>(T[] values) => [.. _order.Select(node => values[node])];

    /// <summary>Hit rates that exporters fill with ones say nothing.</summary>
    private bool HasCovers() => raw.Covers.Length == raw.Features.Length && raw.Covers.Any(cover => cover != raw.Covers[0])
        && _order.All(node => raw.Covers[node] > 0);

    private ImmutableArray<double> BaseValues(int scores) => raw.BaseValues.Length switch
    {
        0 => [.. new double[scores]],
        var given when given == scores => [.. raw.BaseValues],
        1 => [.. Enumerable.Repeat(raw.BaseValues[0], scores)],
        var given => throw Damaged($"it has {given} base values for {scores} scores"),
    };

    private ModelException Damaged(string what) => new($"The trees of {file.DisplayName} cannot be used: {what}. Export the model again.");
}
