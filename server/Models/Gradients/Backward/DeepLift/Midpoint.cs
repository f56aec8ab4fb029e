using ExplainLsp.Models.Onnx;

namespace ExplainLsp.Models.Gradients.Backward.DeepLift;

/// <summary>Products and quotients of tensors that both differ from their reference: Δ(a·b) = ā·Δb + b̄·Δa, with ā and b̄ half-way. Exact.</summary>
internal static class Midpoint
{
    /// <summary>Treats an operator that is linear in each of its inputs.</summary>
    /// <returns>Whether a modified rule was needed.</returns>
    public static bool Product(GradientContext context, string multiplier)
    {
        var differing = context.Node.Input.Count(input => input.Length > 0 && context.Differs(input));
        if (differing < 2)
            return false;
        if (context.Node.OpType == "Einsum" && differing > 2)
        {
            throw context.Refuse("it multiplies more than two computed tensors, which DeepLIFT's midpoint rule cannot split");
        }

        var node = context.Node.Clone();
        for (var i = 0; i < node.Input.Count; i++)
        {
            if (node.Input[i].Length > 0)
                node.Input[i] = context.Middle(node.Input[i]);
        }

        var gradients = context.Pullback(node, [multiplier]);
        for (var i = 0; i < node.Input.Count; i++)
        {
            if (context.Needs(i) && gradients[i] is { } gradient)
                context.Give(i, gradient);
        }

        return true;
    }

    /// <summary>a/b as a times 1/b: Δ(1/b) = −Δb/(b·b′).</summary>
    /// <returns>Whether a modified rule was needed.</returns>
    public static bool Quotient(GradientContext context, string multiplier)
    {
        var (numerator, denominator) = (context.Input(0)!, context.Input(1)!);
        if (!context.Differs(denominator))
            return false;
        var inverse = context.Add("Reciprocal", [denominator]);
        var reference = context.Add("Reciprocal", [context.Reference(denominator)]);
        if (context.Needs(0))
        {
            var middle = context.Add("Mul", [context.Add("Add", [inverse, reference]), context.Scalar(0.5, denominator)]);
            context.Give(0, context.ReduceTo(context.Add("Mul", [multiplier, middle]), numerator));
        }

        if (context.Needs(1))
        {
            var slope = context.Add("Neg", [context.Add("Mul", [inverse, reference])]);
            var product = context.Add("Mul", [context.Middle(numerator), slope]);
            context.Give(1, context.ReduceTo(context.Add("Mul", [multiplier, product]), denominator));
        }

        return true;
    }
}
