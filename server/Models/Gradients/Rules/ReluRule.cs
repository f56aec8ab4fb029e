namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>Relu: dx = g where y &gt; 0, else 0 (0 at 0, as PyTorch). By the output, so that ONNX Runtime can still fuse it into the convolution before it.</summary>
internal sealed class ReluRule : IGradientRule
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Operators { get; } = ["Relu"];

    /// <inheritdoc/>
    public void Differentiate(GradientContext context)
    {
        if (context.Gradient(0) is not { } gradient)
            return;
        // ONNX Runtime compares, converts and multiplies many numbers at a time; its Sign takes them one by one.
        var active = context.Add("Cast", [context.Above(context.Output(0), 0)], ("to", (long)context.Type(gradient)));
        context.Give(0, context.Times(gradient, active));
    }
}
