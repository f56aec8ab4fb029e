namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>
/// Relu: dx = g where y &gt; 0, else 0 (0 at 0, as PyTorch). By the output, so that ONNX Runtime can still fuse it into the convolution before it.
/// Where only a max pool reads it, the pool's rule has masked already: behind the pool there are fewer elements, and the maximum of a window
/// is positive where the element that it was taken from is.
/// </summary>
internal sealed class ReluRule : IGradientRule
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Operators { get; } = ["Relu"];

    /// <summary>Whether a max pool's input comes from a Relu and nothing else asks for that Relu's gradient.</summary>
    public static bool IsMaskedBehind(GradientContext pool) =>
        pool.Input(0) is { } input && pool.Writer(input)?.Key() == "Relu" && pool.OnlyReader(input) == pool.Node;

    /// <inheritdoc/>
    public void Differentiate(GradientContext context)
    {
        if (context.Gradient(0) is not { } gradient)
            return;
        var masked = context.OnlyReader(context.Output(0))?.Key() == "MaxPool";
        context.Give(0, masked ? gradient : context.WhereActive(gradient, context.Output(0)));
    }
}
