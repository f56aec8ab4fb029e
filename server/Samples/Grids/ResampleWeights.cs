namespace ExplainLsp.Samples;

/// <summary>
/// What each pixel of a resized line takes from the pixels of the line before: the filters of Pillow's <c>Resample.c</c>, widened by the
/// scale when a picture gets smaller (antialiasing), cut at the borders and normalised to sum 1.
/// </summary>
internal sealed class ResampleWeights
{
    private ResampleWeights(int[] starts, int[] counts, double[] weights, int width) =>
        (Starts, Counts, Weights, Width) = (starts, counts, weights, width);

    /// <summary>The first source pixel of each output pixel.</summary>
    public int[] Starts { get; }

    /// <summary>How many source pixels each takes.</summary>
    public int[] Counts { get; }

    /// <summary>The weights, <see cref="Width"/> an output pixel.</summary>
    public double[] Weights { get; }

    /// <summary>Room for weights an output pixel.</summary>
    public int Width { get; }

    /// <summary>The weights of a line of <paramref name="from"/> pixels made <paramref name="to"/> pixels long. Not for nearest.</summary>
    public static ResampleWeights Of(ResampleFilter filter, int from, int to)
    {
        var scale = (double)from / to;
        var widened = Math.Max(scale, 1);
        var support = Support(filter) * widened;
        var width = ((int)Math.Ceiling(support) * 2) + 1;
        var (starts, counts, weights) = (new int[to], new int[to], new double[checked(to * width)]);
        for (var i = 0; i < to; i++)
        {
            var centre = (i + 0.5) * scale;
            var start = Math.Max((int)(centre - support + 0.5), 0);
            var count = Math.Min((int)(centre + support + 0.5), from) - start;
            var line = weights.AsSpan(i * width, count);
            double sum = 0;
            for (var k = 0; k < count; k++)
                sum += line[k] = Value(filter, (k + start - centre + 0.5) * (1 / widened));
            for (var k = 0; k < count && sum != 0; k++)
                line[k] /= sum;
            (starts[i], counts[i]) = (start, count);
        }
        return new ResampleWeights(starts, counts, weights, width);
    }

    private static double Support(ResampleFilter filter) => filter switch
    {
        ResampleFilter.Box => 0.5,
        ResampleFilter.Bilinear or ResampleFilter.Hamming => 1,
        ResampleFilter.Bicubic => 2,
        ResampleFilter.Lanczos => 3,
        _ => throw new ArgumentOutOfRangeException(nameof(filter)),
    };

    private static double Value(ResampleFilter filter, double x) => filter switch
    {
        ResampleFilter.Box => x is > -0.5 and <= 0.5 ? 1 : 0,
        ResampleFilter.Bilinear => Math.Max(0, 1 - Math.Abs(x)),
        ResampleFilter.Hamming => Hamming(Math.Abs(x)),
        ResampleFilter.Bicubic => Bicubic(Math.Abs(x)),
        ResampleFilter.Lanczos => x is >= -3 and < 3 ? Sinc(x) * Sinc(x / 3) : 0,
        _ => throw new ArgumentOutOfRangeException(nameof(filter)),
    };

    private static double Hamming(double x) =>
        x == 0 ? 1 : x >= 1 ? 0 : Math.Sin(x * Math.PI) / (x * Math.PI) * (0.54 + (0.46 * Math.Cos(x * Math.PI)));

    private static double Bicubic(double x)
    {
        const double a = -0.5;
        return x < 1 ? ((((a + 2) * x) - (a + 3)) * x * x) + 1
            : x < 2 ? ((((x - 5) * x) + 8) * x - 4) * a
            : 0;
    }

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(x * Math.PI) / (x * Math.PI);
}
