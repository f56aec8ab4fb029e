using System.Collections.Immutable;
using System.Globalization;
using ExplainLsp.Explainers;
using SkiaSharp;

namespace ExplainLsp.Figures.Tests;

public class CurveTests
{
    public static TheoryData<string> Edges => [.. EdgeCases.Keys];

    private static Dictionary<string, Func<(Explanation, CurveContext)>> EdgeCases { get; } = new()
    {
        ["one value"] = () => Line([5], [0.4], "5", 0.4),
        ["two equal values"] = () => Line([5, 5], [0.4, 0.4], "5", 0.4),
        ["flat"] = () => Line([1, 2, 3], [0.5, 0.5, 0.5], "2", 0.5),
        ["all zero"] = () => Line([1, 2, 3], [0, 0, 0], "2", 0),
        ["not a number"] = () => Line([1, 2, 3], [0.1, double.NaN, 0.3], "2", double.NaN),
        ["only NaN"] = () => Line([1, 2, 3], [double.NaN, double.NaN, double.NaN], "2", double.NaN),
        ["infinite"] = () => Line([1, 2, 3], [0.1, double.PositiveInfinity, 0.3], "2", 0.2),
        ["huge"] = () => Line([-1e300, 0, 1e300], [-1e300, 0, 1e300], "0", 0, TargetSpace.Raw),
        ["overflowing"] = () => Line([-1.7e308, 1.7e308], [-1.7e308, 1.7e308], "0", 0, TargetSpace.Raw),
        ["tiny"] = () => Line([1e-12, 2e-12], [1e-9, 2e-9], "1e-12", 1e-9),
        ["outside the grid"] = () => Line([1, 2, 3], [0.1, 0.2, 0.3], "40", 0.9),
        ["value missing"] = () => Line([1, 2, 3], [0.1, 0.2, 0.3], "", 0.9),
        ["value not a number"] = () => Line([1, 2, 3], [0.1, 0.2, 0.3], "many", 0.9),
        ["no grid"] = () => Line([], [], "1", 0.5),
        ["forty long categories"] = () => Categories(40, "a category with a rather long name that goes on"),
        ["one category"] = () => Categories(1, "x"),
        ["category in another script"] = () => Categories(3, "学校"),
        ["no curve"] = () => (Examples.Of(1, 2), CurveContext.None),
        ["unknown column"] = () => (Examples.Hours().Explanation, Examples.Hours().Context with { Feature = "nothing" }),
        ["unknown row"] = () => (Examples.Hours().Explanation, Examples.Hours().Context with { Row = 12345 }),
        ["current at the left"] = () => Line([.. Enumerable.Range(0, 50)], [.. Enumerable.Range(0, 50).Select(i => i / 50.0)], "0", 0),
        ["current at the top"] = () => Line([.. Enumerable.Range(0, 50)], [.. Enumerable.Range(0, 50).Select(i => i / 49.0)], "49", 1),
    };

    [Theory]
    [MemberData(nameof(Edges))]
    public void Curves_AnyInput_KeepTextInsideAndApart(string name)
    {
        var (explanation, context) = EdgeCases[name]();
        foreach (var width in (double?[])[null, 320, 900])
        {
            foreach (var chrome in Enum.GetValues<Chrome>())
            {
                var style = Examples.Style(ThemeKind.HighContrastDark, chrome, scale: 1, width: width);
                using var mini = MiniIce.Render(explanation, context, style);
                FigureTests.AssertTidy(mini.Canvas);
                AssertRegions(MiniIce.Draw(explanation, context, style));
                using var dependence = PartialDependence.Render(explanation, context, style);
                FigureTests.AssertTidy(dependence.Canvas);
                AssertRegions(PartialDependence.Draw(explanation, context with { Feature = null }, style));
            }
        }
    }

    [Fact]
    public void MiniIce_CellHover_SaysValueAndPrediction()
    {
        var (explanation, context) = Examples.Hours();
        using var drawing = MiniIce.Render(explanation, context, Examples.Style(context: Examples.Adult));
        var texts = drawing.Canvas.Texts.Select(text => text.Text).ToArray();

        Assert.Equal((420, 156), (drawing.Canvas.Width, drawing.Canvas.Height));
        Assert.Contains("84", texts);
        Assert.Contains("65.9\u2009%", texts);
        Assert.Contains("probability of >50K, %", texts);
        Assert.Contains("average of 40 rows", texts);
        Assert.Contains("hours-per-week", texts);
        Assert.Equal(["0", "20", "40", "60", "80"], texts.Where(text => text is "0" or "20" or "40" or "60" or "80").Distinct().Order(StringComparer.Ordinal));
        Assert.Equal("hours-per-week = 84: 65.9\u2009%", drawing.Regions[^1].Label);
    }

    [Theory]
    [MemberData(nameof(ThemeTests.Kinds), MemberType = typeof(ThemeTests))]
    public void MiniIce_CurrentValue_IsADotInTheFocusColourWithAClearRing(ThemeKind kind)
    {
        var (explanation, context) = Examples.Hours();
        using var drawing = MiniIce.Render(explanation, context, Examples.Style(kind, context: Examples.Adult));
        using var picture = SKBitmap.Decode(drawing.Canvas.Encode("").Bytes);
        var dot = drawing.Regions[^1];
        var (x, y) = ((int)((dot.X + 12) * 2), (int)((dot.Y + 12) * 2));

        Assert.Equal(SKColor.Parse(Theme.Default(kind).Focus), picture.GetPixel(x, y));
        Assert.Equal(0, picture.GetPixel(x - 12, y).Alpha);
    }

    [Fact]
    public void MiniIce_CurrentValue_LiesOnTheScaleOfTheGrid()
    {
        // Linear data: the dot must lie as far along the axes as its value lies in the grid.
        var (explanation, context) = Line([10, 50], [0, 1], "20", 0.25);
        using var drawing = MiniIce.Render(explanation, context, Examples.Style());
        var (zero, one) = (Baseline("0"), Baseline("100"));
        var dot = drawing.Regions[^1];

        Assert.Equal(zero + ((one - zero) * 0.25), dot.Y + 12 + 4, 1e-3);

        double Baseline(string label) => drawing.Canvas.Texts.First(text => text.Text == label).Baseline;
    }

    [Fact]
    public void PartialDependence_OneColumn_HasTheSizeOfTheDesign()
    {
        var style = Examples.Style(chrome: Chrome.Panel, context: Examples.BreastCancer);
        var figure = PartialDependence.Draw(Examples.Dependence("breast-cancer-gbm"), CurveContext.None with { Feature = "worst concave points" }, style);

        Assert.Equal((420, 240), (figure.Width, figure.Height));
        Assert.StartsWith("benign against worst concave points from 0.025 to 0.2431: 65.3\u2009%, lowest", figure.AltText, StringComparison.Ordinal);
    }

    [Fact]
    public void PartialDependence_SeveralColumns_ShareOneScaleStrongestFirst()
    {
        using var drawing = PartialDependence.Render(Examples.Dependence("adult-gbm"), CurveContext.None, Examples.Style(chrome: Chrome.Panel, context: Examples.Adult));

        Assert.Equal(["education", "hours-per-week", "sex"], drawing.Regions.Select(region => region.Feature));
        Assert.Equal(3, drawing.Canvas.Texts.Count(text => text.Text == "30"));
        FigureTests.AssertTidy(drawing.Canvas);
    }

    [Fact]
    public void Png_SameCurve_HasTheSameBytes()
    {
        var (explanation, context) = Examples.Hours();
        var style = Examples.Style(context: Examples.Adult);
        Assert.Equal(PartialDependence.Draw(explanation, context, style).Bytes, PartialDependence.Draw(explanation, context, style).Bytes);
    }

    [Theory]
    [InlineData(-3.796, 1.491, 6, "−3 −2 −1 0 1")]
    [InlineData(0, 80, 6, "0 20 40 60 80")]
    [InlineData(0, 1, 6, "0.0 0.2 0.4 0.6 0.8 1.0")]
    [InlineData(155.5, 240.1, 6, "160 180 200 220 240")]
    [InlineData(0, 2.5e9, 6, "0 5e8 1e9 1.5e9 2e9 2.5e9")]
    [InlineData(-2e-7, 1e-7, 4, "−2e−7 −1e−7 0 1e−7")]
    public void Ticks_Extent_HasRoundStepsAndAtMostSix(double low, double high, int most, string expected)
    {
        var labels = new Axis(low, high, 0, 100).Ticks(most).Select(tick => tick.Label).Select(label => label == "0" && expected.StartsWith("0.0", StringComparison.Ordinal) ? "0.0" : label);
        Assert.Equal(expected, string.Join(' ', labels));
    }

    [Fact]
    public void AnswerChange_Below_NamesTheValueWhereItBegins()
    {
        var (explanation, _) = Examples.Hours();
        var curve = explanation.Attributions[0].Curve!;
        var answers = AnswerChange.BinaryAnswers(curve.Individual[0], ">50K", "<=50K");

        var change = AnswerChange.Find("hours-per-week", curve, answers, "84", ">50K");

        Assert.Equal("At hours-per-week 34 or less the answer becomes <=50K.", change?.Sentence);
        Assert.Equal("<=50K", change?.Answer);
    }

    [Theory]
    [InlineData("a a a a a", "3", "a", null)]
    [InlineData("a a a b b", "2", "a", "At x 4 or more the answer becomes b.")]
    [InlineData("b a a a c", "3", "a", "At x 1 or less the answer becomes b.")]
    [InlineData("b a a a c", "4", "a", "At x 5 or more the answer becomes c.")]
    [InlineData("a b a a a", "4", "a", "At x 2 the answer becomes b.")]
    [InlineData("a b b a a", "4", "a", "At x 2 to 3 the answer becomes b.")]
    [InlineData("b b c a a", "5", "a", "At x 3 the answer becomes c.")]
    public void AnswerChange_Anywhere_ClaimsOnlyWhatWasTried(string answers, string value, string answer, string? expected)
    {
        var curve = new Curve(["1", "2", "3", "4", "5"], [1, 2, 3, 4, 5], [], [], []);
        Assert.Equal(expected, AnswerChange.Find("x", curve, answers.Split(' '), value, answer)?.Sentence);
    }

    [Fact]
    public void AnswerChange_Categories_AreNamed()
    {
        var curve = new Curve(["red", "green", "blue"], [], [], [], []);
        Assert.Equal("With colour red or blue the answer becomes no.", AnswerChange.Find("colour", curve, ["no", "yes", "no"], "green", "yes")?.Sentence);
    }

    private static (Explanation, CurveContext) Line(double[] grid, double[] values, string value, double prediction, TargetSpace space = TargetSpace.Probability)
    {
        var curve = new Curve(
            [.. grid.Select(x => x.ToString(CultureInfo.InvariantCulture))], [.. grid], [.. values.Select(y => y / 2)], [7, 8], [[.. values], [.. values]]);
        var explanation = Examples.Of([new Attribution("x", value, 0.1) { Curve = curve }]) with { Target = new Target("p", 1, "yes", space) };
        return (explanation, new CurveContext { Row = 7, Value = value, Prediction = prediction, AveragedRows = 30, Numbers = [.. grid.Where(double.IsFinite)], Steps = grid.Length % 2 == 0 });
    }

    private static (Explanation, CurveContext) Categories(int count, string name)
    {
        ImmutableArray<string> grid = [.. Enumerable.Range(0, count).Select(i => $"{name} {i}")];
        ImmutableArray<double> values = [.. Enumerable.Range(0, count).Select(i => (i * 7 % count) / (double)count)];
        var curve = new Curve(grid, [], values, [0], [values]);
        var explanation = Examples.Of([new Attribution("kind", grid[^1], 0.1) { Curve = curve }]) with { Target = new Target("p", 1, "yes", TargetSpace.Probability) };
        return (explanation, new CurveContext { Row = 0, Value = grid[^1], Prediction = values[^1], Counts = [.. Enumerable.Range(0, count)] });
    }

    private static void AssertRegions(Figure figure)
    {
        Assert.InRange(figure.AltText.Length, 1, 399);
        Assert.All(figure.Regions, region => Assert.True(double.IsFinite(region.X) && double.IsFinite(region.Y)));
    }
}
