using System.Collections.Frozen;

namespace ExplainLsp.Models.Gradients.Backward.DeepLift;

/// <summary>
/// What stands in for Δout/Δin where Δin is too small to divide by. In single precision a quotient of small differences is mostly rounding,
/// so smooth functions use their derivative half-way, whose error is of second order, already below a thousandth (of their input where their
/// scale is relative); functions with kinks use the gradient at the input, below 10⁻⁷ only.
/// </summary>
internal static class Slope
{
    private const double Near = 1e-3;

    private static readonly FrozenSet<string> Smooth = new[]
    {
        "Sigmoid", "Tanh", "Erf", "Gelu", "Mish", "Softplus", "Swish", "Exp", "Sin", "Cos", "Atan", "Sinh", "Cosh", "Asinh",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Relative = new[] { "Log", "Sqrt", "Reciprocal", "Pow" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The differences below which the stand-in is used.</summary>
    public static string Threshold(GradientContext context)
    {
        var input = context.Input(0)!;
        var kind = context.Node.OpType;
        if (Smooth.Contains(kind))
            return context.Scalar(Near, input);
        if (!Relative.Contains(kind))
            return context.Scalar(Differences.Threshold, input);
        var smaller = context.Add("Min", [context.Add("Abs", [input]), context.Add("Abs", [context.Reference(input)])]);
        return context.Add("Max", [context.Add("Mul", [smaller, context.Scalar(Near, input)]), context.Scalar(1e-30, input)]);
    }

    /// <summary>The multiplier times the derivative: half-way for smooth functions, at the input for others.</summary>
    public static string? Of(GradientContext context, string multiplier)
    {
        if (!Smooth.Contains(context.Node.OpType) && !Relative.Contains(context.Node.OpType))
            return context.Plain([multiplier])[0];
        var node = context.Node.Clone();
        node.Input[0] = context.Middle(node.Input[0]);

        // Rules may read the output: it must be that of the point half-way.
        var output = context.Add(node);
        node.Output.Clear();
        node.Output.Add(output);
        return context.Pullback(node, [multiplier])[0];
    }
}
