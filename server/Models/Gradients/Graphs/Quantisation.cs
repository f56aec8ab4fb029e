using System.Collections.Frozen;
using ExplainLsp.Models.Onnx;

namespace ExplainLsp.Models.Gradients;

/// <summary>
/// Which operators carry a real signal in integers: quantised ones. A path through them is followed, so that pairs of QuantizeLinear and
/// DequantizeLinear can be passed, and integer arithmetic is refused by its name.
/// </summary>
internal static class Quantisation
{
    private static readonly FrozenSet<string> Quantised = new[]
    {
        "QuantizeLinear", "DynamicQuantizeLinear", "ConvInteger", "MatMulInteger", "QLinearConv", "QLinearMatMul",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Moving = new[]
    {
        "Identity", "Reshape", "Transpose", "Flatten", "Squeeze", "Unsqueeze",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether a node's integer output carries a real signal.</summary>
    /// <param name="node">The node.</param>
    /// <param name="carried">Whether its first input is an integer tensor that does.</param>
    public static bool Carries(NodeProto node, bool carried) =>
        Quantised.Contains(node.OpType) || node.OpType.StartsWith("QLinear", StringComparison.Ordinal) || (carried && Moving.Contains(node.OpType));
}
