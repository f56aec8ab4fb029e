using ExplainLsp.Models;
using ExplainLsp.Samples;

namespace ExplainLsp.Workspaces;

/// <summary>The input of a model that takes images or tensors.</summary>
internal static class GridInput
{
    // A picture of fewer pixels a side is a table of numbers.
    private const int FewestPixels = 4;

    /// <summary>The model's one floating point input; null when it has several or another kind.</summary>
    public static InputSpec? Of(ModelSignature signature) =>
        signature.Inputs is [var input] && IsFloating(input) ? new InputSpec(input.Name, input.ElementType, input.RowShape) : null;

    /// <summary>Whether a model takes pictures by the shape of its input: [channels, height, width] or [height, width, channels] a row.</summary>
    public static bool IsImageLike(ModelSignature signature) => Of(signature) is { } input && input.RowShape switch
    {
        [var a, var b, var c] => IsPicture(a, b, c) || IsPicture(c, a, b),
        _ => false,
    };

    /// <summary>The model's inputs in words.</summary>
    public static string Describe(ModelSignature signature) => signature.Inputs switch
    {
        [var input] => input.ElementType == typeof(string) ? "texts" : input.ElementType == typeof(bool) ? "truth values" : "whole numbers",
        var inputs => $"{inputs.Length} inputs",
    };

    private static bool IsFloating(SessionInput input) => input.ElementType == typeof(float) || input.ElementType == typeof(double);

    private static bool IsPicture(int channels, int height, int width) => channels is 1 or 3 or -1 && IsSide(height) && IsSide(width);

    private static bool IsSide(int pixels) => pixels is -1 or >= FewestPixels;
}
