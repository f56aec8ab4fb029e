namespace ExplainLsp.Samples;

/// <summary>
/// Blurs a row of model input channel by channel: a gaussian cut at four standard deviations, the picture mirrored at its borders
/// (<c>d c b a | a b c d | d c b a</c>), as <c>scipy.ndimage.gaussian_filter</c>.
/// </summary>
internal static class GaussianBlur
{
    private const double Truncate = 4;

    public static float[] Of(GridSample sample, double sigma, CancellationToken cancellation)
    {
        if (!(sigma > 0) || !double.IsFinite(sigma))
            throw new SampleException("The blur's sigma must be above 0. Write pixels, such as 3.");
        var grid = sample.Grid;
        var values = sample.Tensor.Data;
        var blurred = new float[grid.Elements];
        var plane = new double[grid.Height * grid.Width];
        for (var c = 0; c < grid.Channels; c++)
        {
            for (var i = 0; i < plane.Length; i++)
            {
                var at = grid.IndexOf(c, i / grid.Width, i % grid.Width);
                plane[i] = values is float[] floats ? floats[at] : ((double[])values)[at];
            }
            Plane(plane, grid.Height, grid.Width, sigma, cancellation);
            for (var i = 0; i < plane.Length; i++)
                blurred[grid.IndexOf(c, i / grid.Width, i % grid.Width)] = (float)plane[i];
        }
        return blurred;
    }

    /// <summary>Blurs a plane in place.</summary>
    public static void Plane(double[] plane, int height, int width, double sigma, CancellationToken cancellation)
    {
        var kernel = Kernel(sigma);
        Lines(plane, width, height, 1, width, kernel, cancellation);
        Lines(plane, height, width, width, 1, kernel, cancellation);
    }

    private static double[] Kernel(double sigma)
    {
        var radius = (int)Math.Min((Truncate * sigma) + 0.5, 1 << 16);
        var kernel = new double[radius + 1];
        for (var i = 0; i <= radius; i++)
            kernel[i] = Math.Exp(-0.5 * i * i / (sigma * sigma));
        var sum = (2 * kernel.Sum()) - kernel[0];
        return Array.ConvertAll(kernel, weight => weight / sum);
    }

    private static void Lines(double[] plane, int length, int lines, int step, int stride, double[] kernel, CancellationToken cancellation)
    {
        var radius = kernel.Length - 1;
        var line = new double[length + (2 * radius)];
        for (var n = 0; n < lines; n++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (var i = 0; i < line.Length; i++)
                line[i] = plane[(n * stride) + (Mirrored(i - radius, length) * step)];
            for (var i = 0; i < length; i++)
            {
                var sum = kernel[0] * line[i + radius];
                for (var k = 1; k <= radius; k++)
                    sum += kernel[k] * (line[i + radius - k] + line[i + radius + k]);
                plane[(n * stride) + (i * step)] = sum;
            }
        }
    }

    private static int Mirrored(int place, int length)
    {
        var period = 2 * length;
        var within = ((place % period) + period) % period;
        return within < length ? within : period - 1 - within;
    }
}
