using System.Collections.Immutable;
using ExplainLsp.Models.Onnx;
using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;

namespace ExplainLsp.Models.Gradients;

/// <summary>
/// A node as its gradient rule sees it: its tensors, the gradients that arrive, and a builder for the nodes that the rule adds. The graph
/// was upgraded before: every node of the default domain has the form of opset 18 or newer.
/// </summary>
/// <param name="sweep">The backward pass.</param>
/// <param name="node">The node.</param>
/// <param name="gradients">The gradients of its outputs.</param>
/// <param name="give">Takes the gradient of an input.</param>
internal sealed class GradientContext(BackwardSweep sweep, NodeProto node, IReadOnlyList<string?> gradients, Action<int, string> give)
{
    private readonly WorkingGraph _graph = sweep.Graph;

    /// <summary>The node that is differentiated.</summary>
    public NodeProto Node => node;

    /// <summary>The opset of the default domain, 18 or more.</summary>
    public long Opset => _graph.Opset;

    /// <summary>The name of an input; null where it is left out.</summary>
    public string? Input(int index) => index < node.Input.Count && node.Input[index].Length > 0 ? node.Input[index] : null;

    /// <summary>The name of an output; an output that the node leaves out is given a name first.</summary>
    public string Output(int index) => _graph.NamedOutput(node, index);

    /// <summary>Whether the gradient of an input is wanted (it lies on a path to what is differentiated with respect to).</summary>
    public bool Needs(int input) => Input(input) is { } tensor && sweep.Needs(tensor);

    /// <summary>The gradient of an output; null where none arrives (it counts as zero).</summary>
    public string? Gradient(int output) => output < gradients.Count ? gradients[output] : null;

    /// <summary>The node that writes a tensor; null for inputs and weights.</summary>
    public NodeProto? Writer(string tensor) => _graph.Writer(tensor);

    /// <inheritdoc cref="BackwardSweep.OnlyReader"/>
    public NodeProto? OnlyReader(string tensor) => sweep.OnlyReader(tensor);

    /// <summary>Gives an input its gradient, in the input's own shape; several are added up.</summary>
    public void Give(int input, string gradient)
    {
        if (!Needs(input))
            return;
        var shape = _graph.FactsOf(Input(input)!);
        if (shape.Dims is not null && _graph.FactsOf(gradient) is var facts && (facts.Dims is not { } dims || dims.Any(size => size < 0)))
            _graph.Facts[gradient] = facts with { Dims = shape.Dims };
        give(input, gradient);
    }

    /// <summary>Whether the gradient of a tensor is wanted that a subgraph of the node takes from outside.</summary>
    public bool NeedsTensor(string tensor) => sweep.Needs(tensor);

    /// <summary>Gives a tensor that a subgraph of the node takes from outside its gradient.</summary>
    public void GiveTensor(string tensor, string gradient)
    {
        _graph.Facts[gradient] = _graph.FactsOf(tensor);
        sweep.Arrive(tensor, gradient);
    }

    /// <summary>The backward pass of a subgraph of the node, as a subgraph.</summary>
    /// <inheritdoc cref="Gradients.BranchGradient.Build"/>
    public GraphProto BranchGradient(GraphProto branch, IReadOnlyList<string?> gradients, IReadOnlyList<string> captured) =>
        sweep.Branch(node, branch, gradients, captured);

    /// <summary>Adds a node with one output and returns that output's name.</summary>
    /// <param name="type">The operator, with its domain where it is not the default one.</param>
    /// <param name="inputs">Names; null for one left out.</param>
    /// <param name="attributes">Attributes: long, float, string, long[], float[], TensorProto, GraphProto.</param>
    public string Add(string type, IReadOnlyList<string?> inputs, params (string Name, object Value)[] attributes) =>
        _graph.Add(type, inputs, 1, attributes)[0];

    /// <summary>Adds a node with several outputs.</summary>
    public ImmutableArray<string> AddMany(string type, IReadOnlyList<string?> inputs, int outputs, params (string Name, object Value)[] attributes) =>
        _graph.Add(type, inputs, outputs, attributes);

    /// <summary>A constant of integers, a vector.</summary>
    public string Integers(params long[] values) => _graph.Constant(DataType.Int64, [.. values.Select(value => (double)value)], [values.Length]);

    /// <summary>A scalar constant of the element type of a tensor.</summary>
    public string Scalar(double value, string like) => _graph.Constant(Type(like), [value], []);

    /// <summary>A constant tensor of the element type of a tensor.</summary>
    public string Numbers(ReadOnlySpan<double> values, long[] shape, string like) => _graph.Constant(Type(like), values, shape);

    /// <summary>Sums a gradient over what broadcasting repeated, to the shape of a tensor; by known shapes, else computed while it runs.</summary>
    public string ReduceTo(string gradient, string tensor) => BroadcastReduction.ReduceTo(_graph, gradient, tensor);

    /// <summary>The shape of a tensor as a tensor of int64 (a Shape node, shared).</summary>
    public string ShapeOf(string tensor) => _graph.ShapeOf(tensor);

    /// <summary>The static shape of a tensor, of the graph or one added by a rule; −1 where a dimension is open; null when the rank is not known.</summary>
    public ImmutableArray<long>? Shape(string tensor) => _graph.FactsOf(tensor).Shape;

    /// <summary>The element type of a tensor.</summary>
    public DataType Type(string tensor) => _graph.FactsOf(tensor).Type is var type && type != DataType.Undefined ? type : DataType.Float;

    /// <summary>The values of a constant (an initializer, or a Constant node), as doubles with its shape; null when it is computed.</summary>
    public (double[] Values, long[] Shape)? Constant(string tensor) => _graph.ValuesOf(tensor);

    /// <summary>An attribute, or its default.</summary>
    public long Integer(string name, long fallback) => node.Find(name)?.I ?? fallback;

    /// <inheritdoc cref="Integer"/>
    public float Number(string name, float fallback) => node.Find(name)?.F ?? fallback;

    /// <inheritdoc cref="Integer"/>
    public string Text(string name, string fallback) => node.Find(name)?.S.ToStringUtf8() ?? fallback;

    /// <summary>A list attribute; null when it is left out.</summary>
    public long[]? IntegerList(string name) => node.Find(name)?.Ints.ToArray();

    /// <summary>What a tensor is when the model is fed the references; the tensor itself where it does not depend on them.</summary>
    public string Reference(string tensor) => sweep.Reference(tensor);

    /// <summary>The node's copy in the forward pass on references.</summary>
    public NodeProto ReferenceNode => sweep.ReferenceNode(node);

    /// <summary>Where the node stands among the weighted layers between what is differentiated with respect to (0) and the output (1).</summary>
    public double Position => sweep.Position(node);

    /// <summary>The gradients of this node's inputs by its plain rule, for gradients of its outputs; null for inputs that get none.</summary>
    public string?[] Plain(IReadOnlyList<string?> gradients) => Pullback(node, gradients);

    /// <summary>The gradients of another node's inputs by its plain rule: a node like this one, with other inputs.</summary>
    public string?[] Pullback(NodeProto other, IReadOnlyList<string?> gradients) => sweep.Pullback(node, other, gradients);

    /// <summary>Adds a node like one that is given, with an output of its own.</summary>
    public string Add(NodeProto other)
    {
        var copy = other.Clone();
        copy.Output.Clear();
        copy.Output.Add(_graph.Fresh($"gradient/{other.OpType}"));
        copy.Name = copy.Output[0];
        _graph.Append(copy);
        if (other.Output is [var original, ..] && original.Length > 0 && _graph.Facts.TryGetValue(original, out var facts))
            _graph.Facts[copy.Output[0]] = facts;
        return copy.Output[0];
    }

    /// <summary>Says something that readers of these gradients must know; once for all nodes that say it.</summary>
    public void Warn(string warning) => sweep.Warnings.Add(warning);

    /// <summary>What to throw when this node cannot be differentiated: names the node, why, and what still works.</summary>
    public ModelException Refuse(string why) => GradientFailure.Refused(_graph.DisplayName, node, why);

    /// <summary>What to throw when the node can be differentiated once all shapes are known: the graph is then specialised and tried again.</summary>
    public Exception NeedsShapes(string tensor) => new ShapesNeededException(_graph.DisplayName, node, tensor);
}
