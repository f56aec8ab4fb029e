using ExplainLsp.Models.Onnx;
using Google.Protobuf;
using static ExplainLsp.Models.Onnx.AttributeProto.Types;
using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;

namespace ExplainLsp.Models.Tests.Trees;

/// <summary>An ensemble as a list of nodes, grown at random or by hand, and written as any of the three operators.</summary>
internal sealed class TreeListing(int features)
{
    private int _trees;

    public List<Node> Nodes { get; } = [];

    public List<(int Tree, int Node, int Score, float Weight)> Weights { get; } = [];

    public int Features => features;

    /// <summary>How inner nodes may compare.</summary>
    public string[] Modes { get; init; } = ["BRANCH_LEQ", "BRANCH_LT", "BRANCH_GTE", "BRANCH_GT"];

    /// <summary>The threshold of a node; halves from −2.5 to 2.5 when nothing else is said, so that they repeat.</summary>
    public Func<Random, float> Threshold { get; init; } = random => (random.Next(11) / 2f) - 2.5f;

    /// <summary>The feature of a node.</summary>
    public Func<Random, int> Feature { get; init; } = random => random.Next(features);

    /// <summary>The weights of a leaf.</summary>
    public Func<Random, int, (int Score, float Weight)[]> Leaf { get; init; } = (random, _) => [(0, (float)((random.NextDouble() * 4) - 2))];

    /// <summary>The chance that a branch ends early, at each node.</summary>
    public double Early { get; init; } = 0.2;

    /// <summary>Whether one branch of each node is a leaf.</summary>
    public bool IsChain { get; init; }

    public TreeListing Grow(Random random, int trees, int depth)
    {
        for (int i = 0; i < trees; i++, _trees++)
            Branch(random, depth, Nodes.Count);
        return this;
    }

    /// <summary>The same with single leaves as nodes whose two branches are that leaf, as the newer operator writes them.</summary>
    public TreeListing AtLeastOneSplit()
    {
        foreach (var leaf in Nodes.Where(node => node.Mode == "LEAF" && node.Id == 0).ToArray())
        {
            var root = new Node { Tree = leaf.Tree, Id = 0, Mode = "BRANCH_LEQ", True = 1, False = 1 };
            Nodes.Insert(Nodes.IndexOf(leaf), root);
            Nodes.Remove(leaf);
            for (var i = 0; i < Weights.Count; i++)
                Weights[i] = Weights[i].Tree == leaf.Tree ? Weights[i] with { Node = 1 } : Weights[i];
        }

        return this;
    }

    public ModelProto Regressor(int targets = 1, string post = "NONE", string aggregate = "SUM", float[]? bases = null, bool doubles = false)
    {
        var node = Listed("TreeEnsembleRegressor", "target", doubles, bases);
        node.Attribute.Add(new AttributeProto { Name = "n_targets", I = targets, Type = AttributeType.Int });
        Text(node, "post_transform", post);
        Text(node, "aggregate_function", aggregate);
        node.Output.Add("y");
        return Model(node, doubles ? DataType.Double : DataType.Float, 3, ("y", DataType.Float, targets));
    }

    public ModelProto Classifier(int classes, string post = "NONE", float[]? bases = null, bool doubles = false)
    {
        var node = Listed("TreeEnsembleClassifier", "class", doubles, bases);
        Integers(node, "classlabels_int64s", Enumerable.Range(0, classes));
        Text(node, "post_transform", post);
        node.Output.Add("label");
        node.Output.Add("scores");
        return Model(node, doubles ? DataType.Double : DataType.Float, 3, ("label", DataType.Int64, 0), ("scores", DataType.Float, classes));
    }

    /// <summary>The operator of ai.onnx.ml 5: one weight a leaf, inner nodes and leaves in lists of their own.</summary>
    public ModelProto Flat(int targets = 1, int post = 0, int aggregate = 1, bool doubles = false)
    {
        var node = new NodeProto { OpType = "TreeEnsemble", Domain = "ai.onnx.ml" };
        node.Input.Add("x");
        node.Output.Add("y");
        var inner = Nodes.Where(each => each.Mode != "LEAF").ToList();
        var places = new Dictionary<(int, int), (bool Leaf, int Place)>();
        foreach (var (each, i) in inner.Select((each, i) => (each, i)))
            places[(each.Tree, each.Id)] = (false, i);
        foreach (var (weight, i) in Weights.Select((weight, i) => (weight, i)))
            places[(weight.Tree, weight.Node)] = (true, i);
        Integers(node, "tree_roots", Nodes.Where(each => each.Id == 0).Select(root => places[(root.Tree, 0)].Place));
        Integers(node, "nodes_featureids", inner.Select(each => each.Feature));
        Integers(node, "nodes_truenodeids", inner.Select(each => places[(each.Tree, each.True)].Place));
        Integers(node, "nodes_falsenodeids", inner.Select(each => places[(each.Tree, each.False)].Place));
        Integers(node, "nodes_trueleafs", inner.Select(each => places[(each.Tree, each.True)].Leaf ? 1 : 0));
        Integers(node, "nodes_falseleafs", inner.Select(each => places[(each.Tree, each.False)].Leaf ? 1 : 0));
        Integers(node, "nodes_missing_value_tracks_true", inner.Select(each => each.Track));
        Integers(node, "leaf_targetids", Weights.Select(weight => weight.Score));
        Tensor(node, "leaf_weights", Weights.Select(weight => weight.Weight), doubles);
        Tensor(node, "nodes_splits", inner.Select(each => each.Threshold), doubles);
        var modes = new TensorProto { DataType = (int)DataType.Uint8 };
        modes.Dims.Add(inner.Count);
        modes.RawData = ByteString.CopyFrom([.. inner.Select(each => (byte)Array.IndexOf(FlatModes, each.Mode))]);
        node.Attribute.Add(new AttributeProto { Name = "nodes_modes", T = modes, Type = AttributeType.Tensor });
        if (inner.Any(each => each.Mode == "BRANCH_MEMBER"))
            Tensor(node, "membership_values", inner.Where(each => each.Mode == "BRANCH_MEMBER").SelectMany(each => each.Members.Append(float.NaN)), doubles, 1);
        foreach (var (name, value) in ((string, int)[])[("n_targets", targets), ("post_transform", post), ("aggregate_function", aggregate)])
            node.Attribute.Add(new AttributeProto { Name = name, I = value, Type = AttributeType.Int });
        var type = doubles ? DataType.Double : DataType.Float;
        return Model(node, type, 5, ("y", type, targets));
    }

    private static readonly string[] FlatModes =
        ["BRANCH_LEQ", "BRANCH_LT", "BRANCH_GTE", "BRANCH_GT", "BRANCH_EQ", "BRANCH_NEQ", "BRANCH_MEMBER"];

    private int Branch(Random random, int depth, int first)
    {
        var id = Nodes.Count - first;
        var node = new Node { Tree = _trees, Id = id };
        Nodes.Add(node);
        if (depth == 0 || random.NextDouble() < Early)
        {
            node.Mode = "LEAF";
            foreach (var (score, weight) in Leaf(random, _trees))
                Weights.Add((_trees, id, score, weight));
            return id;
        }

        node.Mode = Modes[random.Next(Modes.Length)];
        node.Feature = Feature(random);
        node.Threshold = Threshold(random);
        node.Track = random.Next(2);
        node.Members = node.Mode == "BRANCH_MEMBER" ? // ONNX Runtime knows sets of whole numbers only.
            [.. Enumerable.Range(0, 1 + random.Next(5)).Select(_ => (float)random.Next(-3, 4)).Distinct()] : [];
        node.True = Branch(random, depth - 1, first);
        node.False = Branch(random, IsChain ? 0 : depth - 1, first);
        return id;
    }

    private NodeProto Listed(string type, string prefix, bool doubles, float[]? bases)
    {
        var node = new NodeProto { OpType = type, Domain = "ai.onnx.ml" };
        node.Input.Add("x");
        Integers(node, "nodes_treeids", Nodes.Select(each => each.Tree));
        Integers(node, "nodes_nodeids", Nodes.Select(each => each.Id));
        Integers(node, "nodes_featureids", Nodes.Select(each => each.Feature));
        Integers(node, "nodes_truenodeids", Nodes.Select(each => each.True));
        Integers(node, "nodes_falsenodeids", Nodes.Select(each => each.False));
        Integers(node, "nodes_missing_value_tracks_true", Nodes.Select(each => each.Track));
        Integers(node, prefix + "_treeids", Weights.Select(weight => weight.Tree));
        Integers(node, prefix + "_nodeids", Weights.Select(weight => weight.Node));
        Integers(node, prefix + "_ids", Weights.Select(weight => weight.Score));
        var modes = new AttributeProto { Name = "nodes_modes", Type = AttributeType.Strings };
        modes.Strings.AddRange(Nodes.Select(each => ByteString.CopyFromUtf8(each.Mode)));
        node.Attribute.Add(modes);
        Numbers(node, "nodes_values", Nodes.Select(each => each.Threshold), doubles);
        Numbers(node, prefix + "_weights", Weights.Select(weight => weight.Weight), doubles);
        if (bases is not null)
            Numbers(node, "base_values", bases, doubles);
        return node;
    }

    private ModelProto Model(NodeProto node, DataType input, int version, params (string Name, DataType Type, int Columns)[] outputs)
    {
        var model = new ModelProto { IrVersion = 8, Graph = new GraphProto { Name = "trees" } };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = 17 });
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "ai.onnx.ml", Version = version });
        model.Graph.Node.Add(node);
        model.Graph.Input.Add(Value("x", input, features));
        foreach (var (name, type, columns) in outputs)
            model.Graph.Output.Add(Value(name, type, columns));
        return model;
    }

    private static ValueInfoProto Value(string name, DataType type, int columns)
    {
        var shape = new TensorShapeProto { Dim = { new TensorShapeProto.Types.Dimension { DimParam = "N" } } };
        if (columns > 0)
            shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = columns });
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = shape } } };
    }

    private static void Text(NodeProto node, string name, string value) =>
        node.Attribute.Add(new AttributeProto { Name = name, S = ByteString.CopyFromUtf8(value), Type = AttributeType.String });

    private static void Integers(NodeProto node, string name, IEnumerable<int> values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeType.Ints };
        attribute.Ints.AddRange(values.Select(value => (long)value));
        node.Attribute.Add(attribute);
    }

    private static void Numbers(NodeProto node, string name, IEnumerable<float> values, bool doubles)
    {
        if (doubles)
        {
            Tensor(node, name + "_as_tensor", values, true);
            return;
        }

        var attribute = new AttributeProto { Name = name, Type = AttributeType.Floats };
        attribute.Floats.AddRange(values);
        node.Attribute.Add(attribute);
    }

    private static void Tensor(NodeProto node, string name, IEnumerable<float> values, bool doubles, double scale = 1.1)
    {
        var tensor = new TensorProto { DataType = (int)(doubles ? DataType.Double : DataType.Float) };
        if (doubles)
        {
            // A tenth more than what a float holds, so that precision tells.
            tensor.DoubleData.AddRange(values.Select(value => value * scale));
            tensor.Dims.Add(tensor.DoubleData.Count);
        }
        else
        {
            tensor.FloatData.AddRange(values);
            tensor.Dims.Add(tensor.FloatData.Count);
        }

        node.Attribute.Add(new AttributeProto { Name = name, T = tensor, Type = AttributeType.Tensor });
    }

    internal sealed class Node
    {
        public required int Tree { get; init; }

        public required int Id { get; init; }

        public int Feature { get; set; }

        public float Threshold { get; set; }

        public string Mode { get; set; } = "";

        public int Track { get; set; }

        public int True { get; set; }

        public int False { get; set; }

        public float[] Members { get; set; } = [];
    }
}
