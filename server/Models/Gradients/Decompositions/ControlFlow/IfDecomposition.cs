using ExplainLsp.Models.Onnx;

namespace ExplainLsp.Models.Gradients.Decompositions.ControlFlow;

/// <summary>If with a condition that is a constant: the branch that runs takes its place. A computed condition is left to the gradient rule.</summary>
internal sealed class IfDecomposition : IDecomposition
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Operators { get; } = ["If"];

    /// <inheritdoc/>
    public bool Decompose(DecompositionContext context)
    {
        if (Truth(context.Graph.Constant(context.Input(0)!)) is not { } condition)
            return false;
        var branch = context.Attribute(condition ? "then_branch" : "else_branch")?.G ?? throw context.Refuse("a branch is missing");
        var outputs = SubgraphCopy.Into(context, branch, []);
        for (var i = 0; i < outputs.Length; i++)
            context.Set(i, outputs[i]);
        return true;
    }

    private static bool? Truth(TensorProto? tensor) => tensor switch
    {
        { Int32Data: [var value] } => value != 0,
        { RawData.Length: 1 } => tensor.RawData[0] != 0,
        _ => null,
    };
}
