using System.Collections.Immutable;
using ExplainLsp.Models.Onnx;
using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;

namespace ExplainLsp.Models.Gradients.Decompositions;

/// <summary>What a decomposition may know of the graph that its node stands in.</summary>
internal interface IDecompositionGraph
{
    /// <summary>A name that no tensor has yet.</summary>
    string Fresh(string stem);

    /// <summary>The static shape of a tensor; −1 where a dimension is open; null when the rank is not known.</summary>
    ImmutableArray<long>? Shape(string tensor);

    /// <summary>The element type of a tensor.</summary>
    DataType Type(string tensor);

    /// <summary>The constant that a tensor is, as a tensor; null when it is computed.</summary>
    TensorProto? Constant(string tensor);

    /// <summary>What to throw when a node cannot be decomposed.</summary>
    ModelException Refuse(NodeProto node, string why);

    /// <summary>What to throw when a node can be decomposed once all shapes are known.</summary>
    Exception NeedsShapes(NodeProto node, string tensor);
}
