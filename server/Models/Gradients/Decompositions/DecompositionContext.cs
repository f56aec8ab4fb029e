using System.Collections.Immutable;
using System.Globalization;
using ExplainLsp.Models.Onnx;
using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;

namespace ExplainLsp.Models.Gradients.Decompositions;

/// <summary>A node as its decomposition sees it, and a builder for the nodes that take its place.</summary>
/// <param name="node">The node.</param>
/// <param name="graph">What is known of the graph that it stands in.</param>
internal sealed class DecompositionContext(NodeProto node, IDecompositionGraph graph)
{
    private readonly List<NodeProto> _nodes = [];
    private readonly Dictionary<string, string> _constants = new(StringComparer.Ordinal);

    /// <summary>The node.</summary>
    public NodeProto Node => node;

    /// <summary>The nodes that were added, in the order in which they must run.</summary>
    public IReadOnlyList<NodeProto> Nodes => _nodes;

    /// <summary>What is known of the graph.</summary>
    public IDecompositionGraph Graph => graph;

    /// <summary>The name of an input; null where it is left out.</summary>
    public string? Input(int index) => index < node.Input.Count && node.Input[index].Length > 0 ? node.Input[index] : null;

    /// <summary>Whether the node has an output at a place.</summary>
    public bool HasOutput(int index) => index < node.Output.Count && node.Output[index].Length > 0;

    /// <summary>Gives an output of the node; one that it leaves out is ignored.</summary>
    public void Set(int output, string tensor)
    {
        if (HasOutput(output))
            _nodes.Add(NodeFactory.Create("Identity", [tensor], [node.Output[output]]));
    }

    /// <summary>Adds a node with one output and returns that output's name.</summary>
    public string Add(string type, IReadOnlyList<string?> inputs, params (string Name, object Value)[] attributes) =>
        AddMany(type, inputs, 1, attributes)[0];

    /// <summary>Adds a node with several outputs.</summary>
    public ImmutableArray<string> AddMany(string type, IReadOnlyList<string?> inputs, int outputs, params (string Name, object Value)[] attributes)
    {
        ImmutableArray<string> names = [.. Enumerable.Range(0, outputs).Select(_ => graph.Fresh(type))];
        _nodes.Add(NodeFactory.Create(type, inputs, names, attributes));
        return names;
    }

    /// <summary>Adds a node as it is.</summary>
    public void Add(NodeProto added) => _nodes.Add(added);

    /// <summary>A constant of integers, a vector.</summary>
    public string Integers(params long[] values)
    {
        var key = "i" + string.Join(',', values);
        if (!_constants.TryGetValue(key, out var name))
            _constants[key] = name = Add("Constant", [], ("value", NodeFactory.Integers(values)));
        return name;
    }

    /// <summary>A scalar constant of the element type of a tensor.</summary>
    public string Scalar(double value, string like)
    {
        var type = graph.Type(like);
        var key = string.Create(CultureInfo.InvariantCulture, $"{type} {value:R}");
        if (!_constants.TryGetValue(key, out var name))
            _constants[key] = name = Add("Constant", [], ("value", NodeFactory.Scalar(value, type)));
        return name;
    }

    /// <summary>A tensor kept within the node's <c>clip</c> attribute; the tensor itself where the node has none.</summary>
    public string Clipped(string x)
    {
        var clip = Number("clip", 0);
        if (clip <= 0)
            return x;

        // A tensor that was added just now has the type of the node's first input.
        var like = Input(0)!;
        return Add("Clip", [x, Scalar(-clip, like), Scalar(clip, like)]);
    }

    /// <summary>The static shape of an input of the node; −1 where a dimension is open; null when the rank is not known.</summary>
    public ImmutableArray<long>? Shape(string tensor) => graph.Shape(tensor);

    /// <summary>An attribute, or its default.</summary>
    public long Integer(string name, long fallback) => Attribute(name)?.I ?? fallback;

    /// <inheritdoc cref="Integer"/>
    public float Number(string name, float fallback) => Attribute(name)?.F ?? fallback;

    /// <inheritdoc cref="Integer"/>
    public string Text(string name, string fallback) => Attribute(name)?.S.ToStringUtf8() ?? fallback;

    /// <summary>A list attribute; null when it is left out.</summary>
    public float[]? Numbers(string name) => Attribute(name)?.Floats.ToArray();

    /// <inheritdoc cref="Numbers"/>
    public string[]? Texts(string name) => Attribute(name)?.Strings.Select(text => text.ToStringUtf8()).ToArray();

    /// <inheritdoc cref="Numbers"/>
    public long[]? IntegerList(string name) => Attribute(name)?.Ints.ToArray();

    /// <summary>An attribute; null when it is left out.</summary>
    public AttributeProto? Attribute(string name) => node.Attribute.FirstOrDefault(attribute => attribute.Name == name);

    /// <summary>What to throw when this node cannot be decomposed: names the node and why.</summary>
    public ModelException Refuse(string why) => graph.Refuse(node, why);

    /// <summary>What to throw when the node can be decomposed once all shapes are known.</summary>
    public Exception NeedsShapes(string tensor) => graph.NeedsShapes(node, tensor);
}
