using ExplainLsp.Explainers;

namespace ExplainLsp.Figures.Tests;

/// <summary>What holds for every figure of many rows: text inside and apart, each row in one region, marks where the numbers are.</summary>
public class RowFigureTests
{
    private const string LongName = "the_average_number_of_things_that_were_counted_in_the_second_quarter_of_the_previous_year";

    public static TheoryData<string> Edges => [.. EdgeCases.Keys];

    private static Dictionary<string, Func<Explanation>> EdgeCases { get; } = new()
    {
        ["peers"] = SampleExamples.BreastCancer,
        ["text and missing"] = () => SampleExamples.Adult(60),
        ["one row, one column"] = () => SampleExamples.Made(1, 1),
        ["two columns"] = () => SampleExamples.Made(5, 2),
        ["no rows"] = () => SampleExamples.Made(0, 3),
        ["more rows than dots"] = () => SampleExamples.Made(2500, 3),
        ["huge"] = () => SampleExamples.Made(30, 3, 1e30),
        ["tiny"] = () => SampleExamples.Made(30, 3, 1e-30),
        ["all zero"] = () => SampleExamples.Made(30, 3, 0),
        ["not a number"] = () => Changed((i, value) => i % 3 == 0 ? float.NaN : i % 5 == 0 ? float.PositiveInfinity : value, contributions: true),
        ["all missing"] = () => Changed((_, _) => float.NaN, contributions: false),
        ["infinite values"] = () => Changed((i, value) => i % 2 == 0 ? float.PositiveInfinity : value, contributions: false),
        ["long names"] = () => Named(i => $"{LongName}_{i}"),
        ["other scripts"] = () => Named(i => $"年齢العمر\n{i}"),
        ["a script that nobody has"] = () => Named(i => $"\uE123\uE124{i}"),
        ["long target"] = () => SampleExamples.Made(20, 3) with { Target = new Target("p", 3, LongName, TargetSpace.Probability) },
    };

    [Theory]
    [MemberData(nameof(Edges))]
    public void RowFigures_AnyInput_KeepTextInsideAndApart(string name)
    {
        var explanation = EdgeCases[name]();
        var samples = explanation.Samples!;
        var order = ExplanationOrder.Of(samples, default);
        foreach (var width in (double?[])[null, 320, 1000])
        {
            var style = Examples.Style(ThemeKind.HighContrastLight, width is null ? Chrome.Full : Chrome.Panel, scale: 1, width: width) with { Selected = [0, 3] };
            using var swarm = Beeswarm.Render(explanation, style);
            FigureTests.AssertTidy(swarm.Canvas);
            FigureTests.AssertFigure(Beeswarm.Draw(explanation, style));
            foreach (var second in (string?[])[null, samples.Features[^1]])
            {
                using var dependence = DependencePlot.Render(explanation, samples.Features[0], second, style);
                FigureTests.AssertTidy(dependence.Canvas);
                FigureTests.AssertFigure(DependencePlot.Draw(explanation, samples.Features[0], second, style));
            }

            foreach (var row in (int?[])[null, samples.Rows.Length - 1])
            {
                using var decision = Decision.Render(explanation, row, style);
                FigureTests.AssertTidy(decision.Canvas);
                FigureTests.AssertFigure(Decision.Draw(explanation, row, style));
            }

            using var map = RowHeatMap.Render(explanation, order, style);
            FigureTests.AssertTidy(map.Canvas);
            FigureTests.AssertFigure(RowHeatMap.Draw(explanation, order, style));
        }
    }

    [Fact]
    public void Beeswarm_TwelveColumns_HasTheSizeAndOrderOfTheDesign()
    {
        using var drawing = Beeswarm.Render(SampleExamples.BreastCancer(), Examples.Style(chrome: Chrome.Panel, context: Examples.BreastCancer));
        var texts = drawing.Canvas.Texts.Select(text => text.Text).ToArray();

        Assert.Equal((620, 50 + (32 * 12)), (drawing.Canvas.Width, drawing.Canvas.Height));
        Assert.Equal(
            ["worst radius", "worst concave points", "worst perimeter", "mean concave points", "area error", "worst texture"],
            drawing.Regions.Where(region => region.Rows.IsEmpty).Take(6).Select(region => region.Feature));
        // The reference's mean |SHAP|, as in its own table of importance.
        foreach (var number in (string[])["1.34", "1.23", "1.12", "0.97"]) Assert.Contains(number, texts);
        Assert.Contains("12 of 30 columns, 94\u2009% of the strength", texts);
        Assert.Contains("contribution, log-odds", texts);
    }

    [Fact]
    public void Beeswarm_Dots_LieWhereTheContributionsAre()
    {
        var explanation = SampleExamples.BreastCancer();
        var samples = explanation.Samples!;
        using var drawing = Beeswarm.Render(explanation, Examples.Style(chrome: Chrome.Panel, context: Examples.BreastCancer));
        var dots = drawing.Dots.Select(dot => (dot.X, Value: (double)samples.Contributions[(dot.Row * 30) + samples.Features.IndexOf(dot.Feature)])).ToArray();

        Assert.Equal(143 * 12, dots.Length);
        var (low, high) = (dots.MinBy(dot => dot.Value), dots.MaxBy(dot => dot.Value));
        var unit = (high.X - low.X) / (high.Value - low.Value);
        Assert.All(dots, dot => Assert.Equal(low.X + ((dot.Value - low.Value) * unit), dot.X, 1e-3));
    }

    [Fact]
    public void Beeswarm_Regions_HoldEveryRowOfEachColumnOnce()
    {
        using var drawing = Beeswarm.Render(SampleExamples.BreastCancer(), Examples.Style(chrome: Chrome.Panel, context: Examples.BreastCancer));
        foreach (var column in drawing.Regions.Where(region => !region.Rows.IsEmpty).GroupBy(region => region.Feature))
        {
            Assert.Equal(Enumerable.Range(0, 143), column.SelectMany(region => region.Rows).Order());
            Assert.All(column, region => Assert.True(region is { Width: >= 24, Height: >= 24 }));
        }

        Assert.All(drawing.Dots, dot => Assert.Contains(drawing.Regions, region => region.Feature == dot.Feature && region.Rows.Contains(dot.Row)
            && dot.X >= region.X - 1e-3 && dot.X <= region.X + region.Width + 1e-3 && dot.Y >= region.Y && dot.Y <= region.Y + region.Height));
    }

    [Theory]
    [MemberData(nameof(ThemeTests.Kinds), MemberType = typeof(ThemeTests))]
    public void Beeswarm_Dots_StandOutFromTheGround(ThemeKind kind)
    {
        var (theme, amounts) = (Theme.Default(kind), new AmountScale(Theme.Default(kind)));
        foreach (var share in (double[])[0, 0.25, 0.5, 1]) Assert.True(Colour.Contrast(Colour.Parse(amounts.At(share)), Colour.Parse(theme.Ground)) >= 3, $"{share} in {kind}");
        Assert.True(Colour.Contrast(Colour.Parse(amounts.At(1)), Colour.Parse(theme.Ground)) > Colour.Contrast(Colour.Parse(amounts.At(0)), Colour.Parse(theme.Ground)));
    }

    [Fact]
    public void Beeswarm_SameRows_HasTheSameBytes()
    {
        var style = Examples.Style(chrome: Chrome.Panel, context: Examples.BreastCancer);
        var first = Beeswarm.Draw(SampleExamples.BreastCancer(), style).Bytes;
        Assert.Equal(first, Beeswarm.Draw(SampleExamples.BreastCancer(), style).Bytes);
        Assert.NotEqual(first, Beeswarm.Draw(SampleExamples.BreastCancer(), style with { Selected = [5] }).Bytes);
    }

    [Fact]
    public void Beeswarm_OverTwoThousandRows_IsADensityAndSaysSo()
    {
        using var drawing = Beeswarm.Render(SampleExamples.Made(2001, 2), Examples.Style(chrome: Chrome.Panel));
        Assert.Empty(drawing.Dots);
        Assert.Contains(drawing.Canvas.Texts, text => text.Text == "density (square root) of 2,001 rows");
        Assert.Equal(2001, drawing.Regions.Where(region => region.Feature == "column 0").Sum(region => region.Rows.Length));
    }

    [Fact]
    public void Packing_RoomForAll_LetsNoDotCoverAnother()
    {
        double[] places = [.. Enumerable.Range(0, 60).Select(i => (i * 37 % 60) * 2.1)];
        var offsets = BeeswarmPacking.Offsets(places, 5.4, 12.5);
        for (var i = 0; i < places.Length; i++)
        {
            Assert.InRange(Math.Abs(offsets[i]), 0, 12.5);
            for (var j = 0; j < i; j++) Assert.True(Math.Max(Math.Abs(places[i] - places[j]), Math.Abs(offsets[i] - offsets[j])) >= 5.4 - 1e-9);
        }
    }

    [Fact]
    public void Packing_Crowd_KeepsWithinTheHeight() =>
        Assert.All(BeeswarmPacking.Offsets([.. Enumerable.Repeat(100.0, 500), double.NaN], 5.4, 12.5), offset => Assert.InRange(offset, -12.5, 12.5));

    [Fact]
    public void Dependence_Dots_LieAtValueAndContribution()
    {
        var explanation = SampleExamples.BreastCancer();
        var samples = explanation.Samples!;
        var column = samples.Features.IndexOf("worst radius");
        using var drawing = DependencePlot.Render(explanation, "worst radius", "worst concave points", Examples.Style(chrome: Chrome.Panel, context: Examples.BreastCancer));

        Assert.Equal((528, 330), (drawing.Canvas.Width, drawing.Canvas.Height));
        Assert.Equal(143, drawing.Dots.Length);
        Linear(dot => dot.X, dot => samples.Values[(dot.Row * 30) + column], rises: true);
        Linear(dot => dot.Y, dot => samples.Contributions[(dot.Row * 30) + column], rises: false);
        Assert.Equal(Enumerable.Range(0, 143), drawing.Regions.SelectMany(region => region.Rows).Order());
        Assert.Contains(drawing.Canvas.Texts, text => text.Text == "worst concave points, low to high");

        void Linear(Func<DrawnDot, double> place, Func<DrawnDot, double> value, bool rises)
        {
            var (low, high) = (drawing.Dots.MinBy(value), drawing.Dots.MaxBy(value));
            var unit = (place(high) - place(low)) / (value(high) - value(low));
            Assert.Equal(rises, unit > 0);
            Assert.All(drawing.Dots, dot => Assert.Equal(place(low) + ((value(dot) - value(low)) * unit), place(dot), 1e-2));
        }
    }

    [Fact]
    public void Dependence_UnknownColumn_IsAnError() =>
        Assert.Throws<ArgumentException>(() => DependencePlot.Draw(SampleExamples.Made(3, 2), "nothing", null, Examples.Style()));

    [Fact]
    public void Decision_Lines_LeadFromTheAverageToThePredictions()
    {
        var explanation = SampleExamples.BreastCancer();
        var samples = explanation.Samples!;
        using var drawing = Decision.Render(explanation, 13, Examples.Style(chrome: Chrome.Panel, context: Examples.BreastCancer));

        Assert.Equal(560, drawing.Canvas.Width);
        for (var row = 0; row < 143; row++)
        {
            Assert.Equal(samples.BaseValue, drawing.Paths[row][0]);
            Assert.Equal(samples.Predicted[row], drawing.Paths[row][^1], 1e-4);
        }

        Assert.Contains(drawing.Canvas.Texts, text => text.Text == "this row 1.49 = 81.6\u2009%");
        Assert.Equal(Enumerable.Range(0, 143), drawing.Regions.SelectMany(region => region.Rows).Order());
    }

    [Fact]
    public void RowMap_Rows_AreEachInOneRegionAColumn()
    {
        var explanation = SampleExamples.BreastCancer();
        using var drawing = RowHeatMap.Render(explanation, ExplanationOrder.Of(explanation.Samples!, default), Examples.Style(chrome: Chrome.Panel, context: Examples.BreastCancer));
        foreach (var column in drawing.Regions.GroupBy(region => region.Feature)) Assert.Equal(Enumerable.Range(0, 143), column.SelectMany(region => region.Rows).Order());
        Assert.Contains(drawing.Canvas.Texts, text => text.Text.StartsWith("ends at the 99th percentile; largest +5.", StringComparison.Ordinal));
    }

    [Fact]
    public void Force_Segments_MeetAtTheResult()
    {
        var explanation = Examples.BreastCancerRow();
        using var drawing = Force.Render(explanation, Examples.Style(chrome: Chrome.Panel, context: Examples.BreastCancer));

        Assert.Equal((900, 96), (drawing.Canvas.Width, drawing.Canvas.Height));
        var towards = drawing.Bars.Where(bar => bar.To > bar.From).ToArray();
        var away = drawing.Bars.Where(bar => bar.To < bar.From).ToArray();
        Assert.Equal(towards[^1].To, away[0].To, 1e-6);
        var unit = (towards[^1].To - towards[^1].From) / explanation.Attributions.Single(one => one.Feature == "mean concave points").Contribution;
        Assert.Equal(explanation.PredictedValue!.Value - explanation.BaseValue!.Value, drawing.Bars.Sum(bar => bar.To - bar.From) / unit, 1e-3);
        Assert.Contains(drawing.Canvas.Texts, text => text.Text == "this row 1.49 = 81.6\u2009%");
        Assert.Contains(drawing.Canvas.Texts, text => text.Text == "mean concave points +2.44");
    }

    [Fact]
    public void Force_NothingToAddUp_DrawsBars()
    {
        var lime = Examples.BreastCancerRow() with { CompletenessGap = null };
        var style = Examples.Style(chrome: Chrome.Panel, context: Examples.BreastCancer);
        Assert.Equal(RowContributions.Draw(lime, style).Bytes, Force.Draw(lime, style).Bytes);
    }

    private static Explanation Changed(Func<int, float, float> change, bool contributions)
    {
        var explanation = SampleExamples.Made(30, 3);
        var samples = explanation.Samples!;
        return explanation with
        {
            Samples = contributions
                ? samples with { Contributions = [.. samples.Contributions.Select((value, i) => change(i, value))] }
                : samples with { Values = [.. samples.Values.Select((value, i) => change(i, value))] },
        };
    }

    private static Explanation Named(Func<int, string> name)
    {
        var explanation = SampleExamples.Made(20, 14);
        return explanation with { Samples = explanation.Samples! with { Features = [.. Enumerable.Range(0, 14).Select(name)] } };
    }
}
