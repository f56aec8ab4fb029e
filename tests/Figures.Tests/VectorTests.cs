using System.Text;
using System.Xml.Linq;
using ExplainLsp.Explainers;

namespace ExplainLsp.Figures.Tests;

/// <summary>Figures as SVG: valid, self-contained, with the same text at the same places as the picture.</summary>
public class VectorTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    private static readonly XNamespace XLink = "http://www.w3.org/1999/xlink";

    public static TheoryData<string> Names => [.. Figures.Keys];

    private static Dictionary<string, Func<FigureStyle, Figure>> Figures { get; } = new()
    {
        ["waterfall"] = style => Waterfall.Draw(Examples.BreastCancerRow(), style),
        ["importance"] = style => ImportanceBars.Draw(Examples.Importance(), style),
        ["mini-ice"] = style => MiniIce.Draw(Examples.Hours().Explanation, Examples.Hours().Context, style),
        ["ice"] = style => PartialDependence.Draw(Examples.Hours().Explanation, Examples.Hours().Context, style),
        ["grid"] = style => PartialDependence.Draw(Examples.Dependence("adult-gbm"), CurveContext.None, style),
        ["force"] = style => Force.Draw(Examples.BreastCancerRow(), style),
        ["beeswarm"] = style => Beeswarm.Draw(SampleExamples.Adult(), style with { Selected = [1] }),
        ["dependence"] = style => DependencePlot.Draw(SampleExamples.Adult(), "age", "marital-status", style),
        ["decision"] = style => Decision.Draw(SampleExamples.BreastCancer(), 13, style),
        ["row-map"] = style => RowHeatMap.Draw(SampleExamples.BreastCancer(), [.. Enumerable.Range(0, 143)], style),
        ["interactions"] = style => InteractionMatrix.Draw(SampleExamples.Interactions(), style),
        ["surface"] = style => SurfaceMap.Draw(SampleExamples.Surface("ale"), 0, style),
        ["confusion"] = style => ConfusionMatrix.Draw(SampleExamples.Performance("<=50K", ">50K"), style),
        ["calibration"] = style => CalibrationPlot.Draw(SampleExamples.Performance("<=50K", ">50K"), ">50K", style),
        ["map"] = style => HeatMap.Draw(PictureExamples.Fashioned("integrated-gradients"), PictureExamples.Image(), style),
        ["hover-map"] = style => PictureOverlay.Hover(PictureExamples.Fashioned("integrated-gradients"), PictureExamples.Image(), style),
        ["odd-text"] = style => RowContributions.Draw(Examples.Of([new Attribution("<a & \"b\">\u0001\uFFFE", "\uD800", 1), new Attribution("年齢", "العمر", -1)]), style),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Vector_EveryFigure_IsASelfContainedDocument(string name)
    {
        foreach (var kind in (ThemeKind[])[ThemeKind.Light, ThemeKind.HighContrastDark])
        {
            var style = Examples.Style(kind, Chrome.Full, Examples.Adult);
            var (figure, picture) = (Figures[name](style with { Vector = true }), Figures[name](style));
            var root = XDocument.Parse(Encoding.UTF8.GetString(figure.Bytes)).Root!;
            Write($"{name}-{kind}", figure);

            Assert.Equal("image/svg+xml", figure.MediaType);
            Assert.NotEqual("image/svg+xml", picture.MediaType);
            Assert.Equal((picture.Width, picture.Height, picture.AltText), (figure.Width, figure.Height, figure.AltText));
            Assert.Equal(picture.Regions.Select(region => region.Label), figure.Regions.Select(region => region.Label));
            Assert.Equal(Svg + "svg", root.Name);
            Assert.Equal($"0 0 {figure.Width} {figure.Height}", root.Attribute("viewBox")!.Value);
            Assert.NotEmpty(root.Element(Svg + "title")!.Value);
            var defined = root.Descendants().Attributes("id").Select(id => $"url(#{id.Value})").ToHashSet();
            foreach (var attribute in root.Descendants().Attributes())
            {
                if (attribute.Name == XLink + "href") Assert.StartsWith("data:image/png;base64,", attribute.Value, StringComparison.Ordinal);
                else if (attribute.Value.StartsWith("url(", StringComparison.Ordinal)) Assert.Contains(attribute.Value, defined);
                Assert.DoesNotContain("NaN", attribute.Value, StringComparison.Ordinal);
                Assert.DoesNotContain("\u221E", attribute.Value, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Vector_Text_StaysTextWithItsWidth()
    {
        var style = Examples.Style(chrome: Chrome.Panel, context: Examples.BreastCancer) with { Vector = true };
        using var drawing = Waterfall.Render(Examples.BreastCancerRow(), style);
        var texts = XDocument.Parse(Encoding.UTF8.GetString(drawing.Canvas.Encode("").Bytes)).Descendants(Svg + "text").ToArray();

        Assert.Equal(drawing.Canvas.Texts.Select(text => text.Text), texts.Select(text => text.Value));
        for (var i = 0; i < texts.Length; i++)
        {
            Assert.Equal(drawing.Canvas.Texts[i].X, (double)texts[i].Attribute("x")!, 0.01);
            Assert.Equal(drawing.Canvas.Texts[i].Width, (double)texts[i].Attribute("textLength")!, 0.01);
        }
    }

    [Fact]
    public void Vector_SameFigure_HasTheSameBytes()
    {
        var style = Examples.Style(chrome: Chrome.Full, context: Examples.Adult) with { Vector = true };
        Assert.Equal(Figures["map"](style).Bytes, Figures["map"](style).Bytes);
    }

    private static void Write(string name, Figure figure)
    {
        if (Environment.GetEnvironmentVariable("EXPLAINLSP_WRITE_FIGURES") is not { Length: > 0 }) return;
        var folder = Directory.CreateDirectory(Path.Combine(Examples.Repository, "out", "figures")).FullName;
        File.WriteAllBytes(Path.Combine(folder, $"vector-{name}.svg"), figure.Bytes);
    }
}
