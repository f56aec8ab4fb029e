using System.Runtime.InteropServices;
using ExplainLsp.Explainers;
using ExplainLsp.Figures;
using ExplainLsp.Server.Engine;

namespace ExplainLsp.Server.Features.Panels;

/// <summary>An explanation as a map over its picture, channels summed.</summary>
/// <param name="Values">Row-major.</param>
/// <param name="Width">Values across.</param>
/// <param name="Height">Values down.</param>
internal sealed record ImageMap(float[] Values, int Width, int Height)
{
    /// <summary>Whether there is evidence against the class.</summary>
    public bool IsTwoSided { get; } = Values.Any(value => value < 0);

    /// <summary>The largest strength.</summary>
    public double Largest { get; } = Values.Length == 0 ? 0 : Values.Max(value => float.IsFinite(value) ? Math.Abs(value) : 0);

    /// <summary>Sum of the evidence for the class.</summary>
    public double For => Values.Where(value => value > 0).Sum(value => (double)value);

    /// <summary>Sum of the evidence against it, negative.</summary>
    public double Against => Values.Where(value => value < 0).Sum(value => (double)value);

    /// <summary>The map of an explanation; null when it has none.</summary>
    public static ImageMap? Of(ExplanationReport report)
    {
        if (report.Explanation.Tensor is not { } tensor || report.Grid is not { } sample)
        {
            return null;
        }

        var shape = tensor.Shape;
        // The input's own layout where the map is of the input; a layer's map is channels, height, width.
        var grid = sample.Grid;
        if (tensor.Values.Length == grid.Elements && tensor.Name == sample.Tensor.Name)
        {
            return Sum(tensor, grid.Channels, grid.Height, grid.Width, grid.IndexOf);
        }

        var (width, height) = shape.Length >= 2 ? (shape[^1], shape[^2]) : (tensor.Values.Length, 1);
        var channels = width * height == 0 ? 0 : tensor.Values.Length / (width * height);
        return Sum(tensor, channels, height, width, (channel, y, x) => (((channel * height) + y) * width) + x);
    }

    /// <summary>This map less another of the same size: why this class and not that one.</summary>
    public ImageMap Less(ImageMap other) =>
        new([.. Values.Zip(other.Values, (value, less) => value - less)], Width, Height);

    /// <summary>
    /// Where colours end for maps that are compared: the 99th percentile of the strengths rounded to two digits, or the largest when within
    /// 1.3 times of it. 1 for maps of zeros.
    /// </summary>
    public static (double Limit, bool IsLargest) LimitOf(params IReadOnlyList<ImageMap> maps)
    {
        var strengths = maps.SelectMany(map => map.Values).Where(float.IsFinite).Select(value => (double)Math.Abs(value)).Order().ToArray();
        if (strengths is [] or [.., 0])
        {
            return (1, false);
        }

        const double percentile = 0.99;
        const double near = 1.3;
        var high = strengths[(int)Math.Ceiling(percentile * (strengths.Length - 1))];
        var largest = strengths[^1];
        return largest <= near * high ? (largest, true) : (TwoDigits(high), false);
    }

    /// <summary>Spearman's rank correlation of two maps, on the cells of the finer one; null where one is constant.</summary>
    public double? RankCorrelation(ImageMap other)
    {
        var (fine, coarse) = Values.Length >= other.Values.Length ? (this, other) : (other, this);
        var amounts = !IsTwoSided || !other.IsTwoSided;
        var one = new double[fine.Values.Length];
        var two = new double[fine.Values.Length];
        for (var i = 0; i < one.Length; i++)
        {
            var (x, y) = (i % fine.Width * coarse.Width / fine.Width, i / fine.Width * coarse.Height / fine.Height);
            one[i] = amounts ? Math.Abs(fine.Values[i]) : fine.Values[i];
            two[i] = amounts ? Math.Abs(coarse.Values[(y * coarse.Width) + x]) : coarse.Values[(y * coarse.Width) + x];
        }

        return Correlation(Ranks(one), Ranks(two));
    }

    /// <summary>The values as the panel reads them: 32-bit floats, little-endian, base64.</summary>
    public string ToBase64() => Convert.ToBase64String(MemoryMarshal.AsBytes(Values.AsSpan()));

    private static ImageMap Sum(AttributionTensor tensor, int channels, int height, int width, Func<int, int, int, int> index)
    {
        var values = new float[height * width];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var sum = 0.0;
                for (var channel = 0; channel < channels; channel++)
                {
                    sum += tensor.Values[index(channel, y, x)];
                }

                values[(y * width) + x] = (float)sum;
            }
        }

        return new ImageMap(values, width, height);
    }

    private static double TwoDigits(double value)
    {
        var unit = Math.Pow(10, Math.Floor(Math.Log10(value)) - 1);
        return Math.Round(value / unit) * unit;
    }

    /// <summary>Ranks from 1; equal values share the mean of theirs.</summary>
    private static double[] Ranks(double[] values)
    {
        var order = Enumerable.Range(0, values.Length).ToArray();
        Array.Sort([.. values], order);
        var ranks = new double[values.Length];
        for (int start = 0, end; start < order.Length; start = end)
        {
            for (end = start + 1; end < order.Length && values[order[end]] == values[order[start]]; end++)
            {
            }

            for (var i = start; i < end; i++)
            {
                ranks[order[i]] = (start + end + 1) / 2.0;
            }
        }

        return ranks;
    }

    private static double? Correlation(double[] one, double[] two)
    {
        var (mean1, mean2) = (one.Average(), two.Average());
        double together = 0, alone1 = 0, alone2 = 0;
        for (var i = 0; i < one.Length; i++)
        {
            var (a, b) = (one[i] - mean1, two[i] - mean2);
            (together, alone1, alone2) = (together + (a * b), alone1 + (a * a), alone2 + (b * b));
        }

        return alone1 == 0 || alone2 == 0 ? null : together / Math.Sqrt(alone1 * alone2);
    }
}
