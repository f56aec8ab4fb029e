using System.Collections.Immutable;
using ExplainLsp.Models.Onnx;
using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;

namespace ExplainLsp.Models.Gradients;

/// <summary>A model's inner tensors for people and methods to choose from.</summary>
internal static class LayerList
{
    /// <summary>One entry a tensor that a node computes, in graph order; constants are left out.</summary>
    public static ImmutableArray<LayerTensor> Of(IEnumerable<NodeProto> nodes, IReadOnlyDictionary<string, TensorFacts> facts) =>
    [
        .. from node in nodes
           where node.OpType != "Constant"
           from name in node.Output
           where name.Length > 0 && facts.ContainsKey(name)
           let fact = facts[name]
           select new LayerTensor(
               name,
               node.Name,
               node.Key(),
               fact.Type == DataType.Undefined ? "undeclared" : fact.Type.ToString().ToLowerInvariant(),
               fact.Shape is { } shape ? [.. shape.Select(size => (int)Math.Min(size, int.MaxValue))] : []),
    ];
}
