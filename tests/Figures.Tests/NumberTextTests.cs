using System.Globalization;

namespace ExplainLsp.Figures.Tests;

/// <summary>The number rules, each with the example that people agreed on.</summary>
public class NumberTextTests
{
    [Theory]
    [InlineData(-0.54, 2, "−0.54")]
    [InlineData(2.44, 2, "+2.44")]
    [InlineData(0.0, 2, "±0.00")]
    [InlineData(0.0049, 2, "±0.00")]
    [InlineData(-0.0049, 2, "±0.00")]
    [InlineData(-0.0051, 2, "−0.01")]
    [InlineData(12345.678, 2, "+12,345.68")]
    [InlineData(double.NaN, 2, "NaN")]
    [InlineData(double.PositiveInfinity, 2, "+∞")]
    [InlineData(double.NegativeInfinity, 2, "−∞")]
    public void WithSign_Number_CarriesItsSign(double value, int decimals, string expected) =>
        Assert.Equal(expected, NumberText.WithSign(value, decimals));

    [Theory]
    [InlineData(0.659, "65.9 %")]
    [InlineData(0.9996, "> 99.9 %")]
    [InlineData(0.999, "99.9 %")]
    [InlineData(0.0004, "< 0.1 %")]
    [InlineData(0.0006, "0.1 %")]
    [InlineData(0.0, "0 %")]
    [InlineData(1.0, "100 %")]
    [InlineData(1.25, "125.0 %")]
    [InlineData(double.NaN, "NaN")]
    public void Probability_Share_IsPercentWithThinSpace(double value, string expected) =>
        Assert.Equal(expected.Replace(" %", NumberText.ThinSpace + "%", StringComparison.Ordinal), NumberText.Probability(value));

    [Theory]
    [InlineData(0.659, "66 %")]
    [InlineData(0.998, "> 99 %")]
    [InlineData(0.002, "< 1 %")]
    public void WholePercent_Share_HasNoDecimals(double value, string expected) =>
        Assert.Equal(expected.Replace(" %", NumberText.ThinSpace + "%", StringComparison.Ordinal), NumberText.WholePercent(value));

    [Fact]
    public void ForMarkup_Percent_DoesNotBreakTheLine() =>
        Assert.Equal("65.9\u202F%", NumberText.ForMarkup(NumberText.Probability(0.659)));

    [Fact]
    public void ProbabilityInterval_NamesBothEnds() =>
        Assert.Equal("47.4\u2009% (39.6 to 55.3)", NumberText.ProbabilityInterval(0.474, 0.396, 0.553));

    [Fact]
    public void PercentagePoints_Difference_HasOneDecimal() => Assert.Equal("+19.0", NumberText.PercentagePoints(0.18999));

    [Theory]
    [InlineData("0.07798", "0.07798")]
    [InlineData("0.077984", "0.07798")]
    [InlineData("15.30", "15.3")]
    [InlineData("709.0", "709")]
    [InlineData("4096", "4,096")]
    [InlineData("-4096", "−4,096")]
    [InlineData("999", "999")]
    [InlineData("1234567.8", "1,234,568")]
    [InlineData("0.000000039", "3.9e−8")]
    [InlineData("1e-7", "1e−7")]
    [InlineData("0", "0")]
    [InlineData("-0.0", "0")]
    [InlineData("9007199254740993", "9007199254740993")]
    [InlineData("007", "007")]
    [InlineData("2024-05-01", "2024-05-01")]
    [InlineData("<=50K", "<=50K")]
    [InlineData("Married-civ-spouse", "Married-civ-spouse")]
    [InlineData("", "missing")]
    [InlineData(null, "missing")]
    [InlineData("two\nlines", "two lines")]
    [InlineData("1e999", "∞")]
    [InlineData(".", ".")]
    [InlineData("-", "-")]
    [InlineData("e5", "e5")]
    public void DataValue_Cell_HasFourDigitsOrTheUsersSpelling(string? cell, string expected) =>
        Assert.Equal(expected, NumberText.DataValue(cell));

    [Theory]
    [InlineData(4096, "4,096")]
    [InlineData(-12, "−12")]
    [InlineData(81920000, "81,920,000")]
    public void Whole_Number_HasCommas(long value, string expected) => Assert.Equal(expected, NumberText.Whole(value));

    [Theory]
    [InlineData(3.9e-8, "3.9e−8")]
    [InlineData(-1.25e-7, "−1.3e−7")]
    [InlineData(1e12, "1e12")]
    [InlineData(0, "0")]
    public void Exponent_Number_HasARealMinus(double value, string expected) =>
        Assert.Equal(expected, NumberText.Exponent(value, 2));

    [Theory]
    [InlineData(3.9e-8, 1, 0.478, "<1e−6")]
    [InlineData(0, 1, 0.478, "<1e−6")]
    [InlineData(0.0098, 8.6, 9.8, "+0.0098 (0.1 %)")]
    [InlineData(-0.31, 3, 2.58, "−0.31 (12.0 %)")]
    [InlineData(0.2, 1, 0, "+0.2")]
    [InlineData(double.NaN, 1, 1, "NaN")]
    public void Gap_Value_SaysHowMuchIsMissed(double gap, double range, double explained, string expected) =>
        Assert.Equal(expected.Replace(" %", NumberText.ThinSpace + "%", StringComparison.Ordinal), NumberText.Gap(gap, range, explained));

    [Theory]
    [InlineData(0.2, "<1 ms")]
    [InlineData(12, "12 ms")]
    [InlineData(800, "0.8 s")]
    [InlineData(14000, "14 s")]
    [InlineData(130000, "2 min 10 s")]
    public void Time_Duration_IsReadable(double milliseconds, string expected) => Assert.Equal(expected, NumberText.Time(milliseconds));

    [Fact]
    public void Row_CountsFromZeroAndNamesTheLine() => Assert.Equal("row 13 (line 15)", NumberText.Row(13, 15));

    [Theory]
    [InlineData("worst concave points", 16, "worst co…points")]
    [InlineData("short", 16, "short")]
    [InlineData("abcdef", 1, "…")]
    [InlineData("ab", 0, "…")]
    [InlineData("", 0, "")]
    public void Cut_LongName_KeepsBothEnds(string name, int graphemes, string expected) =>
        Assert.Equal(expected, NumberText.Cut(name, graphemes));

    [Fact]
    public void Cut_CombinedCharacters_AreNeverSplit()
    {
        // A family emoji (four people joined), an e with a separate accent, a flag: one grapheme each.
        const string name = "👨‍👩‍👧‍👦e\u0301🇩🇪👨‍👩‍👧‍👦e\u0301🇩🇪";
        var whole = Graphemes(name);
        for (var width = 1; width <= whole.Count; width++)
        {
            var cut = NumberText.Cut(name, width);
            Assert.True(Graphemes(cut).Count <= width);
            Assert.All(Graphemes(cut).Where(grapheme => grapheme != "…"), grapheme => Assert.Contains(grapheme, whole));
        }
    }

    [Theory]
    [InlineData(TargetScale.Probability, 0.19, "+19.0")]
    [InlineData(TargetScale.Probability, 0.0004, "+0.04")]
    [InlineData(TargetScale.Probability, 0.0000123, "+1.2e−3")]
    [InlineData(TargetScale.LogOdds, 1.73, "+1.73")]
    [InlineData(TargetScale.LogOdds, 0.1234, "+0.123")]
    [InlineData(TargetScale.Value, 57.965, "+57.97")]
    [InlineData(TargetScale.Value, 3.9e-8, "+3.9e−8")]
    [InlineData(TargetScale.Value, 2.5e300, "+2.5e300")]
    [InlineData(TargetScale.Value, 0.0, "±0.00")]
    [InlineData(TargetScale.Probability, 0.0, "±0.0")]
    public void ContributionFormat_Largest_DecidesTheDecimals(TargetScale scale, double largest, string expected) =>
        Assert.Equal(expected, ContributionFormat.For(scale, [largest, largest / 100, double.NaN]).WithSign(largest));

    [Fact]
    public void ContributionFormat_OneFigure_HasOneNumberOfDecimals()
    {
        var format = ContributionFormat.For(TargetScale.LogOdds, [2.44, -0.0001]);
        Assert.Equal("±0.00", format.WithSign(-0.0001));
        Assert.Equal("+2.44", format.WithSign(2.44));
    }

    [Theory]
    [InlineData(TargetScale.LogOdds, -3.411, "−3.41")]
    [InlineData(TargetScale.LogOdds, -0.001, "0.00")]
    [InlineData(TargetScale.Value, 152.44, "152.4")]
    [InlineData(TargetScale.Logit, 1e9, "1e9")]
    public void Value_OfTarget_IsWrittenInItsScale(TargetScale scale, double value, string expected) =>
        Assert.Equal(expected, NumberText.Value(value, scale));

    private static List<string> Graphemes(string text)
    {
        var elements = StringInfo.GetTextElementEnumerator(text);
        var list = new List<string>();
        while (elements.MoveNext()) list.Add(elements.GetTextElement());
        return list;
    }
}
