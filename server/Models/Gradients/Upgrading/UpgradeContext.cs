using ExplainLsp.Models.Gradients.Decompositions;
using ExplainLsp.Models.Onnx;
using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;

namespace ExplainLsp.Models.Gradients.Upgrading;

/// <summary>Nodes in their older form go in, nodes in the form of opset 18 come out, in order.</summary>
/// <param name="displayName">The file as a person names it.</param>
/// <param name="version">The opset that the nodes are written in.</param>
/// <param name="facts">What is known of a tensor; asking may be expensive.</param>
/// <param name="constants">The numbers of a constant; null when it is computed.</param>
internal sealed class UpgradeContext(string displayName, long version, Func<string, TensorFacts> facts, Func<string, double[]?> constants)
{
    private static int serial;

    /// <summary>The opset that the nodes are written in.</summary>
    public long Version => version;

    /// <summary>The nodes so far.</summary>
    public List<NodeProto> Nodes { get; } = [];

    /// <summary>Adds a node as it is.</summary>
    public void Keep(NodeProto node) => Nodes.Add(node);

    /// <summary>Adds a node with an output of its own.</summary>
    public string Add(string type, IReadOnlyList<string?> inputs, params (string Name, object Value)[] attributes)
    {
        var name = $"upgrade/{type}_{Interlocked.Increment(ref serial)}";
        Nodes.Add(NodeFactory.Create(type, inputs, [name], attributes));
        return name;
    }

    /// <summary>A constant of integers, a vector.</summary>
    public string Integers(IEnumerable<long> values) => Add("Constant", [], ("value", NodeFactory.Integers([.. values])));

    /// <summary>A scalar of a tensor's own type.</summary>
    public string Scalar(double value, string like) =>
        Add("Constant", [], ("value", NodeFactory.Scalar(value, facts(like).Type is var type && type != DataType.Undefined ? type : DataType.Float)));

    /// <summary>The rank of a tensor; null when it is not known.</summary>
    public int? Rank(string tensor) => facts(tensor).Dims?.Length;

    /// <summary>The numbers of a constant; null when it is computed.</summary>
    public double[]? ConstantOf(string tensor) => constants(tensor);

    /// <summary>Takes an attribute out of a node; null when it has none of the name.</summary>
    public static AttributeProto? Take(NodeProto node, string name)
    {
        var attribute = node.Find(name);
        if (attribute is not null)
            node.Attribute.Remove(attribute);
        return attribute;
    }

    /// <summary>Sets an input, those before it left out where they are missing.</summary>
    public static void SetInput(NodeProto node, int index, string tensor)
    {
        while (node.Input.Count <= index)
            node.Input.Add("");
        node.Input[index] = tensor;
    }

    /// <summary>What to throw where an older form has no newer one.</summary>
    public ModelException Refuse(NodeProto node, string why) => GradientFailure.Refused(displayName, node, $"{why} (opset {version}); export the model with opset 13 or newer");
}
