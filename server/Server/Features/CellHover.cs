using System.Collections.Immutable;
using ExplainLsp.Explainers;
using ExplainLsp.Figures;
using ExplainLsp.Server.Engine;

namespace ExplainLsp.Server.Features;

/// <summary>The hover on a cell: what it adds to the prediction, and how the prediction moves as it moves.</summary>
internal static class CellHover
{
    /// <summary>With the cell's curve, and with the row's explanation where it is there yet.</summary>
    /// <param name="table">The table.</param>
    /// <param name="feature">The cell's column.</param>
    /// <param name="value">The cell as the user wrote it.</param>
    /// <param name="row">The row's explanation; null while it is being computed or where it cannot be.</param>
    /// <param name="cell">The cell's curve.</param>
    /// <param name="facts">What the column holds.</param>
    /// <param name="theme">The hover's colours.</param>
    public static HoverText Of(
        BoundTable table, string feature, string value, ExplanationReport? row, ExplanationReport cell, ColumnFacts facts, Theme theme)
    {
        var prediction = cell.Prediction!;
        var attribution = cell.Explanation.Attributions.FirstOrDefault(candidate => candidate.Feature == feature);
        var style = new FigureStyle(theme, Chrome.Hover, 2, cell.Context);
        var context = CurveOf(feature, value, prediction.Row, cell, facts);
        return new HoverText
        {
            Headline = $"**{HoverText.Cell(feature)}** = {HoverText.Cell(NumberText.DataValue(value))}{Effect(feature, row, cell)}",
            Figures = attribution?.Curve is null ? [] :
            [
                () => MiniIce.Draw(cell.Explanation, context, style),
                () => MiniIce.Draw(cell.Explanation, context, style with { Scale = 1 }),
            ],
            Sentence = attribution?.Curve is { } curve ? Change(feature, value, prediction, curve, cell.Explanation.Target.Index) : "",
            Links =
            [
                Markdown.Link("graph", "Open panel", "explainLsp.explainRow", table.Uri, prediction.Row),
                Markdown.Link("beaker", "What if…", "explainLsp.whatIf", table.Uri, prediction.Row, feature),
                Markdown.Link("copy", "Copy", "explainLsp.copyRow", table.Uri, prediction.Row),
            ],
            Receipt = $"{Range(facts)} · {NumberText.Whole(cell.Explanation.Cost.Evaluations)} evaluations · {Markdown.Escape(table.Binding.ModelName)}",
        };
    }

    private static string Effect(string feature, ExplanationReport? row, ExplanationReport cell)
    {
        if (row?.Explanation.Attributions.FirstOrDefault(candidate => candidate.Feature == feature) is not { } attribution)
        {
            return $" · {HoverText.Cell(cell.Explanation.Target.Name)} {Markdown.Number(Words.Prediction(cell.Explanation.PredictedValue ?? 0, cell.Scale))} · $(loading~spin) Working…";
        }

        var (target, context) = (row.Explanation.Target, row.Context);
        var format = ContributionFormat.For(row.Scale, row.Explanation.Attributions.Select(candidate => candidate.Contribution));
        var amount = $"**{format.WithSign(attribution.Contribution)} {Markdown.Escape(Words.ContributionUnit(target, context))}**";
        return attribution.Contribution >= 0
            ? $"&nbsp; adds {amount} {Markdown.Escape(Words.Towards(target, context))}"
            : $"&nbsp; takes {amount} {Markdown.Escape(Words.Away(target, context))}";
    }

    private static string Change(string feature, string value, SamplePrediction prediction, Curve curve, int target)
    {
        var own = curve.Individual.IsEmpty ? curve.Average : curve.Individual[0];
        if (prediction.Probabilities.Length != 2 || target is < 0 or > 1)
        {
            return "";
        }

        var answers = AnswerChange.BinaryAnswers(own, prediction.Names[target], prediction.Names[1 - target]);
        return AnswerChange.Find(feature, curve, answers, value, prediction.Name) is { } change
            ? $"{Markdown.Escape(change.Where)} the answer becomes **{Markdown.Escape(change.Answer)}**."
            : "No value in the file's range changes the answer.";
    }

    private static CurveContext CurveOf(string feature, string value, int row, ExplanationReport cell, ColumnFacts facts) => new()
    {
        Feature = feature,
        Row = row,
        Value = value,
        Prediction = cell.Explanation.PredictedValue,
        AveragedRows = cell.Explanation.Quality.TryGetValue(CellCurve.AveragedRows, out var rows) && rows is long count ? (int)count : 0,
        Steps = cell.AnswersInSteps,
        Numbers = facts.Numbers,
        Counts = facts.Numbers.IsEmpty && cell.Explanation.Attributions.FirstOrDefault(candidate => candidate.Feature == feature)?.Curve is { } curve
            ? [.. curve.Grid.Select(category => facts.Values.FirstOrDefault(pair => pair.Value == category).Count)]
            : [],
    };

    private static string Range(ColumnFacts facts) => facts.Numbers.IsEmpty
        ? Markdown.Escape($"In the file: {facts.Summary()}")
        : Markdown.Escape($"Range in the file {NumberText.DataValue(facts.Numbers[0])} to {NumberText.DataValue(facts.Numbers[^1])}, median {NumberText.DataValue(facts.Median)}{facts.Extent}");
}
