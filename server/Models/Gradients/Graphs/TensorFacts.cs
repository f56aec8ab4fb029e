using System.Collections.Immutable;
using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;

namespace ExplainLsp.Models.Gradients;

/// <summary>What is known of a tensor before anything runs.</summary>
/// <param name="Type">Its element type; undefined when nothing is known.</param>
/// <param name="Dims">
/// Its dimensions; null when the rank is not known. A negative dimension is open: two with the same number below −1 are the same size
/// (they carry the same symbol), of −1 nothing is known.
/// </param>
internal readonly record struct TensorFacts(DataType Type, ImmutableArray<long>? Dims)
{
    /// <summary>The shape with every open dimension as −1.</summary>
    public ImmutableArray<long>? Shape => Dims is { } dims ? [.. dims.Select(size => Math.Max(size, -1))] : null;

    /// <summary>Whether gradients flow through such a tensor; of an unknown type they might.</summary>
    public bool MayCarryGradient => Type is DataType.Undefined or DataType.Float or DataType.Double or DataType.Float16 or DataType.Bfloat16;
}
