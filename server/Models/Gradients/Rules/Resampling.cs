namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>What <c>Resize</c> says about one axis.</summary>
/// <param name="Size">Elements before.</param>
/// <param name="Target">Elements after.</param>
/// <param name="Scale">Their ratio as the operator knows it.</param>
/// <param name="Start">Start of the region of interest, in parts of the axis; for <c>tf_crop_and_resize</c>.</param>
/// <param name="End">Its end.</param>
internal readonly record struct ResampledAxis(int Size, int Target, float Scale, double Start, double End);

/// <summary>
/// The interpolation weights of <c>Resize</c> along one axis, as the ONNX specification defines them and ONNX Runtime computes them (in single
/// precision, which decides where a nearest neighbour is a near thing).
/// </summary>
internal sealed class Resampling
{
    /// <summary><c>nearest</c>, <c>linear</c> or <c>cubic</c>.</summary>
    public required string Mode { get; init; }

    /// <summary>How a place in the result becomes one in the input.</summary>
    public required string Coordinates { get; init; }

    /// <summary>How a place between two elements is rounded.</summary>
    public required string Rounding { get; init; }

    /// <summary>The a of cubic interpolation.</summary>
    public required double Cubic { get; init; }

    /// <summary>Whether elements outside have no weight.</summary>
    public required bool ExcludeOutside { get; init; }

    /// <summary>Whether the filter is widened when the result is smaller.</summary>
    public required bool Antialias { get; init; }

    /// <summary>The matrix from result to input: the transposed one of the interpolation.</summary>
    public AxisMatrix Transposed(ResampledAxis axis)
    {
        var matrix = new AxisMatrix(axis.Size, axis.Target);
        for (var target = 0; target < axis.Target; target++)
        {
            foreach (var (place, weight) in Weights(axis, target))
                matrix.Add(place, target, weight);
        }

        return matrix;
    }

    private IEnumerable<(long Place, double Weight)> Weights(ResampledAxis axis, int target)
    {
        var place = Place(axis, target);
        // Outside of the picture this mode puts a constant.
        if (Coordinates == "tf_crop_and_resize" && (place < 0 || place > axis.Size - 1))
            return [];
        if (Mode == "nearest")
            return [(Math.Clamp(Nearest(place), 0, axis.Size - 1), 1)];
        if (Antialias && axis.Scale < 1)
        {
            var widening = 1.0 / axis.Scale;
            return Filtered(axis.Size, place, Mode == "cubic" ? 2 : 1, widening);
        }

        return Mode == "cubic" ? Filtered(axis.Size, place, 2, 1) : Linear(axis.Size, place);
    }

    private float Place(ResampledAxis axis, int target)
    {
        switch (Coordinates)
        {
            case "asymmetric":
                return target / axis.Scale;
            case "align_corners":
                return axis.Target == 1 ? 0 : (float)target * (axis.Size - 1) / (axis.Target - 1);
            case "tf_crop_and_resize":
                return (float)(axis.Target == 1
                    ? 0.5 * (axis.Start + axis.End) * (axis.Size - 1)
                    : (axis.Start * (axis.Size - 1)) + (target * (axis.End - axis.Start) * (axis.Size - 1) / (axis.Target - 1)));
            case "tf_half_pixel_for_nn":
                return (target + 0.5f) / axis.Scale;
            case "pytorch_half_pixel" when axis.Target == 1:
                return 0;
            case "half_pixel_symmetric":
                var adjustment = axis.Target / (axis.Scale * axis.Size);
                var offset = axis.Size / 2f * (1 - adjustment);
                return offset + ((target + 0.5f) / axis.Scale) - 0.5f;
            default:
                return ((target + 0.5f) / axis.Scale) - 0.5f;
        }
    }

    private long Nearest(float place) => Rounding switch
    {
        "floor" => (long)MathF.Floor(place),
        "ceil" => (long)MathF.Ceiling(place),
        "round_prefer_ceil" => (long)MathF.Floor(place + 0.5f),
        _ => (long)MathF.Ceiling(place - 0.5f),
    };

    private static IEnumerable<(long Place, double Weight)> Linear(int size, float place)
    {
        var inside = Math.Clamp(place, 0, size - 1);
        var low = Math.Min((long)inside, size - 1);
        var rest = inside - low;
        return rest == 0 ? [(low, 1)] : [(low, 1 - rest), (Math.Min(low + 1, size - 1), rest)];
    }

    // Weights of a filter around a place; elements outside count at the edge, or not at all.
    private IEnumerable<(long Place, double Weight)> Filtered(int size, float place, int support, double widening)
    {
        var reach = support * widening;
        var first = (long)Math.Floor(place + 1 - reach);
        var last = (long)Math.Floor(place + reach);
        var taps = new List<(long Place, double Weight)>();
        for (var tap = first; tap <= last; tap++)
        {
            if (!ExcludeOutside || (tap >= 0 && tap < size))
                taps.Add((Math.Clamp(tap, 0, size - 1), support == 2 ? Bicubic((tap - place) / widening) : Math.Max(0, 1 - (Math.Abs(tap - place) / widening))));
        }

        var total = taps.Sum(tap => tap.Weight);
        return total == 0 ? [] : taps.Select(tap => (tap.Place, tap.Weight / total));
    }

    // Keys 1981.
    private double Bicubic(double distance)
    {
        var (x, a) = (Math.Abs(distance), Cubic);
        return x switch
        {
            < 1 => ((((a + 2) * x) - (a + 3)) * x * x) + 1,
            < 2 => ((((a * x) - (5 * a)) * x) + (8 * a)) * x - (4 * a),
            _ => 0,
        };
    }
}
