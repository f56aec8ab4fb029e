using ExplainLsp.Figures;
using ExplainLsp.Server.Engine;

namespace ExplainLsp.Server.Features;

/// <summary>The hover on a row: what the model says, whether the label agrees, and which columns made it say so.</summary>
internal static class RowHover
{
    /// <summary>With its explanation.</summary>
    public static HoverText Of(BoundTable table, ExplanationReport report, Theme theme)
    {
        var prediction = report.Prediction!;
        var average = report.Explanation.BaseValue is { } value ? $" · average {Markdown.Number(Words.Prediction(value, report.Scale))}" : "";
        var style = new FigureStyle(theme, Chrome.Hover, 2, report.Context);
        return new HoverText
        {
            Headline = Answer(prediction) + average + Label(prediction),
            Figures =
            [
                () => RowContributions.Draw(report.Explanation, style),
                () => RowContributions.Draw(report.Explanation, style with { Scale = 1 }),
            ],
            Links = Links(table, prediction.Row),
            Table = HoverText.ContributionTable(report),
            Receipt = HoverText.ReceiptOf(report),
        };
    }

    /// <summary>While the explanation is being computed, or where it cannot be: the prediction and a sentence.</summary>
    public static HoverText Of(BoundTable table, SamplePrediction prediction, string sentence) => new()
    {
        Headline = RowHover.Headline(prediction),
        Sentence = sentence,
        Links = Links(table, prediction.Row),
        Receipt = Markdown.Escape(table.Binding.ModelName),
    };

    /// <summary>A row that the model cannot read: what is wrong with it.</summary>
    public static HoverText Problem(string problem) => new() { Headline = $"$(warning) {Markdown.Escape(problem)}" };

    /// <summary>Open the panel, choose a method, copy.</summary>
    public static IReadOnlyList<string> Links(BoundTable table, int row) =>
    [
        Markdown.Link("graph", "Open panel", "explainLsp.explainRow", table.Uri, row),
        Markdown.Link("beaker", "Method…", "explainLsp.explainWithMethod", table.Uri, row),
        Markdown.Link("copy", "Copy", "explainLsp.copyRow", table.Uri, row),
    ];

    /// <summary>What the model says, and whether the label agrees.</summary>
    public static string Headline(SamplePrediction prediction) => Answer(prediction) + Label(prediction);

    private static string Answer(SamplePrediction prediction) =>
        $"**{HoverText.Cell(prediction.Name)}** **{Markdown.Number(PredictionWords.ValueOf(prediction))}**";

    private static string Label(SamplePrediction prediction)
    {
        if (prediction.LabelName is not { Length: > 0 } label)
        {
            return "";
        }

        return prediction.IsRight switch
        {
            true => $"&nbsp; $(check) label {HoverText.Cell(label)}",
            false => $"&nbsp; $(warning) label {HoverText.Cell(label)}",
            null when prediction.IsClassifier => $"&nbsp; $(question) label {HoverText.Cell(label)}, none of the model's classes",
            null => $" · label {HoverText.Cell(label)}",
        };
    }
}
