using ExplainLsp.Explainers;
using ExplainLsp.Figures;
using ExplainLsp.Server.Engine;
using ExplainLsp.Server.Protocol;

namespace ExplainLsp.Server.Features.Panels;

/// <summary>The panel of a whole file: what the model relies on, or how one column moves it.</summary>
internal static class GlobalPanel
{
    /// <summary>Puts it together.</summary>
    public static PanelView Of(BoundTable table, ExplanationReport report, PanelPickers pickers, Theme theme, double? width)
    {
        var explanation = report.Explanation;
        var style = new FigureStyle(theme, Chrome.Panel, 2, PanelParts.ContextOf(report)) { Width = width };
        var curve = explanation.Attributions.FirstOrDefault(attribution => attribution.Curve is not null);
        var figure = curve is null
            ? ImportanceBars.Draw(explanation, style)
            : Figures.PartialDependence.Draw(explanation, new CurveContext { Feature = curve.Feature, AveragedRows = report.Samples.Count, Steps = report.AnswersInSteps }, style);
        return new PanelView(
            "global",
            $"{report.Samples.Name}, {(curve is null ? "overview" : Words.OneLine(curve.Feature))}",
            HeadingOf(report, curve),
            SubLineOf(report, curve),
            null,
            PanelParts.Worst(explanation.Warnings.Select(text => new PanelNote("caution", NumberText.ForMarkup(text)))),
            PanelParts.Figure(figure),
            curve is null ? Capital(Words.ImportanceUnit(explanation, report.Context)) : $"{Words.OneLine(curve.Feature)} by value",
            curve is null ? Importances(report) : Curve(report, curve),
            pickers,
            PanelParts.Receipt(report),
            PanelParts.Exports(report, theme));
    }

    private static string HeadingOf(ExplanationReport report, Attribution? curve)
    {
        var target = Words.OneLine(report.Explanation.Target.Name);
        return curve is not null ? $"How {Words.OneLine(curve.Feature)} moves {target}"
            : report.Explanation.Method == "mean-abs-shap" ? $"What drives {target} in this file"
            : $"What {Words.OneLine(report.ModelName)} relies on in this file";
    }

    private static string SubLineOf(ExplanationReport report, Attribution? curve)
    {
        var rows = $"{report.Samples.Name}, {NumberText.Whole(report.Samples.Count)} rows";
        if (curve?.Curve is { } values)
        {
            return $"{rows} · {NumberText.Whole(values.Grid.Length)} values, average over rows";
        }

        var baseline = report.Explanation.Quality.TryGetValue("baselineScore", out var score) && score is double value
            ? $" · {(report.Explanation.Options.TryGetValue("metric", out var metric) ? metric : "score")} without shuffling {NumberText.Fixed(value, 3)}"
            : "";
        return $"{rows} · {Words.ImportanceUnit(report.Explanation, report.Context)}{baseline}";
    }

    private static PanelTable Importances(ExplanationReport report)
    {
        var attributions = report.Explanation.Attributions;
        var isStrength = report.Explanation.Method == "mean-abs-shap";
        var format = ContributionFormat.For(isStrength ? report.Scale : TargetScale.Value, attributions.Select(attribution => attribution.Contribution));
        var deviates = attributions.Any(attribution => attribution.StandardDeviation is not null);
        return new PanelTable(
            "All columns",
            [
                new PanelColumn("column", "Column", false),
                new PanelColumn("importance", Capital(Words.ImportanceUnit(report.Explanation, report.Context)), true),
                .. deviates ? [new PanelColumn("standardDeviation", "Standard deviation", true)] : Array.Empty<PanelColumn>(),
            ],
            [.. attributions.OrderByDescending(attribution => attribution.Contribution).Select(attribution => new PanelRow(attribution.Feature,
            [
                new PanelCell(Words.OneLine(attribution.Feature), null),
                PanelParts.Number(attribution.Contribution, isStrength ? format.Size : format.WithSign),
                .. deviates ? [PanelParts.Number(attribution.StandardDeviation, deviation => $"± {format.Size(deviation)}")] : Array.Empty<PanelCell>(),
            ]))],
            "importance");
    }

    private static PanelTable Curve(ExplanationReport report, Attribution attribution)
    {
        var curve = attribution.Curve!;
        return new PanelTable(
            Words.OneLine(attribution.Feature),
            [new PanelColumn("value", "Value", !curve.Numeric.IsEmpty), new PanelColumn("average", $"Average {Words.OneLine(report.Explanation.Target.Name)}", true)],
            [.. curve.Grid.Select((value, index) => new PanelRow(value,
            [
                new PanelCell(NumberText.DataValue(value), curve.Numeric.IsEmpty ? null : curve.Numeric[index]),
                PanelParts.Number(curve.Average[index], average => NumberText.Value(average, report.Scale)),
            ]))],
            null);
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
