using System.Collections.Immutable;
using System.Globalization;
using ExplainLsp.Explainers;
using SkiaSharp;

namespace ExplainLsp.Figures.Tests;

/// <summary>What holds for every figure: geometry tells the numbers, nothing is cut off, bytes repeat.</summary>
public class FigureTests
{
    private const string LongName = "the_average_number_of_things_that_were_counted_in_the_second_quarter_of_the_previous_year";

    /// <summary>Explanations that real files lead to sooner or later.</summary>
    public static TheoryData<string> Edges => [.. EdgeCases.Keys];

    private static Dictionary<string, Func<Explanation>> EdgeCases { get; } = new()
    {
        ["one column"] = () => Examples.Of(0.4),
        ["two hundred columns"] = () => Examples.Of([.. Enumerable.Range(1, 200).Select(i => (i % 2 == 0 ? 1 : -1) / (double)i)]),
        ["no columns"] = () => Examples.Of(),
        ["all zero"] = () => Examples.Of(0, 0, 0, -0.0, 0, 0, 0, 0, 0),
        ["huge"] = () => Examples.Of(1e300, -5e299, 1e12, 3),
        ["overflowing"] = () => Examples.Of(1.7e308, -1.7e308, 1.7e308),
        ["tiny"] = () => Examples.Of(3e-12, -2e-13, 1e-300, double.Epsilon),
        ["huge beside tiny"] = () => Examples.Of(1e6, 1e-9, -1e-9),
        ["not a number"] = () => Examples.Of(1, double.NaN, -2, 0.5),
        ["infinite"] = () => Examples.Of(1, double.PositiveInfinity, double.NegativeInfinity),
        ["all away"] = () => Examples.Of(-3, -2, -1, -0.5),
        ["long names"] = () => Examples.Of(Enumerable.Range(0, 12).Select(i => new Attribution($"{LongName}_{i}", $"a value that does not end {LongName} {i}", 1.0 / (i + 1)))),
        ["missing values"] = () => Examples.Of([new Attribution("a", "", 1), new Attribution("b", null, -1), new Attribution("", "NaN", 0.5)]),
        ["line breaks and overrides"] = () => Examples.Of([new Attribution("a\nb\u202Ec\tb", "x\r\ny\u0000", 1), new Attribution("\u2066evil\u2069", "1", -1)]),
        ["other scripts"] = () => Examples.Of([new Attribution("年齢", "五十", 1), new Attribution("العمر", "خمسون", -1), new Attribution("возраст", "50", 0.5), new Attribution("👩‍👩‍👧 e\u0301", "🎉", 0.25)]),
        ["long target"] = () => Examples.Of(0.4, -0.3) with { Target = new Target("p", 3, LongName, TargetSpace.Raw) },
        ["target in another script"] = () => Examples.Of(0.4, -0.3) with { Target = new Target("p", 3, "収入", TargetSpace.Probability) },
        ["gap"] = () => Examples.Of(0.4, -0.3) with { CompletenessGap = 0.31, PredictedValue = 0.91 },
        ["sampled"] = () => Examples.Of([new Attribution("a", "1", 1) { StandardError = 0.3 }, new Attribution("b", "2", -0.1) { StandardError = 0.4 }, new Attribution("c", "3", 0.1) { StandardError = double.NaN }]),
        ["no base value"] = () => Examples.Of(0.4, -0.3) with { BaseValue = null, CompletenessGap = null },
    };

    [Theory]
    [MemberData(nameof(Edges))]
    public void ContributionFigures_AnyInput_KeepTextInsideAndApart(string name)
    {
        var explanation = EdgeCases[name]();
        foreach (var style in Styles())
        {
            using var bars = RowContributions.Render(explanation, style);
            AssertTidy(bars.Canvas);
            AssertFinite(bars);
            AssertFigure(RowContributions.Draw(explanation, style));
            AssertFigure(Waterfall.Draw(explanation, style));
            if (!Waterfall.AddsUp(explanation)) continue;
            using var steps = Waterfall.Render(explanation, style);
            AssertTidy(steps.Canvas);
            AssertFinite(steps);
        }
    }

    [Theory]
    [MemberData(nameof(Edges))]
    public void ImportanceBars_AnyInput_KeepTextInsideAndApart(string name)
    {
        var explanation = EdgeCases[name]() with { Method = "permutation-importance", Options = Examples.NoOptions.Add("metric", "roc-auc") };
        foreach (var style in Styles())
        {
            using var drawing = ImportanceBars.Render(explanation, style);
            AssertTidy(drawing.Canvas);
            AssertFinite(drawing);
            AssertFigure(ImportanceBars.Draw(explanation, style));
        }
    }

    [Fact]
    public void RowContributions_Bars_AreProportionalToAttributions()
    {
        var explanation = Examples.AdultRow();
        using var drawing = RowContributions.Render(explanation, Examples.Style(context: Examples.Adult));
        var unit = (drawing.Bars[0].To - drawing.Bars[0].From) / explanation.Attributions.Single(one => one.Feature == "marital-status").Contribution;

        foreach (var bar in drawing.Bars.Where(bar => bar.Feature is not null))
        {
            var contribution = explanation.Attributions.Single(one => one.Feature == bar.Feature).Contribution;
            Assert.Equal(contribution * unit, bar.To - bar.From, 1e-6);
        }

        Assert.Equal(explanation.PredictedValue!.Value - explanation.BaseValue!.Value, drawing.Bars.Sum(bar => bar.To - bar.From) / unit, 1e-6);
    }

    [Fact]
    public void RowContributions_Hover_HasTheSizeAndOrderOfTheDesign()
    {
        var figure = RowContributions.Draw(Examples.AdultRow(), Examples.Style(context: Examples.Adult));

        Assert.Equal((420, 164), (figure.Width, figure.Height));
        Assert.Equal(
            ["marital-status", "age", "occupation", "hours-per-week", "capital-gain", "sex", null],
            figure.Regions.Select(region => region.Feature));
        Assert.Equal("marital-status = Married-civ-spouse: +19.0 pp towards >50K", figure.Regions[0].Label);
        Assert.Equal("6 other columns: +0.4 pp", figure.Regions[^1].Label);
        Assert.All(figure.Regions, region => Assert.Equal(20, region.Height));
    }

    [Fact]
    public void Waterfall_Steps_LeadFromTheAverageToTheRow()
    {
        var explanation = Examples.BreastCancerRow();
        using var drawing = Waterfall.Render(explanation, Examples.Style(chrome: Chrome.Panel, context: Examples.BreastCancer));

        Assert.Equal((600, 76 + (26 * 10)), (drawing.Canvas.Width, drawing.Canvas.Height));
        for (var i = 0; i + 1 < drawing.Bars.Length; i++) Assert.Equal(drawing.Bars[i + 1].To, drawing.Bars[i].From, 1e-6);
        var unit = (drawing.Bars[0].To - drawing.Bars[0].From) / explanation.Attributions.Single(one => one.Feature == "mean concave points").Contribution;
        Assert.Equal(explanation.PredictedValue!.Value - explanation.BaseValue!.Value, (drawing.Bars[0].To - drawing.Bars[^1].From) / unit, 1e-3);
        Assert.Equal(["mean concave points", "worst concave points", "worst perimeter", "worst radius"], drawing.Bars.Take(4).Select(bar => bar.Feature));

        var texts = drawing.Canvas.Texts.Select(text => text.Text).ToArray();
        Assert.Contains("this row 1.49 = 81.6\u2009%", texts);
        Assert.Contains("average of 100 background rows −3.41", texts);
        Assert.Contains("21 other columns", texts);
        Assert.Contains("+0.15", texts);
        Assert.Contains("27\u2009%", texts);
    }

    [Fact]
    public void Waterfall_Regression_HasNoProbability()
    {
        using var drawing = Waterfall.Render(Examples.DiabetesRow(), Examples.Style(chrome: Chrome.Panel, context: Examples.Diabetes));
        Assert.DoesNotContain(drawing.Canvas.Texts, text => text.Text.Contains('%') || text.Text.Contains("probability", StringComparison.Ordinal));
        Assert.Contains(drawing.Canvas.Texts, text => text.Text == "this row 240.1");
        Assert.Contains(drawing.Canvas.Texts, text => text.Text == "towards higher progression");
    }

    [Fact]
    public void Waterfall_Gap_IsAStepOfItsOwn()
    {
        using var drawing = Waterfall.Render(EdgeCases["gap"](), Examples.Style(chrome: Chrome.Panel));
        Assert.Contains(drawing.Canvas.Texts, text => text.Text == "not explained (gap)");
        Assert.Equal(3, drawing.Bars.Length);
    }

    [Fact]
    public void Waterfall_NothingToAddUp_DrawsBars()
    {
        var lime = Examples.BreastCancerRow() with { CompletenessGap = null };
        var style = Examples.Style(chrome: Chrome.Panel, context: Examples.BreastCancer);
        Assert.Equal(RowContributions.Draw(lime, style).Bytes, Waterfall.Draw(lime, style).Bytes);
    }

    [Fact]
    public void ImportanceBars_NegativeMean_LiesLeftOfZero()
    {
        var explanation = Examples.Importance();
        using var drawing = ImportanceBars.Render(explanation, Examples.Style(chrome: Chrome.Panel));
        var unit = drawing.Bars[0].To - drawing.Bars[0].From;
        foreach (var bar in drawing.Bars)
        {
            var importance = explanation.Attributions.Single(one => one.Feature == bar.Feature).Contribution;
            Assert.Equal(importance / 0.0351981352 * unit, bar.To - bar.From, 1e-6);
        }

        Assert.Contains(drawing.Bars, bar => bar.To < bar.From);
        Assert.Contains(drawing.Canvas.Texts, text => text.Text.StartsWith("drop in accuracy", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Chrome.Hover, false, false)]
    [InlineData(Chrome.Panel, false, false)]
    [InlineData(Chrome.Full, true, true)]
    public void Chrome_SaysWhichPartsStandAround(Chrome chrome, bool title, bool receipt)
    {
        using var drawing = Waterfall.Render(Examples.BreastCancerRow(), Examples.Style(chrome: chrome, context: Examples.BreastCancer));
        Assert.Equal(title, drawing.Canvas.Texts.Any(text => text.Text == "malignant 81.6\u2009% · TreeSHAP · test.csv, row 13"));
        Assert.Equal(receipt, drawing.Canvas.Texts.Any(text => text.Text.StartsWith("TreeSHAP · 100 background rows · gap <1e−6", StringComparison.Ordinal)));
    }

    [Fact]
    public void Receipt_Narrow_KeepsMethodAndGap()
    {
        using var drawing = RowContributions.Render(Examples.AdultRow(), Examples.Style(chrome: Chrome.Full, context: Examples.Adult, width: 320));
        var receipt = drawing.Canvas.Texts.Single(text => text.Text.StartsWith("Exact SHAP ·", StringComparison.Ordinal)).Text;
        Assert.Contains("gap <1e−6", receipt, StringComparison.Ordinal);
        Assert.DoesNotContain("adult-gbm", receipt, StringComparison.Ordinal);
    }

    [Fact]
    public void Png_SameExplanation_HasTheSameBytes()
    {
        var style = Examples.Style(context: Examples.Adult);
        var first = RowContributions.Draw(Examples.AdultRow(), style).Bytes;
        var others = new byte[8][];
        Parallel.For(0, others.Length, i => others[i] = RowContributions.Draw(Examples.AdultRow(), style).Bytes);
        Assert.All(others, other => Assert.Equal(first, other));
    }

    [Theory]
    [MemberData(nameof(ThemeTests.Kinds), MemberType = typeof(ThemeTests))]
    public void Png_Hover_IsSmall(ThemeKind kind)
    {
        Assert.InRange(RowContributions.Draw(Examples.AdultRow(), Examples.Style(kind, context: Examples.Adult)).Bytes.Length, 1000, 60_000);
        Assert.InRange(RowContributions.Draw(EdgeCases["long names"](), Examples.Style(kind)).Bytes.Length, 1000, 60_000);
        var (hours, context) = Examples.Hours();
        Assert.InRange(MiniIce.Draw(hours, context, Examples.Style(kind, context: Examples.Adult)).Bytes.Length, 1000, 60_000);
    }

    [Theory]
    [InlineData(1, 420, 164)]
    [InlineData(1.5, 630, 246)]
    [InlineData(2, 840, 328)]
    [InlineData(4, 1680, 656)]
    [InlineData(9, 1680, 656)]
    [InlineData(0, 420, 164)]
    [InlineData(double.NaN, 840, 328)]
    public void Png_Scale_IsInDevicePixels(double scale, int width, int height)
    {
        using var picture = SKBitmap.Decode(RowContributions.Draw(Examples.AdultRow(), Examples.Style(context: Examples.Adult, scale: scale)).Bytes);
        Assert.Equal((width, height), (picture.Width, picture.Height));
    }

    [Theory]
    [MemberData(nameof(ThemeTests.Kinds), MemberType = typeof(ThemeTests))]
    public void Png_Pixels_ShowDirectionOnATransparentGround(ThemeKind kind)
    {
        var theme = Theme.Default(kind);
        var style = Examples.Style(kind, context: Examples.Adult);
        using var drawing = RowContributions.Render(Examples.AdultRow(), style);
        using var picture = SKBitmap.Decode(drawing.Canvas.Encode("").Bytes);

        foreach (var (x, y) in ((int, int)[])[(0, 0), (839, 0), (0, 327), (839, 327)]) Assert.Equal(0, picture.GetPixel(x, y).Alpha);

        // Row 0 goes towards, row 4 away; in the middle of each bar, at 2x.
        var towards = drawing.Bars[0];
        var away = drawing.Bars[4];
        Assert.Equal(SKColor.Parse(theme.Towards), picture.GetPixel((int)(towards.From + towards.To), 60));
        Assert.True(away.To < away.From && away.From == towards.From);
        var inside = Enumerable.Range((int)(away.To * 2) + 10, (int)((away.From - away.To) * 2) - 14)
            .SelectMany(x => Enumerable.Range(212, 16).Select(y => picture.GetPixel(x, y))).ToArray();
        Assert.Contains(SKColor.Parse(theme.Away), inside);
        Assert.Equal(theme.HighContrast, inside.Any(pixel => pixel.Alpha == 0));
    }

    [Fact]
    public void Png_ManyColours_AreStillWritten()
    {
        // A gradient has more colours than a palette holds, even simplified.
        var pixels = new byte[256 * 64 * 4];
        for (var i = 0; i < pixels.Length; i += 4) (pixels[i], pixels[i + 1], pixels[i + 2], pixels[i + 3]) = ((byte)(i / 4), (byte)(i / 256), (byte)(i * 7), 255);
        using var picture = SKBitmap.Decode(PngWriter.Write(pixels, 256, 64, [SKColors.Black]));
        foreach (var (x, y) in ((int, int)[])[(0, 0), (17, 3), (255, 63)])
        {
            var at = ((y * 256) + x) * 4;
            Assert.Equal(new SKColor(pixels[at], pixels[at + 1], pixels[at + 2]), picture.GetPixel(x, y));
        }
    }

    [Fact]
    public void Text_Digits_HaveOneWidth()
    {
        var widths = "0123456789+−".Select(digit => Typography.Measure(digit.ToString(), TextRole.Label)).ToArray();
        Assert.All(widths, width => Assert.Equal(7.2, width, 0.01));
        Assert.Equal(7.2, Typography.Measure("5", TextRole.Result), 0.01);
    }

    [Fact]
    public void Text_NoFontForAName_IsWrittenAsItsColumn()
    {
        const string nobodysScript = "\uE123\uE124";
        using var drawing = RowContributions.Render(
            Examples.Of([new Attribution("a", "1", 0.1), new Attribution(nobodysScript, nobodysScript, 2)]), Examples.Style());
        Assert.Contains(drawing.Canvas.Texts, text => text.Text == "column 2");
        Assert.Contains(drawing.Regions, region => region.Feature == nobodysScript && region.Label.Contains(nobodysScript, StringComparison.Ordinal));
    }

    private static IEnumerable<FigureStyle> Styles()
    {
        foreach (var chrome in Enum.GetValues<Chrome>())
        {
            foreach (var width in (double?[])[null, 320, 1000])
            {
                yield return Examples.Style(ThemeKind.HighContrastLight, chrome, scale: 1, width: width);
            }
        }

        yield return Examples.Style(chrome: Chrome.Full, scale: 1, context: Examples.Diabetes with { Unit = LongName, ModelName = LongName, SampleName = LongName });
    }

    internal static void AssertFigure(Figure figure)
    {
        Assert.InRange(figure.AltText.Length, 1, 399);
        Assert.All(figure.Regions, region =>
        {
            Assert.InRange(region.X, 0, figure.Width);
            Assert.InRange(region.Y, 0, figure.Height);
            Assert.InRange(region.X + region.Width, 0, figure.Width + 0.01);
            Assert.InRange(region.Y + region.Height, 0, figure.Height + 0.01);
        });
    }

    private static void AssertFinite(ContributionDrawing drawing) => Assert.All(drawing.Bars, bar =>
    {
        Assert.InRange(bar.From, 0, drawing.Canvas.Width);
        Assert.InRange(bar.To, 0, drawing.Canvas.Width);
    });

    /// <summary>Every text inside the figure, and none over another.</summary>
    internal static void AssertTidy(FigureCanvas canvas)
    {
        var texts = canvas.Texts;
        foreach (var text in texts)
        {
            var where = string.Create(CultureInfo.InvariantCulture, $"'{text.Text}' at {text.X:F1} + {text.Width:F1}, {text.Baseline:F1} in {canvas.Width} × {canvas.Height}");
            Assert.True(text.X >= -0.5 && text.X + text.Width <= canvas.Width + 0.5, where);
            Assert.True(text.Baseline - (text.Size * 0.75) >= 0 && text.Baseline + 3 <= canvas.Height + 0.5, where);
        }

        for (var i = 0; i < texts.Count; i++)
        {
            for (var j = i + 1; j < texts.Count; j++)
            {
                var (a, b) = (texts[i], texts[j]);
                var apart = a.X + a.Width <= b.X + 0.1 || b.X + b.Width <= a.X + 0.1 || Math.Abs(a.Baseline - b.Baseline) >= Math.Max(a.Size, b.Size) - 1;
                Assert.True(apart, $"'{a.Text}' and '{b.Text}' overlap.");
            }
        }
    }
}
