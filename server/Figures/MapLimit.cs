namespace ExplainLsp.Figures;

/// <summary>Where a map's colours end: at the 99th percentile of the strengths, rounded to two digits, or at the largest when that is near.</summary>
/// <param name="Limit">Where they end; above the low end.</param>
/// <param name="EndsAtLargest">Whether that is the largest value.</param>
/// <param name="Largest">The value of largest size, with its sign; 0 for none.</param>
internal readonly record struct MapLimit(double Limit, bool EndsAtLargest, double Largest)
{
    private const double Percentile = 0.99;
    private const double Near = 1.3;

    /// <summary>The limit of finite values, whose colours begin at <paramref name="low"/>.</summary>
    public static MapLimit Of(IReadOnlyCollection<double> finite, double low)
    {
        var largest = finite.DefaultIfEmpty(0).MaxBy(Math.Abs);
        var strengths = finite.Select(value => Math.Abs(value - low)).Order().ToArray();
        if (strengths is [] || strengths[^1] == 0) return new MapLimit(low + 1, true, largest);
        var high = strengths[(int)Math.Ceiling(Percentile * (strengths.Length - 1))];
        if (strengths[^1] <= Near * high || high == 0) return new MapLimit(low + strengths[^1], true, largest);
        var unit = Math.Pow(10, Math.Floor(Math.Log10(high)) - 1);
        return new MapLimit(low + (Math.Round(high / unit) * unit), false, largest);
    }

    /// <summary>Says which it is, and the largest value.</summary>
    public string Note(Func<double, string> text) => EndsAtLargest
        ? $"ends at the largest value, {text(Largest)}"
        : $"ends at the 99th percentile; largest {text(Largest)}";
}
