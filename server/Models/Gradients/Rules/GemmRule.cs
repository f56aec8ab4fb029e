namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>Gemm, Y = α·A'·B' + β·C: the four cases of transposed operands as Gemms of the gradient, C's summed to its shape.</summary>
internal sealed class GemmRule : IGradientRule
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Operators { get; } = ["Gemm"];

    /// <inheritdoc/>
    public void Differentiate(GradientContext context)
    {
        if (context.Gradient(0) is not { } gradient)
            return;
        var (a, b) = (context.Input(0)!, context.Input(1)!);
        var (turnA, turnB) = (context.Integer("transA", 0), context.Integer("transB", 0));
        var alpha = context.Number("alpha", 1);
        if (context.Needs(0))
            context.Give(0, turnA == 0 ? Product(gradient, b, 0, 1 - turnB) : Product(b, gradient, turnB, 1));
        if (context.Needs(1))
            context.Give(1, turnB == 0 ? Product(a, gradient, 1 - turnA, 0) : Product(gradient, a, 1, turnA));
        if (context.Needs(2))
        {
            var beta = context.Number("beta", 1);
            var scaled = beta == 1 ? gradient : context.Add("Mul", [gradient, context.Scalar(beta, gradient)]);
            context.Give(2, context.ReduceTo(scaled, context.Input(2)!));
        }

        string Product(string left, string right, long turnLeft, long turnRight) =>
            context.Add("Gemm", [left, right], ("alpha", alpha), ("transA", turnLeft), ("transB", turnRight));
    }
}
