using ExplainLsp.Models;
using ExplainLsp.Models.Onnx;
using ExplainLsp.Samples;
using Google.Protobuf;
using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;

namespace ExplainLsp.Explainers.Tests.Trees;

/// <summary>Random ensembles as ONNX files, opened by ONNX Runtime: thresholds that repeat, all comparisons, missing values, single leaves, lopsided trees.</summary>
internal sealed class RandomTrees : IDisposable
{
    private static readonly string[] Modes = ["BRANCH_LEQ", "BRANCH_LT", "BRANCH_GTE", "BRANCH_GT"];
    private readonly string path = Path.Combine(Path.GetTempPath(), $"trees-{Guid.NewGuid():N}.onnx");

    public RandomTrees(int seed, int features, int trees, int depth)
    {
        Features = features;
        Write(NodeOf(seed, features, trees, depth));
        Session = ModelSession.Open(ModelFile.Read(path), new ModelSessionOptions(1, 1 << 20));
    }

    public int Features { get; }

    public ModelSession Session { get; }

    public Predictor Predictor => new(Session, Session.Outputs[0], new Target(Session.Outputs[0].Name, 0, "y", TargetSpace.Raw));

    /// <summary>Rows of values from −3 to 3 in steps of a half, so that they meet thresholds; every tenth is missing where asked.</summary>
    public EncodedTable Rows(int seed, int count, bool missing)
    {
        var random = new Random(seed);
        string header = string.Join(",", Enumerable.Range(0, Features).Select(i => $"c{i}"));
        var lines = Enumerable.Range(0, count).Select(_ => string.Join(",", Enumerable.Range(0, Features).Select(i =>
            missing && i > 0 && random.Next(10) == 0 ? "" : ((random.Next(13) / 2.0) - 3).ToString(System.Globalization.CultureInfo.InvariantCulture))));
        Table table = Samples.Table.Parse(header + "\n" + string.Join("\n", lines) + "\n");
        return TableEncoder.Bind(table, [new InputSpec("x", typeof(float), [Features])], [])
            .Encode(table, [.. Enumerable.Range(0, count)]);
    }

    public void Dispose()
    {
        Session.Dispose();
        File.Delete(path);
    }

    /// <summary>Trees over a tensor <c>x</c> that write <c>y</c>.</summary>
    public static NodeProto NodeOf(int seed, int features, int trees, int depth)
    {
        var random = new Random(seed);
        var lists = new Lists { Features = features };
        for (int tree = 0; tree < trees; tree++)
            Grow(random, lists, tree, depth, new Counter());
        return NodeOf(lists);
    }

    private static int Grow(Random random, Lists lists, int tree, int depth, Counter counter)
    {
        int id = counter.Next++;
        int at = lists.Add(tree, id);
        if (depth == 0 || random.Next(5) == 0)
        {
            lists.Mode[at] = "LEAF";
            lists.Weights.Add((tree, id, (float)((random.NextDouble() * 4) - 2)));
            return id;
        }
        lists.Mode[at] = Modes[random.Next(Modes.Length)];
        lists.Feature[at] = random.Next(lists.Features);
        lists.Threshold[at] = (random.Next(11) / 2f) - 2.5f;
        lists.Track[at] = random.Next(2);
        lists.True[at] = Grow(random, lists, tree, depth - 1, counter);
        lists.False[at] = Grow(random, lists, tree, depth - 1, counter);
        return id;
    }

    private static NodeProto NodeOf(Lists lists)
    {
        var node = new NodeProto { OpType = "TreeEnsembleRegressor", Domain = "ai.onnx.ml" };
        node.Input.Add("x");
        node.Output.Add("y");
        Ints("nodes_treeids", lists.Tree);
        Ints("nodes_nodeids", lists.Node);
        Ints("nodes_featureids", lists.Feature);
        Ints("nodes_truenodeids", lists.True);
        Ints("nodes_falsenodeids", lists.False);
        Ints("nodes_missing_value_tracks_true", lists.Track);
        Ints("target_treeids", lists.Weights.Select(weight => weight.Tree));
        Ints("target_nodeids", lists.Weights.Select(weight => weight.Node));
        Ints("target_ids", lists.Weights.Select(_ => 0));
        Floats("nodes_values", lists.Threshold);
        Floats("target_weights", lists.Weights.Select(weight => weight.Weight));
        Floats("base_values", [0.25f]);
        var modes = new AttributeProto { Name = "nodes_modes", Type = AttributeProto.Types.AttributeType.Strings };
        modes.Strings.AddRange(lists.Mode.Select(ByteString.CopyFromUtf8));
        node.Attribute.Add(modes);
        node.Attribute.Add(new AttributeProto { Name = "n_targets", I = 1, Type = AttributeProto.Types.AttributeType.Int });
        return node;

        void Ints(string name, IEnumerable<int> values)
        {
            var attribute = new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Ints };
            attribute.Ints.AddRange(values.Select(value => (long)value));
            node.Attribute.Add(attribute);
        }

        void Floats(string name, IEnumerable<float> values)
        {
            var attribute = new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Floats };
            attribute.Floats.AddRange(values);
            node.Attribute.Add(attribute);
        }
    }

    private void Write(NodeProto node)
    {
        var model = new ModelProto { IrVersion = 8, Graph = new GraphProto { Name = "trees" } };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = 17 });
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "ai.onnx.ml", Version = 3 });
        model.Graph.Node.Add(node);
        model.Graph.Input.Add(Value("x", Features));
        model.Graph.Output.Add(Value("y", 1));
        File.WriteAllBytes(path, model.ToByteArray());
    }

    private static ValueInfoProto Value(string name, int columns)
    {
        var shape = new TensorShapeProto();
        shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimParam = "N" });
        shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = columns });
        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)DataType.Float, Shape = shape } },
        };
    }

    private sealed class Counter
    {
        public int Next { get; set; }
    }

    private sealed class Lists
    {
        public required int Features { get; init; }

        public List<int> Tree { get; } = [];

        public List<int> Node { get; } = [];

        public List<int> Feature { get; } = [];

        public List<int> True { get; } = [];

        public List<int> False { get; } = [];

        public List<int> Track { get; } = [];

        public List<float> Threshold { get; } = [];

        public List<string> Mode { get; } = [];

        public List<(int Tree, int Node, float Weight)> Weights { get; } = [];

        public int Add(int tree, int node)
        {
            Tree.Add(tree);
            Node.Add(node);
            Feature.Add(0);
            True.Add(0);
            False.Add(0);
            Track.Add(0);
            Threshold.Add(0);
            Mode.Add("");
            return Tree.Count - 1;
        }
    }
}
