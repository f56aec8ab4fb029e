using ExplainLsp.Explainers;

namespace ExplainLsp.Figures;

/// <summary>An explanation's map as one value a place, channels summed, with the strength at which its colours end.</summary>
public sealed class MapPlane
{
    // Amounts: they say how much a place matters, not which way.
    private static readonly HashSet<string> Unsigned =
    [
        "saliency", "rise", "score-cam", "grad-cam", "grad-cam-plus-plus", "layer-cam", "layer-activation", "smooth-grad",
    ];

    private MapPlane(Explanation explanation, double[] values, int width, int height, int channels)
    {
        (Explanation, Values, Width, Height, Channels) = (explanation, values, width, height, channels);
        var finite = values.Where(double.IsFinite).ToArray();
        TwoSided = finite.Any(value => value < 0) || !Unsigned.Contains(explanation.Method);
        // A mean of values has no zero to start from: its map begins at its lowest.
        Low = explanation.Method == "rise" && !TwoSided && finite.Length > 0 ? finite.Min() : 0;
        (Limit, EndsAtLargest, Largest) = MapLimit.Of(finite, Low);
    }

    /// <summary>Whose map it is.</summary>
    public Explanation Explanation { get; }

    /// <summary>Row-major; NaN where the explanation has none.</summary>
    public double[] Values { get; }

    /// <summary>Values across.</summary>
    public int Width { get; }

    /// <summary>Values down.</summary>
    public int Height { get; }

    /// <summary>Channels that were summed.</summary>
    public int Channels { get; }

    /// <summary>Whether it has a direction; else it is an amount.</summary>
    public bool TwoSided { get; }

    /// <summary>Where an amount's colours begin.</summary>
    public double Low { get; }

    /// <summary>Where colours end; above <see cref="Low"/>.</summary>
    public double Limit { get; private set; }

    /// <summary>Whether the limit is the largest value, not the 99th percentile.</summary>
    public bool EndsAtLargest { get; private set; }

    /// <summary>The value of largest size, with its sign.</summary>
    public double Largest { get; }

    /// <summary>The map of an explanation.</summary>
    /// <param name="explanation">One with a tensor.</param>
    /// <param name="image">Its picture.</param>
    public static MapPlane Of(Explanation explanation, ImageContext image)
    {
        var tensor = explanation.Tensor ?? throw new ArgumentException("The explanation has no map.", nameof(explanation));
        var pixels = image.Width * image.Height;
        // A map over the input's own elements; else the last two dimensions are height and width.
        var own = tensor.Values.Length % Math.Max(1, pixels) == 0 && tensor.Values.Length > 0
            && (image.ChannelsLast || (tensor.Shape.Length < 2 || (tensor.Shape[^1] == image.Width && tensor.Shape[^2] == image.Height)));
        var (width, height) = own ? (image.Width, image.Height)
            : tensor.Shape.Length >= 2 ? (tensor.Shape[^1], tensor.Shape[^2]) : (tensor.Values.Length, 1);
        var places = Math.Max(1, width * height);
        var channels = Math.Max(1, tensor.Values.Length / places);
        var last = own && image.ChannelsLast && channels > 1;
        var values = new double[width * height];
        for (var i = 0; i < values.Length; i++)
        {
            for (var channel = 0; channel < channels; channel++) values[i] += tensor.Values[last ? (i * channels) + channel : (channel * places) + i];
        }

        return new MapPlane(explanation, values, width, height, channels);
    }

    /// <summary>Gives two maps that are compared one limit, where they have one unit.</summary>
    public static void Share(MapPlane one, MapPlane other)
    {
        if (!AreComparable(one, other)) return;
        var larger = one.Limit >= other.Limit ? one : other;
        (one.Limit, other.Limit) = (larger.Limit, larger.Limit);
        var ends = larger.EndsAtLargest;
        (one.EndsAtLargest, other.EndsAtLargest) = (ends, ends);
    }

    /// <summary>Whether two maps have one unit.</summary>
    public static bool AreComparable(MapPlane one, MapPlane other) =>
        one.TwoSided && other.TwoSided && one.Explanation.Method == other.Explanation.Method
        && one.Explanation.Target.Space == other.Explanation.Target.Space;

    /// <summary>A value as a share of the limit: −1 to 1, amounts 0 to 1, NaN where there is none.</summary>
    public double Share(double value) => TwoSided
        ? Math.Clamp(value / Limit, -1, 1)
        : Math.Clamp((value - Low) / (Limit - Low), 0, 1);

    /// <summary>The map with a value for each pixel of a size: its own where sizes agree, else interpolated between the places' centres.</summary>
    public double[] At(int width, int height)
    {
        if (width == Width && height == Height) return Values;
        var sized = new double[width * height];
        for (var y = 0; y < height; y++)
        {
            var (top, bottom, down) = Between(y, height, Height);
            for (var x = 0; x < width; x++)
            {
                var (left, right, across) = Between(x, width, Width);
                var above = Values[(top * Width) + left] + (across * (Values[(top * Width) + right] - Values[(top * Width) + left]));
                var below = Values[(bottom * Width) + left] + (across * (Values[(bottom * Width) + right] - Values[(bottom * Width) + left]));
                sized[(y * width) + x] = above + (down * (below - above));
            }
        }

        return sized;
    }

    /// <summary>Whether each of some values is shown: of the signs that are wanted, and among the strongest.</summary>
    public bool[] Shown(double[] values, HeatMapOptions options)
    {
        var strengths = Array.ConvertAll(values, value => IsWanted(value) ? Math.Abs(Share(value)) : 0);
        var least = 0.0;
        if (options.Top < 1)
        {
            var ordered = strengths.ToArray();
            Array.Sort(ordered);
            least = ordered.Length == 0 ? 0 : ordered[^Math.Max(1, (int)Math.Ceiling(Math.Max(0, options.Top) * ordered.Length))];
        }

        return Array.ConvertAll(strengths, strength => strength > 0 && strength >= least);

        bool IsWanted(double value) => double.IsFinite(value)
            && (options.Evidence == Evidence.Both || !TwoSided || (options.Evidence == Evidence.For ? value > 0 : value < 0));
    }

    private static (int First, int Second, double Share) Between(int at, int to, int from)
    {
        var place = Math.Clamp(((at + 0.5) * from / to) - 0.5, 0, from - 1);
        var first = (int)place;
        return (first, Math.Min(first + 1, from - 1), place - first);
    }
}
