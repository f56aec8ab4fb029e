using ExplainLsp.Explainers;

namespace ExplainLsp.Figures.Tests;

/// <summary>Matrices, surfaces, calibration and grids of curves.</summary>
public class FileFigureTests
{
    private const string LongName = "the_average_number_of_things_that_were_counted_in_the_second_quarter_of_the_previous_year";

    private static IEnumerable<FigureStyle> Styles() =>
        from chrome in (Chrome[])[Chrome.Panel, Chrome.Full]
        from width in (double?[])[null, 320, 1000]
        select Examples.Style(ThemeKind.HighContrastDark, chrome, scale: 1, context: Examples.Adult, width: width);

    [Fact]
    public void Interactions_AnyInput_KeepTextInsideAndApart()
    {
        Explanation[] cases =
        [
            SampleExamples.Interactions(), SampleExamples.Statistic(), Matrix(2, _ => 0), Matrix(3, _ => double.NaN), Matrix(40, at => 1e30 * Math.Sin(at)),
            Matrix(14, at => 1e-30 * at) with { Target = new Target("p", 1, LongName, TargetSpace.Probability) },
        ];
        foreach (var explanation in cases)
        {
            foreach (var style in Styles())
            {
                using var drawing = InteractionMatrix.Render(explanation, style);
                FigureTests.AssertTidy(drawing.Canvas);
                FigureTests.AssertFigure(InteractionMatrix.Draw(explanation, style));
            }
        }
    }

    [Fact]
    public void Interactions_Shap_ShowsTheStrongestPairsWithTheirSign()
    {
        var explanation = SampleExamples.Interactions();
        using var drawing = InteractionMatrix.Render(explanation, Examples.Style(chrome: Chrome.Panel, context: Examples.BreastCancer));
        var values = explanation.Tensor!.Values;
        var (i, j) = (from a in Enumerable.Range(0, 30) from b in Enumerable.Range(0, a) orderby Math.Abs(values[(a * 30) + b]) descending select (a, b)).First();
        var label = $"{explanation.Attributions[i].Feature} with {explanation.Attributions[j].Feature}: ";

        var region = drawing.Regions.Single(region => region.Label.StartsWith(label, StringComparison.Ordinal));
        Assert.StartsWith(label + NumberText.WithSign(values[(i * 30) + j], 2), region.Label, StringComparison.Ordinal);
        Assert.Equal(12 * 12, drawing.Regions.Length);
        Assert.Contains(drawing.Canvas.Texts, text => text.Text == "18 other columns interact less");
        Assert.Equal(560, drawing.Canvas.Width);
    }

    [Fact]
    public void Interactions_Statistic_IsAnAmountWithoutADiagonal()
    {
        using var drawing = InteractionMatrix.Render(SampleExamples.Statistic(), Examples.Style(chrome: Chrome.Panel));
        Assert.Equal(6, drawing.Regions.Length);
        Assert.Contains(drawing.Regions, region => region.Label == "age with sex: 0.31");
        Assert.DoesNotContain(drawing.Canvas.Texts, text => text.Text.Contains('+', StringComparison.Ordinal));
        Assert.Contains(drawing.Canvas.Texts, text => text.Text.EndsWith("crossed out: not a number", StringComparison.Ordinal));
    }

    [Fact]
    public void Interactions_OtherTensor_IsAnError()
    {
        Assert.False(InteractionMatrix.Fits(Examples.AdultRow()));
        Assert.Throws<ArgumentException>(() => InteractionMatrix.Draw(Examples.AdultRow(), Examples.Style()));
    }

    [Theory]
    [InlineData("partial-dependence", false)]
    [InlineData("partial-dependence", true)]
    [InlineData("ale", false)]
    [InlineData("ale", true)]
    public void Surface_AnyInput_KeepsTextInsideAndApart(string method, bool names)
    {
        var explanation = SampleExamples.Surface(method, names);
        var surface = explanation.Surfaces[0];
        Surface[] surfaces =
        [
            surface, surface with { First = LongName, Second = LongName }, surface with { Values = [.. surface.Values.Select(_ => double.NaN)] },
            surface with { Values = [.. surface.Values.Select(_ => 0.0)] }, new("a", "b", ["1"], ["x"], [1], [], [0.5]),
        ];
        foreach (var one in surfaces)
        {
            foreach (var style in Styles())
            {
                using var drawing = SurfaceMap.Render(explanation with { Surfaces = [one] }, 0, style);
                FigureTests.AssertTidy(drawing.Canvas);
                FigureTests.AssertFigure(SurfaceMap.Draw(explanation with { Surfaces = [one] }, 0, style));
            }
        }
    }

    [Fact]
    public void Surface_Cells_CoverThePlotAndSayTheirValues()
    {
        using var drawing = SurfaceMap.Render(SampleExamples.Surface("partial-dependence"), 0, Examples.Style(chrome: Chrome.Panel, context: Examples.Adult));
        Assert.Equal(70, drawing.Regions.Length);
        Assert.Equal("age 17, hours-per-week 1: 20\u2009%", drawing.Regions[0].Label.Replace("20.0", "20", StringComparison.Ordinal));
        var area = drawing.Regions.Sum(region => region.Width * region.Height);
        var (left, right) = (drawing.Regions.Min(region => region.X), drawing.Regions.Max(region => region.X + region.Width));
        var (top, bottom) = (drawing.Regions.Min(region => region.Y), drawing.Regions.Max(region => region.Y + region.Height));
        Assert.Equal((right - left) * (bottom - top), area, 1e-6);
    }

    [Fact]
    public void Confusion_AnyClasses_KeepTextInsideAndApart()
    {
        Performance[] cases =
        [
            SampleExamples.Performance("<=50K", ">50K"), SampleExamples.Performance("only"), SampleExamples.Performance([.. Enumerable.Range(0, 40).Select(i => $"{LongName} {i}")]),
            SampleExamples.Performance("収入", "\uE123"), SampleExamples.Performance("a", "b") with { Confusion = [0, 0, 0, 0] },
        ];
        foreach (var performance in cases)
        {
            foreach (var style in Styles())
            {
                using var drawing = ConfusionMatrix.Render(performance, style);
                FigureTests.AssertTidy(drawing.Canvas);
                FigureTests.AssertFigure(ConfusionMatrix.Draw(performance, style));
                using var calibration = CalibrationPlot.Render(performance, performance.Classes[^1], style);
                FigureTests.AssertTidy(calibration.Canvas);
                FigureTests.AssertFigure(CalibrationPlot.Draw(performance, performance.Classes[^1], style));
            }
        }
    }

    [Fact]
    public void Confusion_Cells_SayCountAndShareOfTheLabel()
    {
        var performance = SampleExamples.Performance("no", "yes") with { Confusion = [90, 10, 30, 20], Rows = 150 };
        using var drawing = ConfusionMatrix.Render(performance, Examples.Style(chrome: Chrome.Panel));

        Assert.Equal(
            [
                "label no, predicted no: 90 rows, 90.0\u2009% of the label's", "label no, predicted yes: 10 rows, 10.0\u2009% of the label's",
                "label yes, predicted no: 30 rows, 60.0\u2009% of the label's", "label yes, predicted yes: 20 rows, 40.0\u2009% of the label's",
            ],
            drawing.Regions.Select(region => region.Label));
        Assert.StartsWith("110 of 150 rows predicted as labelled. Most confused: yes taken for no 30 of 50", drawing.Alt, StringComparison.Ordinal);
    }

    [Fact]
    public void Calibration_Bins_StandAtTheirProbabilities()
    {
        var performance = SampleExamples.Performance("no", "yes");
        using var drawing = CalibrationPlot.Render(performance, "yes", Examples.Style(chrome: Chrome.Panel));
        var middles = drawing.Regions.Select(region => region.X + 12).ToArray();
        var step = (middles[^2] - middles[1]) / (performance.Calibration[^2].Predicted - performance.Calibration[1].Predicted);

        Assert.Equal(10, drawing.Regions.Length);
        for (var i = 1; i < 9; i++) Assert.Equal(middles[1] + (step * (performance.Calibration[i].Predicted - performance.Calibration[1].Predicted)), middles[i], 1e-6);
        Assert.Contains(drawing.Canvas.Texts, text => text.Text == "perfectly calibrated");
        Assert.Contains(drawing.Canvas.Texts, text => text.Text == "tallest bar: 900 rows; hollow: under 10 rows");
    }

    [Fact]
    public void Grid_LocalEffects_AreChangesAroundZero()
    {
        using var drawing = PartialDependence.Render(SampleExamples.LocalEffects(), CurveContext.None, Examples.Style(chrome: Chrome.Panel, context: Examples.BreastCancer));
        Assert.Contains(drawing.Canvas.Texts, text => text.Text == "change in probability of benign, pp");
        Assert.Contains(drawing.Regions, region => region.Label.StartsWith("Effect on benign against ", StringComparison.Ordinal) && region.Label.Contains(" pp", StringComparison.Ordinal));
    }

    [Fact]
    public void Grid_ManyColumns_ShowsTwelveAndCountsTheOthers()
    {
        var curve = Examples.Hours().Explanation.Attributions[0];
        var explanation = Examples.Hours().Explanation with { Attributions = [.. Enumerable.Range(0, 15).Select(i => curve with { Feature = $"column {i}" })] };
        using var drawing = PartialDependence.Render(explanation, CurveContext.None, Examples.Style(chrome: Chrome.Panel, context: Examples.Adult, width: 900));
        Assert.Equal(12, drawing.Regions.Length);
        Assert.Contains(drawing.Canvas.Texts, text => text.Text == "3 other columns move it less");
        FigureTests.AssertTidy(drawing.Canvas);
    }

    private static Explanation Matrix(int size, Func<int, double> value) => Examples.Of(Enumerable.Range(0, size).Select(i => new Attribution($"column {i}", null, 0.1))) with
    {
        Tensor = new AttributionTensor("interactions", [size, size], [.. Enumerable.Range(0, size * size).Select(value)]),
    };
}
