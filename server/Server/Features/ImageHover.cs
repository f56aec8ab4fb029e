using ExplainLsp.Figures;
using ExplainLsp.Samples;
using ExplainLsp.Server.Engine;

namespace ExplainLsp.Server.Features;

/// <summary>The hover on a picture: what the model says it shows, and where it looked.</summary>
internal static class ImageHover
{
    private const int MostClasses = 4;

    /// <summary>With its map.</summary>
    public static HoverText Of(BoundImage image, ExplanationReport report, Theme theme)
    {
        var style = new FigureStyle(theme, Chrome.Hover, 2, report.Context);
        return new HoverText
        {
            Headline = RowHover.Headline(report.Prediction!),
            Figures = [() => ImageFigures.Hover(report, style), () => ImageFigures.Hover(report, style with { Scale = 1 })],
            Links = Links(image),
            Table = Classes(report.Prediction!),
            Receipt = HoverText.ReceiptOf(report),
        };
    }

    /// <summary>While the map is being computed, or where there is none: picture, prediction and a sentence.</summary>
    public static HoverText Of(BoundImage image, SamplePrediction prediction, GridSample sample, Theme theme, string sentence) => new()
    {
        Headline = RowHover.Headline(prediction),
        Figures = [() => ImageFigures.Picture(sample, theme)],
        Sentence = sentence,
        Links = Links(image),
        Table = Classes(prediction),
        Receipt = Markdown.Escape(image.Source.Binding.ModelName),
    };

    private static IReadOnlyList<string> Links(BoundImage image) =>
    [
        Markdown.Link("graph", "Open panel", "explainLsp.explainImage", image.Uri),
        Markdown.Link("beaker", "Method…", "explainLsp.explainWithMethod", image.Uri),
        Markdown.Link("copy", "Copy", "explainLsp.copyRow", image.Uri),
    ];

    /// <summary>The likeliest classes as a table; empty for a regression.</summary>
    private static string Classes(SamplePrediction prediction)
    {
        if (!prediction.IsClassifier)
        {
            return "";
        }

        var ordered = Enumerable.Range(0, prediction.Probabilities.Length).OrderByDescending(index => prediction.Probabilities[index]).Take(MostClasses);
        return string.Join('\n', (string[])
        [
            "| class | probability |",
            "| :-- | --: |",
            .. ordered.Select(index => $"| {HoverText.Cell(prediction.Names[index])} | {Markdown.Number(NumberText.Probability(prediction.Probabilities[index]))} |"),
        ]);
    }
}
