using ExplainLsp.Explainers;
using ExplainLsp.Figures;
using ExplainLsp.Server.Engine;
using ExplainLsp.Server.Protocol;

namespace ExplainLsp.Server.Features.Panels;

/// <summary>The panel of one row: why the model says this.</summary>
internal static class RowPanel
{
    /// <summary>Puts it together.</summary>
    /// <param name="table">The table.</param>
    /// <param name="report">The explanation.</param>
    /// <param name="mistakes">How many rows of the file the model gets wrong, and of how many; null when not counted.</param>
    /// <param name="facts">What each column of the table that the model sees holds, by name.</param>
    /// <param name="pickers">What can be chosen.</param>
    /// <param name="theme">The panel's colours.</param>
    /// <param name="width">Width of the figure's column; null for its own.</param>
    public static PanelView Of(
        BoundTable table, ExplanationReport report, (int Wrong, int Labelled)? mistakes, IReadOnlyDictionary<string, ColumnFacts> facts,
        PanelPickers pickers, Theme theme, double? width)
    {
        var prediction = report.Prediction!;
        var target = Words.OneLine(report.Explanation.Target.Name);
        var subject = prediction.IsClassifier ? target : $"{target} {PredictionWords.ValueOf(prediction)}";
        var style = new FigureStyle(theme, Chrome.Panel, 2, PanelParts.ContextOf(report)) { Width = width };
        var addsUp = report.Explanation.BaseValue is not null && report.Explanation.CompletenessGap is not null;
        return new PanelView(
            "row",
            $"Row {NumberText.Whole(prediction.Row)}, {NumberText.Cut(NumberText.ForMarkup(subject), 30)}",
            $"Why {NumberText.ForMarkup(subject)}?",
            NumberText.ForMarkup($"{report.SampleName} · {PredictionText.Distribution(prediction)}"),
            TrustBadge.Of(report),
            PanelParts.Worst([.. LabelNote(prediction, mistakes), .. TrustBadge.Notes(report), .. report.Explanation.Warnings.Select(text => new PanelNote("caution", NumberText.ForMarkup(text)))]),
            PanelParts.Figure(addsUp ? Waterfall.Draw(report.Explanation, style) : RowContributions.Draw(report.Explanation, style)),
            addsUp ? "From the average to this row" : "Contributions",
            TableOf(report, facts),
            pickers,
            PanelParts.Receipt(report),
            PanelParts.Exports(report, theme));
    }

    private static IEnumerable<PanelNote> LabelNote(SamplePrediction prediction, (int Wrong, int Labelled)? mistakes)
    {
        if (prediction.IsRight == false)
        {
            var count = mistakes is var (wrong, labelled) ? $" {NumberText.Whole(wrong)} of {NumberText.Whole(labelled)} rows in this file are wrong." : "";
            yield return new PanelNote("caution", $"The label in this row is {Words.OneLine(prediction.LabelName!)}, so the model is wrong here.{count}");
        }
    }

    private static PanelTable TableOf(ExplanationReport report, IReadOnlyDictionary<string, ColumnFacts> facts)
    {
        var explanation = report.Explanation;
        var format = ContributionFormat.For(report.Scale, explanation.Attributions.Select(attribution => attribution.Contribution));
        var sampled = explanation.Attributions.Any(attribution => attribution.StandardError is not null);
        var numeric = facts.Values.Any(column => !column.Numbers.IsEmpty);
        var unit = Words.ContributionUnit(explanation.Target, report.Context);
        var ordered = explanation.Attributions.OrderByDescending(attribution => Math.Abs(attribution.Contribution));
        return new PanelTable(
            "All columns",
            [
                new PanelColumn("column", "Column", false),
                new PanelColumn("value", "Value", true),
                .. numeric ? [new PanelColumn("percentile", "Percentile", true)] : Array.Empty<PanelColumn>(),
                new PanelColumn("contribution", $"Contribution, {unit}", true),
                .. sampled ? [new PanelColumn("standardError", "Standard error", true)] : Array.Empty<PanelColumn>(),
            ],
            [.. ordered.Select(attribution => new PanelRow(attribution.Feature,
            [
                new PanelCell(Words.OneLine(attribution.Feature), null),
                PanelParts.Value(attribution.Value, report.IsNumeric(attribution.Feature)),
                .. numeric ? [PanelParts.Number(facts.GetValueOrDefault(attribution.Feature)?.PercentileOf(attribution.Value), value => NumberText.Whole((long)value))] : Array.Empty<PanelCell>(),
                PanelParts.Number(attribution.Contribution, format.WithSign),
                .. sampled ? [PanelParts.Number(attribution.StandardError, error => $"± {format.Size(error)}")] : Array.Empty<PanelCell>(),
            ]))],
            "contribution");
    }
}
