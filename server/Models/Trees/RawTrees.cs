using System.Collections.Immutable;

namespace ExplainLsp.Models.Trees;

/// <summary>Nodes of an ensemble as the file lists them, children by their place in the list.</summary>
internal sealed class RawTrees
{
    public required int[] Roots { get; init; }

    /// <summary>−1 for a leaf.</summary>
    public required int[] Features { get; init; }

    public required double[] Thresholds { get; init; }

    public required BranchMode[] Modes { get; init; }

    /// <summary>The ascending sets of the nodes that ask for membership.</summary>
    public IReadOnlyDictionary<int, ImmutableArray<double>> Members { get; init; } = ImmutableDictionary<int, ImmutableArray<double>>.Empty;

    public required int[] TrueNodes { get; init; }

    public required int[] FalseNodes { get; init; }

    public required bool[] MissingTracksTrue { get; init; }

    public required double[] Covers { get; init; }

    /// <summary>Node, score and weight of what leaves add.</summary>
    public required (int Node, int Score, double Weight)[] Weights { get; init; }

    public required int Targets { get; init; }

    public required bool IsClassifier { get; init; }

    public required double[] BaseValues { get; init; }

    public required string PostTransform { get; init; }

    public required string Aggregate { get; init; }

    /// <summary><c>TreeEnsembleClassifier</c> and <c>TreeEnsembleRegressor</c>: nodes are named by tree and node id.</summary>
    public static RawTrees OfListed(TreeAttributes node, bool isClassifier)
    {
        var modes = node.Texts("nodes_modes");
        var count = modes.Length;
        var (trees, ids) = (node.Integers("nodes_treeids", count), node.Integers("nodes_nodeids", count));
        var places = new Dictionary<(int, int), int>(count);
        for (var i = 0; i < count; i++)
            places.TryAdd((trees[i], ids[i]), i);
        var (yes, no) = (node.Integers("nodes_truenodeids", count), node.Integers("nodes_falsenodeids", count));
        var (features, track) = (node.Integers("nodes_featureids", count), node.Integers("nodes_missing_value_tracks_true"));
        var prefix = isClassifier ? "class" : "target";
        var weights = node.Numbers($"{prefix}_weights");
        var (weightTrees, weightNodes, weightScores) =
            (node.Integers($"{prefix}_treeids", weights.Length), node.Integers($"{prefix}_nodeids", weights.Length), node.Integers($"{prefix}_ids", weights.Length));
        var labels = node.Integers("classlabels_int64s").Length + node.Texts("classlabels_strings").Length;
        return new RawTrees
        {
            Roots = [.. Enumerable.Range(0, count).Where(i => i == 0 || trees[i] != trees[i - 1]).DistinctBy(i => trees[i])],
            Features = [.. modes.Select((mode, i) => mode == "LEAF" ? -1 : features[i])],
            Thresholds = node.Numbers("nodes_values", count),
            Modes = [.. modes.Select(ModeOf)],
            TrueNodes = [.. Enumerable.Range(0, count).Select(i => places.GetValueOrDefault((trees[i], yes[i]), -1))],
            FalseNodes = [.. Enumerable.Range(0, count).Select(i => places.GetValueOrDefault((trees[i], no[i]), -1))],
            MissingTracksTrue = track.Length == count ? [.. track.Select(value => value != 0)] : new bool[count],
            Covers = node.Numbers("nodes_hitrates"),
            Weights = [.. weights.Select((weight, i) => (places.GetValueOrDefault((weightTrees[i], weightNodes[i]), -1), weightScores[i], weight))],
            Targets = isClassifier ? labels : (int)node.Integer("n_targets", 1),
            IsClassifier = isClassifier,
            BaseValues = node.Numbers("base_values"),
            PostTransform = node.Text("post_transform", "NONE"),
            Aggregate = node.Text("aggregate_function", "SUM"),
        };
    }

    /// <summary><c>TreeEnsemble</c> of ai.onnx.ml 5: inner nodes and leaves stand in lists of their own; leaves follow here.</summary>
    public static RawTrees OfFlat(TreeAttributes node)
    {
        var features = node.Integers("nodes_featureids");
        var inner = features.Length;
        var (modes, splits) = (node.Numbers("nodes_modes", inner), node.Numbers("nodes_splits", inner));
        var weights = node.Numbers("leaf_weights");
        var scores = node.Integers("leaf_targetids", weights.Length);
        var track = node.Integers("nodes_missing_value_tracks_true");
        var leaves = Enumerable.Repeat(-1, weights.Length);
        return new RawTrees
        {
            // A tree of one leaf is written as an inner node whose two branches are that leaf.
            Roots = node.Integers("tree_roots"),
            Features = [.. features, .. leaves],
            Thresholds = [.. splits, .. new double[weights.Length]],
            Modes = [.. modes.Select(mode => ModeOf((int)mode)), .. new BranchMode[weights.Length]],
            Members = MembersOf(modes, node.Numbers("membership_values")),
            TrueNodes = [.. Children("nodes_truenodeids", "nodes_trueleafs"), .. leaves],
            FalseNodes = [.. Children("nodes_falsenodeids", "nodes_falseleafs"), .. leaves],
            MissingTracksTrue = [.. track.Length == inner ? track.Select(value => value != 0) : new bool[inner], .. new bool[weights.Length]],
            Covers = [],
            Weights = [.. weights.Select((weight, i) => (inner + i, scores[i], weight))],
            Targets = (int)node.Integer("n_targets", 1),
            IsClassifier = false,
            BaseValues = [],
            PostTransform = node.Integer("post_transform", 0) switch { 0 => "NONE", 1 => "SOFTMAX", 2 => "LOGISTIC", 3 => "SOFTMAX_ZERO", 4 => "PROBIT", var other => $"{other}" },
            Aggregate = node.Integer("aggregate_function", 1) switch { 0 => "AVERAGE", 1 => "SUM", 2 => "MIN", 3 => "MAX", var other => $"{other}" },
        };

        IEnumerable<int> Children(string name, string isLeaf)
        {
            var leaf = node.Integers(isLeaf, inner);
            return node.Integers(name, inner).Select((child, i) => leaf[i] != 0 ? inner + child : child < inner ? child : -1);
        }
    }

    private static BranchMode ModeOf(string mode) => mode switch
    {
        "LEAF" or "BRANCH_LEQ" => BranchMode.LessOrEqual,
        "BRANCH_LT" => BranchMode.Less,
        "BRANCH_GTE" => BranchMode.GreaterOrEqual,
        "BRANCH_GT" => BranchMode.Greater,
        "BRANCH_EQ" => BranchMode.Equal,
        "BRANCH_NEQ" => BranchMode.NotEqual,
        _ => throw new ModelException($"A tree branches by '{mode}', which is not known. Use exact-shap or kernel-shap."),
    };

    private static BranchMode ModeOf(int mode) => mode switch
    {
        0 => BranchMode.LessOrEqual,
        1 => BranchMode.Less,
        2 => BranchMode.GreaterOrEqual,
        3 => BranchMode.Greater,
        4 => BranchMode.Equal,
        5 => BranchMode.NotEqual,
        6 => BranchMode.Member,
        _ => throw new ModelException($"A tree branches by mode {mode}, which is not known. Use exact-shap or kernel-shap."),
    };

    /// <summary>The sets stand one after another in the order of their nodes, each closed by a NaN.</summary>
    private static Dictionary<int, ImmutableArray<double>> MembersOf(double[] modes, double[] values)
    {
        var sets = new Dictionary<int, ImmutableArray<double>>();
        var next = 0;
        for (var node = 0; node < modes.Length; node++)
        {
            if (modes[node] != (int)BranchMode.Member)
                continue;
            var end = Array.FindIndex(values, next, double.IsNaN);
            if (end < 0)
                throw new ModelException("A tree branches by membership in a set that is not there. Export the model again.");
            sets[node] = [.. values[next..end].Distinct().Order()];
            next = end + 1;
        }

        return sets;
    }
}
