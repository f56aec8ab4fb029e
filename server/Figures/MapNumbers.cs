using ExplainLsp.Explainers;

namespace ExplainLsp.Figures;

/// <summary>The numbers of a map as people read them: one number of decimals a figure, so that the largest shows three digits.</summary>
public sealed class MapNumbers
{
    private readonly double factor;
    private readonly int decimals;
    private readonly bool exponent;
    private readonly bool signed;

    private MapNumbers(double factor, double largest, bool signed)
    {
        (this.factor, this.signed) = (factor, signed);
        largest *= factor;
        decimals = largest switch { 0 or >= 0.1 and < 10 => 2, >= 100 => 0, >= 10 => 1, >= 0.01 => 3, _ => 4 };
        exponent = largest is >= 1e6 or > 0 and < 0.001;
    }

    /// <summary>What values are multiplied with to be read: 100 for contributions to a probability, which are percentage points.</summary>
    public double Factor => factor;

    /// <summary>Decimals of the numbers; −1 where they are written with an exponent.</summary>
    public int Decimals => exponent ? -1 : decimals;

    /// <summary>The numbers of a map.</summary>
    public static MapNumbers Of(MapPlane plane, FigureContext context) => new(
        IsContribution(plane) && Words.ScaleOf(plane.Explanation.Target, context) == TargetScale.Probability || IsProbability(plane) ? 100 : 1,
        Math.Max(Math.Abs(plane.Largest), plane.Limit), plane.TwoSided);

    /// <summary>The numbers of contributions to a target, or of its values.</summary>
    /// <param name="scale">What the values are; of a probability percentage points and %.</param>
    /// <param name="largest">The largest size.</param>
    /// <param name="signed">Whether they carry their sign.</param>
    internal static MapNumbers Of(TargetScale scale, double largest, bool signed) => new(scale == TargetScale.Probability ? 100 : 1, largest, signed);

    /// <summary>A value, with its sign where the map has a direction.</summary>
    public string Text(double value) => (signed && value != 0, exponent) switch
    {
        (true, true) => NumberText.ExponentWithSign(value * factor, 2),
        (true, false) => NumberText.WithSign(value * factor, decimals),
        (false, true) => NumberText.Exponent(value * factor, 2),
        _ => value == 0 ? "0" : NumberText.Fixed(value * factor, decimals),
    };

    /// <summary>A size without a sign.</summary>
    public string Size(double value) => exponent ? NumberText.Exponent(value * factor, 2) : NumberText.Fixed(value * factor, decimals);

    /// <summary>What one value is, with its unit: <c>One pixel, logit of Coat</c>.</summary>
    public static string Unit(MapPlane plane, ImageContext image, FigureContext context)
    {
        var explanation = plane.Explanation;
        var target = Words.OneLine(explanation.Target.Name);
        var place = !explanation.Regions.IsDefaultOrEmpty ? "One region" : plane.Width == image.Width && plane.Height == image.Height ? "One pixel" : "One place";
        if (explanation.Method == "rise")
        {
            return IsProbability(plane) ? $"Mean probability of {target}, %, with the pixel shown" : $"Mean {Words.ContributionUnit(explanation.Target, context)} of {target} with the pixel shown";
        }

        return IsContribution(plane)
            ? $"{place}, {Words.ContributionUnit(explanation.Target, context)} of {target}"
            : explanation.Method is "saliency" or "smooth-grad" ? $"{place}, slope of {target}" : $"{place}, strength for {target}, no unit";
    }

    private static bool IsContribution(MapPlane plane) => plane.Explanation.Method is not
        ("rise" or "saliency" or "smooth-grad" or "guided-backprop" or "deconvolution" or "score-cam" or "grad-cam" or "grad-cam-plus-plus"
        or "layer-cam" or "guided-grad-cam" or "layer-activation");

    private static bool IsProbability(MapPlane plane) =>
        plane.Explanation.Method == "rise" && plane.Explanation.Target.Space == TargetSpace.Probability;
}
