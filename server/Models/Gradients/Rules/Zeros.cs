namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>Zeros in the shape of a tensor.</summary>
internal static class Zeros
{
    /// <summary>Zeros of a tensor's shape and element type.</summary>
    public static string ZerosLike(this GradientContext context, string tensor) =>
        context.Add("Expand", [context.Scalar(0, tensor), context.ShapeOf(tensor)]);
}
