using ExplainLsp.Models.Onnx;

namespace ExplainLsp.Models.Gradients.Decompositions.Normalisations;

/// <summary>Norms and logarithms of sums, as an element-wise function, a sum, and another function. For backward rules that treat the pieces.</summary>
internal sealed class ReductionDecomposition : IDecomposition
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Operators { get; } = ["ReduceL1", "ReduceL2", "ReduceSumSquare", "ReduceLogSum"];

    /// <inheritdoc/>
    public bool Decompose(DecompositionContext context)
    {
        var x = context.Input(0)!;
        context.Set(0, context.Node.OpType switch
        {
            "ReduceL1" => Sum(context, context.Add("Abs", [x])),
            "ReduceL2" => context.Add("Sqrt", [Sum(context, context.Add("Mul", [x, x]))]),
            "ReduceSumSquare" => Sum(context, context.Add("Mul", [x, x])),
            _ => context.Add("Log", [Sum(context, x)]),
        });
        return true;
    }

    private static string Sum(DecompositionContext context, string x)
    {
        var sum = new NodeProto { OpType = "ReduceSum", Name = context.Graph.Fresh("ReduceSum"), Input = { x }, Output = { context.Graph.Fresh("ReduceSum") } };
        if (context.Input(1) is { } axes)
            sum.Input.Add(axes);
        sum.Attribute.AddRange(context.Node.Attribute.Select(attribute => attribute.Clone()));
        context.Add(sum);
        return sum.Output[0];
    }
}
