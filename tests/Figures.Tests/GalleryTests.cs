using ExplainLsp.Explainers;
using SkiaSharp;

namespace ExplainLsp.Figures.Tests;

/// <summary>
/// Every figure in every kind of theme, for the eye: set EXPLAINLSP_WRITE_FIGURES and the figures are written to out/figures, on their
/// theme's ground. Without it they are drawn all the same, and none may fail.
/// </summary>
public class GalleryTests
{
    public static TheoryData<ThemeKind> Kinds => [.. Enum.GetValues<ThemeKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void EveryFigure_InEveryTheme_IsDrawn(ThemeKind kind)
    {
        foreach (var (name, figure) in Figures(kind).Concat(RowFigures(kind)).Concat(FileFigures(kind)).Concat(Pictures(kind)))
        {
            Assert.InRange(figure.AltText.Length, 20, 399);
            Assert.NotEmpty(figure.Regions);
            Write($"{name}-{kind}", figure, Theme.Default(kind));
        }
    }

    private static IEnumerable<(string Name, Figure Figure)> Figures(ThemeKind kind)
    {
        var adult = Examples.AdultRow();
        var cancer = Examples.BreastCancerRow();
        yield return ("hover-row", RowContributions.Draw(adult, Examples.Style(kind, Chrome.Hover, Examples.Adult)));
        yield return ("hover-row-kernel", RowContributions.Draw(Examples.BreastCancerKernel(), Examples.Style(kind, Chrome.Hover, Examples.BreastCancer)));
        yield return ("hover-row-regression", RowContributions.Draw(Examples.DiabetesRow(), Examples.Style(kind, Chrome.Hover, Examples.Diabetes)));
        yield return ("hover-row-scripts", RowContributions.Draw(
            Examples.Of([new Attribution("年齢", "五十", 1), new Attribution("العمر", "خمسون", -1.2), new Attribution("возраст", "Ελλάδα", 0.5), new Attribution("a_very_long_name_of_a_column_that_goes_on_and_on", "and a value as long", 0.3)]),
            Examples.Style(kind)));
        yield return ("panel-row", Waterfall.Draw(cancer, Examples.Style(kind, Chrome.Panel, Examples.BreastCancer)));
        yield return ("full-row", Waterfall.Draw(cancer, Examples.Style(kind, Chrome.Full, Examples.BreastCancer)));
        yield return ("full-row-probability", Waterfall.Draw(adult, Examples.Style(kind, Chrome.Full, Examples.Adult)));
        yield return ("panel-row-kernel", Waterfall.Draw(Examples.BreastCancerKernel(), Examples.Style(kind, Chrome.Panel, Examples.BreastCancer)));
        yield return ("panel-row-regression", Waterfall.Draw(Examples.DiabetesRow(), Examples.Style(kind, Chrome.Panel, Examples.Diabetes)));
        yield return ("panel-row-narrow", Waterfall.Draw(cancer, Examples.Style(kind, Chrome.Panel, Examples.BreastCancer, width: 400)));
        yield return ("panel-bars", RowContributions.Draw(cancer with { CompletenessGap = null }, Examples.Style(kind, Chrome.Full, Examples.BreastCancer)));
        yield return ("importance", ImportanceBars.Draw(Examples.Importance(), Examples.Style(kind, Chrome.Panel, Examples.BreastCancer)));
        yield return ("importance-strength", ImportanceBars.Draw(Examples.MeanStrength(), Examples.Style(kind, Chrome.Full, Examples.BreastCancer, width: 600)));

        var (hours, hoursContext) = Examples.Hours();
        yield return ("hover-cell", MiniIce.Draw(hours, hoursContext, Examples.Style(kind, Chrome.Hover, Examples.Adult)));
        yield return ("ice", PartialDependence.Draw(hours, hoursContext, Examples.Style(kind, Chrome.Full, Examples.Adult)));
        var (education, educationContext) = Examples.Education();
        yield return ("hover-cell-category", MiniIce.Draw(education, educationContext, Examples.Style(kind, Chrome.Hover, Examples.Adult)));
        yield return ("dependence", PartialDependence.Draw(
            Examples.Dependence("breast-cancer-gbm"), CurveContext.None with { Feature = "worst concave points" }, Examples.Style(kind, Chrome.Panel, Examples.BreastCancer)));
        yield return ("dependence-several", PartialDependence.Draw(Examples.Dependence("adult-gbm"), CurveContext.None, Examples.Style(kind, Chrome.Panel, Examples.Adult)));
    }

    private static IEnumerable<(string Name, Figure Figure)> RowFigures(ThemeKind kind)
    {
        var panel = Examples.Style(kind, Chrome.Panel, Examples.BreastCancer);
        var cancer = SampleExamples.BreastCancer();
        var adult = SampleExamples.Adult();
        var context = Examples.Adult with { MethodTitle = "TreeSHAP" };
        yield return ("force", Force.Draw(Examples.BreastCancerRow(), panel));
        yield return ("force-full", Force.Draw(Examples.AdultRow(), Examples.Style(kind, Chrome.Full, Examples.Adult)));
        yield return ("force-narrow", Force.Draw(Examples.DiabetesRow(), Examples.Style(kind, Chrome.Panel, Examples.Diabetes, width: 420)));
        yield return ("beeswarm", Beeswarm.Draw(cancer, panel with { Selected = [3, 14, 15] }));
        yield return ("beeswarm-full", Beeswarm.Draw(adult, Examples.Style(kind, Chrome.Full, context)));
        yield return ("beeswarm-narrow", Beeswarm.Draw(cancer, panel with { Width = 360 }));
        yield return ("beeswarm-dense", Beeswarm.Draw(SampleExamples.Adult(4000), Examples.Style(kind, Chrome.Panel, context)));
        yield return ("dependence-rows", DependencePlot.Draw(cancer, "worst radius", "worst concave points", panel with { Selected = [3, 14] }));
        yield return ("dependence-rows-text", DependencePlot.Draw(adult, "age", "marital-status", Examples.Style(kind, Chrome.Full, context)));
        yield return ("dependence-rows-category", DependencePlot.Draw(adult, "marital-status", "age", Examples.Style(kind, Chrome.Panel, context)));
        yield return ("decision", Decision.Draw(cancer, 13, panel));
        yield return ("decision-full", Decision.Draw(adult, null, Examples.Style(kind, Chrome.Full, context)));
        var order = ExplanationOrder.Of(cancer.Samples!, default);
        yield return ("rows-map", RowHeatMap.Draw(cancer, order, panel with { Selected = [3, 14] }));
        var many = SampleExamples.Adult(1000);
        yield return ("rows-map-many", RowHeatMap.Draw(many, ExplanationOrder.Of(many.Samples!, default), Examples.Style(kind, Chrome.Full, context)));
    }

    private static IEnumerable<(string Name, Figure Figure)> FileFigures(ThemeKind kind)
    {
        var panel = Examples.Style(kind, Chrome.Panel, Examples.Adult);
        var full = Examples.Style(kind, Chrome.Full, Examples.Adult);
        yield return ("interactions", InteractionMatrix.Draw(SampleExamples.Interactions(), Examples.Style(kind, Chrome.Panel, Examples.BreastCancer)));
        yield return ("interactions-h", InteractionMatrix.Draw(SampleExamples.Statistic(), full));
        yield return ("surface", SurfaceMap.Draw(SampleExamples.Surface("partial-dependence"), 0, panel));
        yield return ("surface-ale", SurfaceMap.Draw(SampleExamples.Surface("ale", names: true), 0, full));
        yield return ("confusion", ConfusionMatrix.Draw(SampleExamples.Performance("<=50K", ">50K"), panel));
        yield return ("confusion-many", ConfusionMatrix.Draw(
            SampleExamples.Performance("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"), Examples.Style(kind, Chrome.Full, PictureExamples.Fashion)));
        yield return ("calibration", CalibrationPlot.Draw(SampleExamples.Performance("<=50K", ">50K"), ">50K", panel));
        yield return ("grid-ale", PartialDependence.Draw(SampleExamples.LocalEffects(), CurveContext.None with { Steps = true }, panel with { Width = 900 }));
        var hours = Examples.Hours().Explanation;
        yield return ("grid-ice", PartialDependence.Draw(
            hours with { Attributions = [hours.Attributions[0], hours.Attributions[0] with { Feature = "age" }] }, CurveContext.None with { Steps = true }, panel));
    }

    private static IEnumerable<(string Name, Figure Figure)> Pictures(ThemeKind kind)
    {
        var image = PictureExamples.Image();
        var style = Examples.Style(kind, Chrome.Panel, PictureExamples.Fashion);
        var gradients = PictureExamples.Fashioned("integrated-gradients");
        yield return ("map-gradients", HeatMap.Draw(gradients, image, Examples.Style(kind, Chrome.Full, PictureExamples.Fashion), new HeatMapOptions { Top = 0.2, Second = PictureExamples.Fashioned("occlusion") }));
        yield return ("map-occlusion", HeatMap.Draw(PictureExamples.Fashioned("occlusion"), image, style));
        yield return ("map-saliency", HeatMap.Draw(PictureExamples.Fashioned("saliency"), image, style, new HeatMapOptions { Top = 0.1, Colours = PaperColourMap.All[0] }));
        yield return ("map-layer", HeatMap.Draw(PictureExamples.Fashioned("gradcam"), image, style));
        yield return ("map-regions", HeatMap.Draw(PictureExamples.Fashioned("shapley-values-exact"), image, style with { Width = 600 }));
        var photo = PictureExamples.Image("data/photos/flower.png");
        yield return ("map-photo", HeatMap.Draw(
            PictureExamples.Of("hires-cam", [1, 7, 7], [.. Enumerable.Range(0, 49).Select(i => Math.Exp(-0.2 * (Math.Pow((i % 7) - 3, 2) + Math.Pow((i / 7) - 2, 2))) - 0.2)], "daisy"), photo, style));
        yield return ("sheet", PictureSheet.Draw(
            [.. Enumerable.Range(0, 8).Select(i => new SheetPicture(
                PictureExamples.Image(PictureExamples.FileOf(i)), PictureExamples.Fashioned("occlusion", i).Target.Name, NumberText.Probability(0.999 - (i * 0.07)),
                i == 5 ? null : i is 2 or 6 ? "Shirt" : PictureExamples.Fashioned("occlusion", i).Target.Name, i == 5 ? null : i is not (2 or 6)) { Explanation = PictureExamples.Fashioned("occlusion", i) })],
            style));
    }

    private static void Write(string name, Figure figure, Theme theme)
    {
        if (Environment.GetEnvironmentVariable("EXPLAINLSP_WRITE_FIGURES") is not { Length: > 0 }) return;
        var folder = Directory.CreateDirectory(Path.Combine(Examples.Repository, "out", "figures")).FullName;
        using var picture = SKBitmap.Decode(figure.Bytes);
        using var surface = SKSurface.Create(new SKImageInfo(picture.Width + 40, picture.Height + 40));
        surface.Canvas.Clear(SKColor.Parse(theme.Ground));
        surface.Canvas.DrawBitmap(picture, 20, 20, SKSamplingOptions.Default);
        using var image = surface.Snapshot();
        using var file = File.Create(Path.Combine(folder, name + ".png"));
        image.Encode(SKEncodedImageFormat.Png, 100).SaveTo(file);
    }
}
