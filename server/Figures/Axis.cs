namespace ExplainLsp.Figures;

/// <summary>A scale from values to places, with ticks at steps of 1, 2 or 5 times a power of ten.</summary>
/// <param name="Low">The value at <paramref name="Start"/>.</param>
/// <param name="High">The value at <paramref name="End"/>; above <paramref name="Low"/>.</param>
/// <param name="Start">Place of the low end, CSS pixels.</param>
/// <param name="End">Place of the high end, CSS pixels.</param>
internal readonly record struct Axis(double Low, double High, double Start, double End)
{
    /// <summary>An axis over values; one without extent is widened, values that are not finite do not count.</summary>
    public static Axis Over(IEnumerable<double> values, double start, double end)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (var value in values.Where(double.IsFinite)) (low, high) = (Math.Min(low, value), Math.Max(high, value));
        if (low > high) (low, high) = (0, 1);
        if (high - low <= 1e-12 * Math.Max(Math.Abs(low), Math.Abs(high)) || high - low < double.Epsilon * 1e20)
        {
            var pad = low == 0 ? 1 : Math.Abs(low) * 0.1;
            (low, high) = (low - pad, high + pad);
        }

        return new Axis(low, high, start, end);
    }

    /// <summary>The place of a value.</summary>
    public double At(double value) => Start + ((value / (High - Low) - Low / (High - Low)) * (End - Start));

    /// <summary>The axis with its ends moved outwards to ticks, at most so many.</summary>
    public Axis Rounded(int most)
    {
        var step = Step(Low, High, most, outwards: true);
        return step > 0 ? this with { Low = Math.Floor((Low / step) + 1e-9) * step, High = Math.Ceiling((High / step) - 1e-9) * step } : this;
    }

    /// <summary>At most so many ticks with their labels, a factor applied to the labels; none when the extent overflows.</summary>
    public IReadOnlyList<(double Value, string Label)> Ticks(int most, double factor = 1)
    {
        double low = Low * factor, high = High * factor;
        var step = Step(low, high, most, outwards: false);
        if (step == 0) return [];

        var decimals = Math.Clamp((int)-Math.Floor(Math.Log10(step) + 1e-9), 0, 12);
        var largest = Math.Max(Math.Abs(low), Math.Abs(high));
        var first = Math.Ceiling((low / step) - 1e-9);
        return [.. Enumerable.Range(0, most).Select(i => (first + i) * step).TakeWhile(value => value <= high + (1e-9 * step)).Select(Tick)];

        (double, string) Tick(double value)
        {
            var label = value == 0 ? "0" : largest is >= 1e6 or < 1e-3 ? NumberText.Exponent(value, 3) : NumberText.Fixed(value, decimals);
            return (value / factor, label);
        }
    }

    /// <summary>The smallest step that gives no more ticks than wanted; 0 when the extent is not a positive finite number.</summary>
    private static double Step(double low, double high, int most, bool outwards)
    {
        var extent = high - low;
        if (!(extent > 0) || !double.IsFinite(extent)) return 0;
        for (var power = Math.Pow(10, Math.Floor(Math.Log10(extent / most)) - 1); power > 0 && double.IsFinite(power); power *= 10)
        {
            foreach (var share in (ReadOnlySpan<double>)[1, 2, 5])
            {
                var step = power * share;
                var count = outwards
                    ? Math.Ceiling((high / step) - 1e-9) - Math.Floor((low / step) + 1e-9) + 1
                    : Math.Floor((high / step) + 1e-9) - Math.Ceiling((low / step) - 1e-9) + 1;
                if (count <= most) return step;
            }
        }

        return 0;
    }
}
