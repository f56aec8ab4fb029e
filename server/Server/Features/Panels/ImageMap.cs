using System.Runtime.InteropServices;
using ExplainLsp.Figures;
using ExplainLsp.Server.Engine;

namespace ExplainLsp.Server.Features.Panels;

/// <summary>A map in a picture's panel: one explanation's, or the difference of two.</summary>
/// <param name="Plane">The map as figures draw it; of a difference the first one's.</param>
/// <param name="Values">Row-major.</param>
/// <param name="IsTwoSided">Whether it has a direction; else it is an amount.</param>
internal sealed record ImageMap(MapPlane Plane, double[] Values, bool IsTwoSided)
{
    /// <summary>The value of largest size, with its sign.</summary>
    public double Largest { get; } = Values.Where(double.IsFinite).DefaultIfEmpty(0).MaxBy(Math.Abs);

    /// <summary>Sum of the evidence for the class.</summary>
    public double For => Values.Where(value => value > 0).Sum();

    /// <summary>Sum of the evidence against it, negative.</summary>
    public double Against => Values.Where(value => value < 0).Sum();

    /// <summary>The map of an explanation; null when it has none.</summary>
    public static ImageMap? Of(ExplanationReport report)
    {
        if (report.Explanation.Tensor is null || report.Grid is not { } sample)
        {
            return null;
        }

        var plane = MapPlane.Of(report.Explanation, GridPicture.Of(sample));
        return new ImageMap(plane, plane.Values, plane.TwoSided);
    }

    /// <summary>This map less another of the same size: why this class and not that one.</summary>
    public ImageMap Less(ImageMap other) => new(Plane, [.. Values.Zip(other.Values, (value, less) => value - less)], true);

    /// <summary>
    /// Where colours end for maps that are compared: the 99th percentile of the strengths rounded to two digits, or the largest when within
    /// 1.3 times of it. The map's own for one.
    /// </summary>
    public static (double Limit, bool IsLargest) LimitOf(params IReadOnlyList<ImageMap> maps)
    {
        if (maps is [var only])
        {
            return (only.Plane.Limit, only.Plane.EndsAtLargest);
        }

        var strengths = maps.SelectMany(map => map.Values).Where(double.IsFinite).Select(Math.Abs).Order().ToArray();
        if (strengths is [] or [.., 0])
        {
            return (1, true);
        }

        const double percentile = 0.99;
        const double near = 1.3;
        var high = strengths[(int)Math.Ceiling(percentile * (strengths.Length - 1))];
        return strengths[^1] <= near * high ? (strengths[^1], true) : (TwoDigits(high), false);
    }

    /// <summary>Spearman's rank correlation of two maps, on the places of the finer one; null where one is the same everywhere.</summary>
    public double? RankCorrelation(ImageMap other)
    {
        var (fine, coarse) = Values.Length >= other.Values.Length ? (this, other) : (other, this);
        var (width, height) = (fine.Plane.Width, fine.Plane.Height);
        var amounts = !IsTwoSided || !other.IsTwoSided;
        var one = new double[fine.Values.Length];
        var two = new double[fine.Values.Length];
        for (var i = 0; i < one.Length; i++)
        {
            var place = (i / width * coarse.Plane.Height / height * coarse.Plane.Width) + (i % width * coarse.Plane.Width / width);
            one[i] = amounts ? Math.Abs(fine.Values[i]) : fine.Values[i];
            two[i] = amounts ? Math.Abs(coarse.Values[place]) : coarse.Values[place];
        }

        return RankStatistics.Correlation(one, two);
    }

    /// <summary>The values as the panel reads them: 32-bit floats, little-endian, base64.</summary>
    /// <param name="factor">What they are multiplied with to be read.</param>
    public string ToBase64(double factor) =>
        Convert.ToBase64String(MemoryMarshal.AsBytes(Array.ConvertAll(Values, value => (float)(value * factor)).AsSpan()));

    private static double TwoDigits(double value)
    {
        var unit = Math.Pow(10, Math.Floor(Math.Log10(value)) - 1);
        return Math.Round(value / unit) * unit;
    }
}
