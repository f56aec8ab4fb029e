namespace ExplainLsp.Figures;

/// <summary>
/// How the contributions of one explanation are written: one number of decimals for all of them, chosen by the largest, so that
/// columns of numbers compare at a glance. Percentage points have one decimal, other units two, or three when the largest is below 1;
/// what these would show as zero throughout gets more decimals or e-notation.
/// </summary>
public sealed class ContributionFormat
{
    private readonly double factor;
    private readonly int decimals;
    private readonly bool exponent;

    private ContributionFormat(double factor, int decimals, bool exponent) =>
        (this.factor, this.decimals, this.exponent) = (factor, decimals, exponent);

    /// <summary>The format for these contributions; those that are not finite do not count.</summary>
    public static ContributionFormat For(TargetScale scale, IEnumerable<double> contributions)
    {
        var factor = scale == TargetScale.Probability ? 100.0 : 1.0;
        var largest = contributions.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max() * factor;
        return scale == TargetScale.Probability
            ? largest switch
            {
                0 or >= 0.095 => new ContributionFormat(factor, 1, false),
                >= 0.0095 => new ContributionFormat(factor, 2, false),
                _ => new ContributionFormat(factor, 0, true),
            }
            : largest switch
            {
                >= 1e6 => new ContributionFormat(factor, 0, true),
                0 or >= 1 => new ContributionFormat(factor, 2, false),
                >= 0.0095 => new ContributionFormat(factor, 3, false),
                >= 0.00095 => new ContributionFormat(factor, 4, false),
                _ => new ContributionFormat(factor, 0, true),
            };
    }

    /// <summary>A contribution with its sign, without the unit: <c>+19.0</c>, <c>−0.54</c>, <c>±0.00</c>.</summary>
    public string WithSign(double contribution) =>
        exponent ? NumberText.ExponentWithSign(contribution * factor, 2) : NumberText.WithSign(contribution * factor, decimals);

    /// <summary>A size that has no direction, such as a mean of absolute values or an error: <c>1.34</c>.</summary>
    public string Size(double size) =>
        exponent ? NumberText.Exponent(size * factor, 2) : NumberText.Fixed(size * factor, decimals);
}
