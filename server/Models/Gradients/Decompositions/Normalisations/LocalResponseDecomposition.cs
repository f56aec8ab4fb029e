namespace ExplainLsp.Models.Gradients.Decompositions.Normalisations;

/// <summary>LRN: x / (bias + α · mean of squares over neighbouring channels)^β, the mean as a pool along the channels. For backward rules that treat the pieces.</summary>
internal sealed class LocalResponseDecomposition : IDecomposition
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Operators { get; } = ["LRN"];

    /// <inheritdoc/>
    public bool Decompose(DecompositionContext context)
    {
        var x = context.Input(0)!;
        var size = context.Integer("size", 1);
        var (before, after) = ((size - 1) / 2, size / 2);
        var rank = context.Shape(x)?.Length ?? throw context.NeedsShapes(x);
        if (rank < 3)
            throw context.Refuse("it has no spatial dimensions");

        // Batch × 1 × channels × everything else, so that a window of size × 1 runs along the channels.
        var squares = context.Add("Flatten", [context.Add("Mul", [x, x])], ("axis", 2L));
        var channels = context.Add("Shape", [x], ("start", 1L), ("end", 2L));
        squares = context.Add(
            "Reshape", [squares, context.Add("Concat", [context.Integers(-1, 1), channels, context.Add("Shape", [squares], ("start", 1L))], ("axis", 0L))]);
        var means = context.Add(
            "AveragePool",
            [squares],
            ("kernel_shape", new[] { size, 1L }),
            ("pads", new[] { before, 0L, after, 0L }),
            ("count_include_pad", 1L));
        var scale = context.Add("Mul", [context.Add("Reshape", [means, context.Add("Shape", [x])]), context.Scalar(context.Number("alpha", 0.0001f), x)]);
        var sum = context.Add("Add", [scale, context.Scalar(context.Number("bias", 1), x)]);
        context.Set(0, context.Add("Div", [x, context.Add("Pow", [sum, context.Scalar(context.Number("beta", 0.75f), x)])]));
        return true;
    }
}
