namespace ExplainLsp.Figures.Tests;

public class ColourMapTests
{
    /// <summary>Lightness and chroma of the ends, from which the diverging stops were made (OKLCH).</summary>
    public static TheoryData<ThemeKind, double, double, double, double, double> Ends => new()
    {
        { ThemeKind.Dark, 0.245, 0.78, 0.115, 0.80, 0.135 },
        { ThemeKind.Light, 0.985, 0.47, 0.135, 0.50, 0.135 },
        { ThemeKind.HighContrastDark, 0, 0.84, 0.10, 0.86, 0.13 },
        { ThemeKind.HighContrastLight, 1, 0.40, 0.14, 0.42, 0.12 },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public void DivergingStops_Lightness_RunsLinearlyFromTheGround(ThemeKind kind, double zero, double away, double awayChroma, double towards, double towardsChroma)
    {
        var stops = ColourMap.DivergingStops(kind);
        Assert.Equal(11, stops.Length);
        for (var i = 0; i < stops.Length; i++)
        {
            var share = (i - 5) / 5.0;
            var expected = zero + (((share < 0 ? away : towards) - zero) * Math.Abs(share));
            Assert.Equal(expected, ThemeTests.Lightness(stops[i]), 0.02);
        }

        Assert.Equal(awayChroma, Chroma(stops[0]), 0.02);
        Assert.Equal(towardsChroma, Chroma(stops[^1]), 0.02);
    }

    [Theory]
    [MemberData(nameof(ThemeTests.Kinds), MemberType = typeof(ThemeTests))]
    public void Maps_AtTheirStops_AreTheStops(ThemeKind kind)
    {
        var diverging = ColourMap.DivergingStops(kind);
        for (var i = 0; i < diverging.Length; i++) Assert.Equal(diverging[i], ColourMap.Diverging(kind, (i - 5) / 5.0));

        var sequential = ColourMap.SequentialStops(kind);
        for (var i = 0; i < sequential.Length; i++) Assert.Equal(sequential[i], ColourMap.Sequential(kind, i / 8.0));
    }

    [Theory]
    [InlineData(ThemeKind.Dark, "#6DC1F9", "#202020", "#FBA95B", "#33244E", "#FEDCF2")]
    [InlineData(ThemeKind.Light, "#1A5AA4", "#FAFAFA", "#9F440F", "#FEE4F4", "#3E2D5C")]
    [InlineData(ThemeKind.HighContrastDark, "#7DD9FC", "#000000", "#FFC57C", "#271740", "#FEF1F9")]
    [InlineData(ThemeKind.HighContrastLight, "#084491", "#FFFFFF", "#803009", "#FEEEF8", "#2E1D4B")]
    public void Maps_EndsAndMiddle_AreTheAgreedColours(ThemeKind kind, string away, string zero, string towards, string least, string most)
    {
        Assert.Equal((away, zero, towards), (ColourMap.Diverging(kind, -2), ColourMap.Diverging(kind, 0), ColourMap.Diverging(kind, 2)));
        Assert.Equal((least, most), (ColourMap.Sequential(kind, -1), ColourMap.Sequential(kind, 7)));
        Assert.Equal(zero, ColourMap.Diverging(kind, double.NaN));
    }

    [Theory]
    [MemberData(nameof(ThemeTests.Kinds), MemberType = typeof(ThemeTests))]
    public void Maps_BetweenStops_MoveEvenly(ThemeKind kind)
    {
        for (var i = 0; i < 80; i++)
        {
            Assert.InRange(ThemeTests.Distance(ColourMap.Sequential(kind, i / 80.0), ColourMap.Sequential(kind, (i + 1) / 80.0)), 0.002, 0.02);
        }

        var stops = ColourMap.SequentialStops(kind);
        for (var i = 1; i < stops.Length; i++) Assert.InRange(ThemeTests.Distance(stops[i - 1], stops[i]), 0.07, 0.12);
    }

    private static double Chroma(string hex)
    {
        var (_, a, b) = Colour.ToOkLab(SkiaSharp.SKColor.Parse(hex));
        return Math.Sqrt((a * a) + (b * b));
    }
}
