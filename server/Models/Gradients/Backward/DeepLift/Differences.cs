namespace ExplainLsp.Models.Gradients.Backward.DeepLift;

/// <summary>Tensors beside what they are for the reference.</summary>
internal static class Differences
{
    /// <summary>Below this, Δout/Δin is mostly rounding, and the gradient stands in for it.</summary>
    public const double Threshold = 1e-7;

    /// <summary>Whether a tensor differs between input and reference.</summary>
    public static bool Differs(this GradientContext context, string tensor) => context.Reference(tensor) != tensor;

    /// <summary>A tensor less what it is for the reference.</summary>
    public static string Difference(this GradientContext context, string tensor) => context.Add("Sub", [tensor, context.Reference(tensor)]);

    /// <summary>Half-way between a tensor and what it is for the reference; the tensor itself where they are the same.</summary>
    public static string Middle(this GradientContext context, string tensor) =>
        context.Differs(tensor)
            ? context.Add("Mul", [context.Add("Add", [tensor, context.Reference(tensor)]), context.Scalar(0.5, tensor)])
            : tensor;

    /// <summary>A contribution divided by the difference of a tensor; where that is next to nothing, a gradient or zero.</summary>
    public static string Multiplier(this GradientContext context, string contribution, string tensor, string? otherwise, string? threshold = null) =>
        context.Quotient(contribution, context.Difference(tensor), otherwise ?? context.Scalar(0, tensor), threshold ?? context.Scalar(Threshold, tensor));

    /// <summary>A quotient of differences; where the lower one is under a threshold, what stands in for it.</summary>
    public static string Quotient(this GradientContext context, string change, string difference, string otherwise, string threshold)
    {
        var tiny = context.Add("Less", [context.Add("Abs", [difference]), threshold]);
        var safe = context.Add("Where", [tiny, context.Scalar(1, difference), difference]);
        return context.Add("Where", [tiny, otherwise, context.Add("Div", [change, safe])]);
    }
}
