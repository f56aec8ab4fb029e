using System.Collections.Frozen;

namespace ExplainLsp.Models.Gradients.Backward;

/// <summary>How modified rules class the operators.</summary>
internal static class Elementwise
{
    private static readonly FrozenSet<string> NonLinear = new[]
    {
        "Relu", "LeakyRelu", "PRelu", "ThresholdedRelu", "Elu", "Selu", "Celu", "Sigmoid", "HardSigmoid", "HardSwish", "Swish", "Softplus", "Softsign", "Tanh",
        "Erf", "Gelu", "Mish", "Shrink", "Exp", "Log", "Sqrt", "Reciprocal", "Abs", "Sin", "Cos", "Tan", "Asin", "Acos", "Atan", "Sinh",
        "Cosh", "Asinh", "Acosh", "Atanh", "Clip", "Pow", "Floor", "Ceil", "Round", "Sign",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether an operator maps each element of its first input by a function that is not linear; further inputs are its parameters.</summary>
    public static bool IsNonLinear(GradientContext context) => IsStandard(context) && NonLinear.Contains(context.Node.OpType);

    /// <summary>Whether an operator is one of the standard's.</summary>
    public static bool IsStandard(GradientContext context) => context.Node.Domain is "" or "ai.onnx";
}
