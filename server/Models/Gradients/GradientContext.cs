using System.Collections.Immutable;
using ExplainLsp.Models.Gradients.Rules;
using ExplainLsp.Models.Onnx;
using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;

namespace ExplainLsp.Models.Gradients;

/// <summary>
/// A node as its gradient rule sees it: its tensors, the gradients that arrive, and a builder for the nodes that the rule adds. The graph
/// was upgraded before: every node of the default domain has the form of opset 18 or newer.
/// </summary>
internal sealed class GradientContext
{
    /// <summary>The node that is differentiated.</summary>
    public NodeProto Node => throw new NotImplementedException();

    /// <summary>The opset of the default domain, 18 or more.</summary>
    public long Opset => throw new NotImplementedException();

    /// <summary>The name of an input; null where it is left out.</summary>
    public string? Input(int index) => throw new NotImplementedException();

    /// <summary>The name of an output; an output that the node leaves out is given a name first.</summary>
    public string Output(int index) => throw new NotImplementedException();

    /// <summary>Whether the gradient of an input is wanted (it lies on a path to what is differentiated with respect to).</summary>
    public bool Needs(int input) => throw new NotImplementedException();

    /// <summary>The gradient of an output; null where none arrives (it counts as zero).</summary>
    public string? Gradient(int output) => throw new NotImplementedException();

    /// <summary>Gives an input its gradient, in the input's own shape; several are added up.</summary>
    public void Give(int input, string gradient) => throw new NotImplementedException();

    /// <summary>Adds a node with one output and returns that output's name.</summary>
    /// <param name="type">The operator, with its domain where it is not the default one.</param>
    /// <param name="inputs">Names; null for one left out.</param>
    /// <param name="attributes">Attributes: long, float, string, long[], float[], TensorProto, GraphProto.</param>
    public string Add(string type, IReadOnlyList<string?> inputs, params (string Name, object Value)[] attributes) => throw new NotImplementedException();

    /// <summary>Adds a node with several outputs.</summary>
    public ImmutableArray<string> AddMany(string type, IReadOnlyList<string?> inputs, int outputs, params (string Name, object Value)[] attributes) =>
        throw new NotImplementedException();

    /// <summary>A constant of integers, a vector.</summary>
    public string Integers(params long[] values) => throw new NotImplementedException();

    /// <summary>A scalar constant of the element type of a tensor.</summary>
    public string Scalar(double value, string like) => throw new NotImplementedException();

    /// <summary>A constant tensor of the element type of a tensor.</summary>
    public string Numbers(ReadOnlySpan<double> values, long[] shape, string like) => throw new NotImplementedException();

    /// <summary>Sums a gradient over what broadcasting repeated, to the shape of a tensor; by known shapes, else computed while it runs.</summary>
    public string ReduceTo(string gradient, string tensor) => throw new NotImplementedException();

    /// <summary>The shape of a tensor as a tensor of int64 (a Shape node, shared).</summary>
    public string ShapeOf(string tensor) => throw new NotImplementedException();

    /// <summary>The static shape of a tensor, of the graph or one added by a rule; −1 where a dimension is open; null when the rank is not known.</summary>
    public ImmutableArray<long>? Shape(string tensor) => throw new NotImplementedException();

    /// <summary>The element type of a tensor.</summary>
    public DataType Type(string tensor) => throw new NotImplementedException();

    /// <summary>The values of a constant (an initializer, or a Constant node), as doubles with its shape; null when it is computed.</summary>
    public (double[] Values, long[] Shape)? Constant(string tensor) => throw new NotImplementedException();

    /// <summary>An attribute, or its default.</summary>
    public long Integer(string name, long fallback) => throw new NotImplementedException();

    /// <inheritdoc cref="Integer"/>
    public float Number(string name, float fallback) => throw new NotImplementedException();

    /// <inheritdoc cref="Integer"/>
    public string Text(string name, string fallback) => throw new NotImplementedException();

    /// <summary>A list attribute; null when it is left out.</summary>
    public long[]? IntegerList(string name) => throw new NotImplementedException();

    /// <summary>What a tensor is when the model is fed the references; the tensor itself where it does not depend on them.</summary>
    public string Reference(string tensor) => throw new NotImplementedException();

    /// <summary>The node's copy in the forward pass on references.</summary>
    public NodeProto ReferenceNode => throw new NotImplementedException();

    /// <summary>Where the node stands among the weighted layers between what is differentiated with respect to (0) and the output (1).</summary>
    public double Position => throw new NotImplementedException();

    /// <summary>The gradients of this node's inputs by its plain rule, for gradients of its outputs; null for inputs that get none.</summary>
    public string?[] Plain(IReadOnlyList<string?> gradients) => throw new NotImplementedException();

    /// <summary>The gradients of another node's inputs by its plain rule: a node like this one, with other inputs.</summary>
    public string?[] Pullback(NodeProto node, IReadOnlyList<string?> gradients) => throw new NotImplementedException();

    /// <summary>Adds a node like one that is given, with an output of its own.</summary>
    public string Add(NodeProto node) => throw new NotImplementedException();

    /// <summary>Says something that readers of these gradients must know; once for all nodes that say it.</summary>
    public void Warn(string warning) => throw new NotImplementedException();

    /// <summary>What to throw when this node cannot be differentiated: names the node, why, and what still works.</summary>
    public ModelException Refuse(string why) => throw new NotImplementedException();

    /// <summary>What to throw when the node can be differentiated once all shapes are known: the graph is then specialised and tried again.</summary>
    public Exception NeedsShapes(string tensor) => throw new NotImplementedException();
}

/// <summary>All gradient rules. A new one is a new file and one line here.</summary>
internal static class GradientRuleCatalog
{
    /// <summary>The rules.</summary>
    public static IReadOnlyList<IGradientRule> All { get; } =
    [
        new AveragePoolRule(),
        new BatchNormalizationRule(),
        new CastLikeRule(),
        new ConcatRule(),
        new ConvRule(),
        new ConvTransposeRule(),
        new DepthToSpaceRule(),
        new ExpandRule(),
        new GlobalPoolRule(),
        new GridSampleRule(),
        new GroupNormalizationRule(),
        new InstanceNormalizationRule(),
        new LayerNormalizationRule(),
        new LocalResponseNormalizationRule(),
        new LpNormalizationRule(),
        new LpPoolRule(),
        new MaxPoolRule(),
        new MeanVarianceNormalizationRule(),
        new PadRule(),
        new ReduceRule(),
        new ReshapeRule(),
        new ResizeRule(),
        new ShapeOnlyRule(),
        new SliceRule(),
        new SplitRule(),
        new TransposeRule(),
        new TriluRule(),
        new CumSumRule(),
        new EinsumRule(),
        new GatherElementsRule(),
        new GatherNDRule(),
        new GatherRule(),
        new NoGradientRule(),
        new ScatterElementsRule(),
        new ScatterNDRule(),
        new TopKRule(),
    ];
}
