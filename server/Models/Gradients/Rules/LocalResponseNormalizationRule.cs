namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>
/// <c>LRN</c> (Krizhevsky et al. 2012), y = x·D^−β with D = bias + α/n·Σ x² over neighbouring channels:
/// dx = g·D^−β − 2αβ/n·x·Σ g·x·D^(−β−1), the last sum over the channels that have this one as a neighbour. Sums over neighbours are
/// products with a band matrix.
/// </summary>
internal sealed class LocalResponseNormalizationRule : IGradientRule
{
    public IReadOnlyList<string> Operators { get; } = ["LRN"];

    public void Differentiate(GradientContext context)
    {
        if (context.Gradient(0) is not { } gradient || !context.Needs(0))
            return;
        var input = context.Input(0)!;
        var channels = context.Shape(input) is { } shape && shape[1] >= 0 ? (int)shape[1] : throw context.NeedsShapes(input);
        var size = context.Integer("size", 1);
        double alpha = context.Number("alpha", 1e-4f), beta = context.Number("beta", 0.75f), bias = context.Number("bias", 1);
        var (band, transposed) = Neighbours(channels, size);

        // [N, C, positions]
        var flat = context.Integers(0, 0, -1);
        var x = context.Add("Reshape", [input, flat]);
        var g = context.Add("Reshape", [gradient, flat]);
        var sum = band.Apply(context, context.Times(x, x), 1, 3);
        var divisor = context.Plus(context.Times(sum, alpha / size), bias);
        var direct = context.Times(g, context.Power(divisor, -beta));
        var back = transposed.Apply(context, context.Over(context.Times(direct, x), divisor), 1, 3);
        var result = context.Minus(direct, context.Times(x, context.Times(back, 2 * alpha * beta / size)));
        context.Give(0, context.ShapedLike(result, input));
    }

    private static (AxisMatrix Band, AxisMatrix Transposed) Neighbours(int channels, long size)
    {
        var (band, transposed) = (new AxisMatrix(channels, channels), new AxisMatrix(channels, channels));
        for (var channel = 0; channel < channels; channel++)
        {
            for (var other = Math.Max(0, channel - ((size - 1) / 2)); other <= Math.Min(channels - 1, channel + (size / 2)); other++)
            {
                band.Add(channel, other, 1);
                transposed.Add(other, channel, 1);
            }
        }

        return (band, transposed);
    }
}
