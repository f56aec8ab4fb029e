using System.Collections.Immutable;
using ExplainLsp.Models.Gradients.Decompositions;
using ExplainLsp.Models.Onnx;
using ExplainLsp.Models.Running;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;

namespace ExplainLsp.Models.Tests.Gradients.Decompositions;

/// <summary>A model of one node with fixed inputs, run as it is and decomposed.</summary>
internal sealed class OperatorRun : IDecompositionGraph
{
    private readonly Dictionary<string, TensorProto> _tensors = new(StringComparer.Ordinal);
    private readonly Random _random = new(7);
    private int _names;

    public OperatorRun(NodeProto node) => Node = node;

    public NodeProto Node { get; }

    /// <summary>An input of random numbers.</summary>
    public OperatorRun Random(string name, params long[] shape)
    {
        var tensor = new TensorProto { DataType = (int)DataType.Float };
        for (var i = shape.Aggregate(1L, (product, size) => product * size); i > 0; i--)
            tensor.FloatData.Add((_random.NextSingle() * 2) - 1);
        return Put(name, tensor, shape);
    }

    public OperatorRun Integers(string name, long[] shape, params int[] values) =>
        Put(name, new TensorProto { DataType = (int)DataType.Int32, Int32Data = { values } }, shape);

    public OperatorRun Longs(string name, long[] shape, params long[] values) =>
        Put(name, new TensorProto { DataType = (int)DataType.Int64, Int64Data = { values } }, shape);

    public OperatorRun Truth(string name, bool value) =>
        Put(name, new TensorProto { DataType = (int)DataType.Bool, Int32Data = { value ? 1 : 0 } }, []);

    /// <summary>All outputs of the node itself.</summary>
    public float[][] Original() => Run([Node]);

    /// <summary>All outputs of what the node is decomposed into, which holds standard operators only.</summary>
    public float[][] Decomposed()
    {
        var type = Node.Domain.Length == 0 ? Node.OpType : $"{Node.Domain}.{Node.OpType}";
        var context = new DecompositionContext(Node, this);
        Assert.True(DecompositionCatalog.For(type, [type])!.Decompose(context));
        Assert.All(context.Nodes, node => Assert.Empty(node.Domain));
        return Run(context.Nodes);
    }

    public string Fresh(string stem) => $"{stem}:{_names++}";

    public ImmutableArray<long>? Shape(string tensor) => _tensors.TryGetValue(tensor, out var known) ? [.. known.Dims] : null;

    public DataType Type(string tensor) => _tensors.TryGetValue(tensor, out var known) ? (DataType)known.DataType : DataType.Float;

    public TensorProto? Constant(string tensor) => _tensors.GetValueOrDefault(tensor);

    public ModelException Refuse(NodeProto node, string why) => new(why);

    public Exception NeedsShapes(NodeProto node, string tensor) => new InvalidOperationException(tensor);

    private OperatorRun Put(string name, TensorProto tensor, long[] shape)
    {
        tensor.Name = name;
        tensor.Dims.AddRange(shape);
        _tensors[name] = tensor;
        return this;
    }

    private float[][] Run(IEnumerable<NodeProto> nodes)
    {
        var model = new ModelProto { IrVersion = 9, Graph = new GraphProto { Name = "g" } };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = 20 });
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "com.microsoft", Version = 1 });
        model.Graph.Initializer.AddRange(_tensors.Values);
        model.Graph.Node.AddRange(nodes);
        var outputs = Node.Output.Where(output => output.Length > 0).ToArray();
        model.Graph.Output.AddRange(outputs.Select(output => new ValueInfoProto { Name = output }));
        using var session = OrtRuntime.Open(model.ToByteArray(), string.Empty);
        using var run = new RunOptions();
        using var results = session.Run(run, [], [], outputs);
        return [.. results.Select(Numbers)];
    }

    private static float[] Numbers(OrtValue value) => value.GetTensorTypeAndShape().ElementDataType == TensorElementType.Int32
        ? [.. value.GetTensorDataAsSpan<int>().ToArray().Select(number => (float)number)]
        : value.GetTensorDataAsSpan<float>().ToArray();
}
