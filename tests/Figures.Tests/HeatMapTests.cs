using System.Collections.Immutable;
using ExplainLsp.Explainers;
using SkiaSharp;

namespace ExplainLsp.Figures.Tests;

/// <summary>Maps on pictures and contact sheets: limits, colours, sizes, words, nothing cut off.</summary>
public class HeatMapTests
{
    private const string LongName = "a class whose name was written by somebody who wanted to say everything at once, and then some more";

    /// <summary>Pictures and maps that real files lead to sooner or later.</summary>
    public static TheoryData<string> Edges => [.. EdgeCases.Keys];

    private static Dictionary<string, Func<(Explanation, ImageContext)>> EdgeCases { get; } = new()
    {
        ["one pixel"] = () => (PictureExamples.Of("occlusion", [1, 1, 1], [0.5]), PictureExamples.Ramp(1, 1)),
        ["a line"] = () => (PictureExamples.Of("occlusion", [40], [.. Enumerable.Range(0, 40).Select(i => i - 20.0)]), PictureExamples.Ramp(40, 1)),
        ["tall"] = () => (PictureExamples.Of("saliency", [1, 90, 3], [.. Enumerable.Range(0, 270).Select(i => (double)i)]), PictureExamples.Ramp(3, 90)),
        ["large and wide"] = () => (PictureExamples.Of("hires-cam", [1, 7, 9], [.. Enumerable.Range(0, 63).Select(i => Math.Sin(i))]), PictureExamples.Ramp(640, 400)),
        ["three channels"] = () => (PictureExamples.Of("occlusion", [3, 20, 30], [.. Enumerable.Range(0, 1800).Select(i => Math.Cos(i))]), PictureExamples.Ramp(30, 20)),
        ["all zero"] = () => (PictureExamples.Of("occlusion", [1, 8, 8], [.. new double[64]]), PictureExamples.Ramp(8, 8)),
        ["not a number"] = () => (PictureExamples.Of("occlusion", [1, 2, 2], [1, double.NaN, double.PositiveInfinity, -1]), PictureExamples.Ramp(2, 2)),
        ["huge"] = () => (PictureExamples.Of("occlusion", [1, 2, 2], [1e300, -1e300, 3, 0]), PictureExamples.Ramp(2, 2)),
        ["tiny"] = () => (PictureExamples.Of("occlusion", [1, 2, 2], [1e-9, -1e-12, 3e-10, 0]), PictureExamples.Ramp(2, 2)),
        ["long names"] = () => (PictureExamples.Of("occlusion", [1, 2, 2], [1, -1, 0.5, 0], LongName), PictureExamples.Ramp(2, 2, LongName)),
        ["another script"] = () => (PictureExamples.Of("occlusion", [1, 2, 2], [1, -1, 0.5, 0], "外套"), PictureExamples.Ramp(2, 2, "照片.png")),
    };

    [Theory]
    [MemberData(nameof(Edges))]
    public void Render_AnyMap_IsTidy(string edge)
    {
        var (explanation, image) = EdgeCases[edge]();
        foreach (var chrome in Enum.GetValues<Chrome>())
        {
            foreach (var width in (double?[])[null, 320, 600, 1200])
            {
                foreach (var second in (Explanation?[])[null, explanation, explanation with { Method = "saliency" }])
                {
                    var style = Examples.Style(ThemeKind.HighContrastLight, chrome, PictureExamples.Fashion with { ModelName = LongName }, scale: 1, width: width);
                    using var drawing = HeatMap.Render(explanation, image, style, new HeatMapOptions { Second = second, SecondTitle = LongName, Top = 0.1 });
                    FigureTests.AssertTidy(drawing.Canvas);
                    Assert.InRange(drawing.Alt.Length, 20, 399);
                    Assert.All(drawing.Regions, region => Assert.True(region.X + region.Width <= drawing.Canvas.Width && region.Y + region.Height <= drawing.Canvas.Height));
                    Assert.NotEmpty(drawing.Canvas.Encode("").Bytes);
                }
            }
        }
    }

    [Fact]
    public void Limit_OutliersOrNone_FollowsThePercentileRule()
    {
        // 99th percentile of 1 … 1000 is 990; the largest is within 1.3 times of it.
        var ramp = PictureExamples.Of("occlusion", [1, 1, 1000], [.. Enumerable.Range(1, 1000).Select(i => (double)i)]);
        var even = MapPlane.Of(ramp, PictureExamples.Ramp(1000, 1));
        Assert.Equal((1000, true), (even.Limit, even.EndsAtLargest));

        var outlier = MapPlane.Of(PictureExamples.Of("occlusion", [1, 1, 1000], [.. Enumerable.Range(1, 999).Select(i => i / 800.0), -40]), PictureExamples.Ramp(1000, 1));
        Assert.Equal(1.2, outlier.Limit, 1e-9);
        Assert.False(outlier.EndsAtLargest);
        Assert.Equal(-40, outlier.Largest);
    }

    [Fact]
    public void Legend_Signed_HasFiveNumbersAndNamedEnds()
    {
        using var drawing = HeatMap.Render(PictureExamples.Fashioned("integrated-gradients"), PictureExamples.Image(), Examples.Style(chrome: Chrome.Panel, context: PictureExamples.Fashion));
        string[] texts = [.. drawing.Canvas.Texts.Select(text => text.Text)];
        var numbers = MapNumbers.Of(drawing.Plane, PictureExamples.Fashion);
        Assert.Contains("against Coat", texts);
        Assert.Contains("for Coat", texts);
        Assert.Contains("One pixel, logit of Coat", texts);
        foreach (var share in (double[])[-1, -0.5, 0, 0.5, 1]) Assert.Contains(numbers.Text(share * drawing.Plane.Limit), texts);
        Assert.Contains(texts, text => text.StartsWith("ends at the 99th percentile; largest +", StringComparison.Ordinal));
        Assert.Contains("28 × 28, shown at 9×", texts);
    }

    [Fact]
    public void Facts_LayersMap_SaysThatItIsEnlarged()
    {
        using var drawing = HeatMap.Render(PictureExamples.Fashioned("gradcam"), PictureExamples.Image(), Examples.Style(chrome: Chrome.Panel, context: PictureExamples.Fashion));
        Assert.Contains(drawing.Canvas.Texts, text => text.Text.StartsWith("enlarged from 7 × 7", StringComparison.Ordinal));
    }

    [Fact]
    public void Facts_SeveralChannels_AreSummedAndSaidToBe()
    {
        var image = PictureExamples.Ramp(2, 1) with { ChannelsLast = true };
        var plane = MapPlane.Of(PictureExamples.Of("occlusion", [1, 2, 3], [1, 2, 4, -8, 16, 32]), image);
        Assert.Equal([7.0, 40.0], plane.Values);
        Assert.Equal([5.0, 10.0], MapPlane.Of(PictureExamples.Of("occlusion", [3, 1, 2], [1, 2, 4, -8, 0, 16]), PictureExamples.Ramp(2, 1)).Values);
        using var drawing = HeatMap.Render(PictureExamples.Of("occlusion", [1, 2, 3], [1, 2, 4, -8, 16, 32]), image, Examples.Style(chrome: Chrome.Panel));
        Assert.Contains(drawing.Canvas.Texts, text => text.Text.Contains("sum over 3 channels", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(ThemeTests.Kinds), MemberType = typeof(ThemeTests))]
    public void Png_SignsAndZero_HaveTheMapsColoursOnATransparentGround(ThemeKind kind)
    {
        var explanation = PictureExamples.Of("occlusion", [1, 2, 2], [1, -1, 0, 0.5]);
        using var drawing = HeatMap.Render(explanation, PictureExamples.Ramp(2, 2), Examples.Style(kind, Chrome.Panel, scale: 1));
        using var picture = SKBitmap.Decode(drawing.Canvas.Encode("").Bytes);
        var map = drawing.Regions[1];
        AssertNear(ColourMap.Diverging(kind, 1), At(0.25, 0.25));
        AssertNear(ColourMap.Diverging(kind, -1), At(0.75, 0.25));
        AssertNear(ColourMap.Diverging(kind, 0), At(0.25, 0.75));
        Assert.Equal(0, picture.GetPixel((int)(map.X - 16), (int)(map.Y + 100)).Alpha);
        Assert.Equal(254, map.Width);

        SKColor At(double x, double y) => picture.GetPixel((int)(map.X + (x * map.Width)), (int)(map.Y + (y * map.Height)));

        static void AssertNear(string hex, SKColor pixel)
        {
            var colour = SKColor.Parse(hex);
            Assert.InRange(Math.Abs(colour.Red - pixel.Red) + Math.Abs(colour.Green - pixel.Green) + Math.Abs(colour.Blue - pixel.Blue), 0, 24);
        }
    }

    [Fact]
    public void Shown_TopShareAndOneSign_LeavesTheRestOut()
    {
        var plane = MapPlane.Of(PictureExamples.Of("occlusion", [1, 1, 10], [1, -2, 3, -4, 5, -6, 7, -8, 9, -10]), PictureExamples.Ramp(10, 1));
        Assert.Equal([8, 9], Indices(new HeatMapOptions { Top = 0.2 }));
        Assert.Equal([6, 8], Indices(new HeatMapOptions { Top = 0.2, Evidence = Evidence.For }));
        Assert.Equal([1, 3, 5, 7, 9], Indices(new HeatMapOptions { Top = 1, Evidence = Evidence.Against }));

        int[] Indices(HeatMapOptions options) => [.. plane.Shown(plane.Values, options).Select((shown, i) => shown ? i : -1).Where(i => i >= 0)];
    }

    [Fact]
    public void Share_TwoMapsOfOneUnit_HaveOneLimit()
    {
        var image = PictureExamples.Ramp(2, 1);
        var one = MapPlane.Of(PictureExamples.Of("occlusion", [1, 1, 2], [1, -1]), image);
        var other = MapPlane.Of(PictureExamples.Of("occlusion", [1, 1, 2], [3, -1], "no", 0), image);
        var amount = MapPlane.Of(PictureExamples.Of("saliency", [1, 1, 2], [3, 1]), image);
        MapPlane.Share(one, other);
        Assert.Equal((3, 3), (one.Limit, other.Limit));
        MapPlane.Share(one, amount);
        Assert.False(MapPlane.AreComparable(one, amount));
    }

    [Fact]
    public void Alt_Map_FollowsTheFormula()
    {
        double[] values = new double[81];
        (values[80], values[0]) = (2, -1);
        using var drawing = HeatMap.Render(
            PictureExamples.Of("occlusion", [1, 9, 9], [.. values], "Coat"), PictureExamples.Ramp(9, 9, "00010.png"), Examples.Style(context: PictureExamples.Fashion));
        Assert.Equal("Map for Coat over 00010.png. Strongest for: lower right; against: upper left. Limit ±2.00.", drawing.Alt);
    }

    [Theory]
    [MemberData(nameof(ThemeTests.Kinds), MemberType = typeof(ThemeTests))]
    public void Sheet_Mistakes_ComeFirstWithTheirLabel(ThemeKind kind)
    {
        SheetPicture[] pictures =
        [
            new(PictureExamples.Ramp(8, 8, "a.png"), "Coat", "97.5 %", "Coat", true),
            new(PictureExamples.Ramp(8, 8, "b.png"), "Pullover", "61.0 %", "Shirt", false),
            new(PictureExamples.Ramp(30, 8, "c.png"), LongName, "99.9 %", null, null),
            new(PictureExamples.Ramp(300, 500, "d.png"), "", "", LongName, false) { Explanation = PictureExamples.Of("occlusion", [1, 2, 2], [1, -1, 0.5, 0]) },
        ];
        foreach (var width in (double?[])[null, 320, 1200])
        {
            using var drawing = PictureSheet.Render(pictures, Examples.Style(kind, Chrome.Panel, scale: 1, width: width));
            FigureTests.AssertTidy(drawing.Canvas);
            Assert.StartsWith("b.png: Pullover 61.0 %, wrong, the label says Shirt", drawing.Regions[0].Label, StringComparison.Ordinal);
            Assert.Contains(drawing.Canvas.Texts, text => text.Text == "≠ Shirt");
            Assert.Contains(drawing.Canvas.Texts, text => text.Text == "not labelled");
            Assert.StartsWith("4 pictures with their maps. 2 of 3 wrong, shown first.", drawing.Alt, StringComparison.Ordinal);
            Assert.InRange(drawing.Alt.Length, 20, 399);
            Assert.Equal(172, drawing.Regions[0].Height);
        }
    }
}
