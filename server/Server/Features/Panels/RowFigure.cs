using ExplainLsp.Explainers;
using ExplainLsp.Figures;
using ExplainLsp.Server.Protocol;

namespace ExplainLsp.Server.Features.Panels;

/// <summary>The picture of a row's explanation.</summary>
/// <param name="Id">Its name in requests.</param>
/// <param name="Title">What stands above it.</param>
/// <param name="Draw">Draws it.</param>
internal sealed record RowFigure(string Id, string Title, Func<FigureStyle, Figure> Draw)
{
    private static readonly (string Id, string Name)[] Complete = [("waterfall", "Waterfall"), ("force", "Force"), ("decision", "Decision")];

    /// <summary>The picture that is wanted, or the first one there is; null when the method gives no contributions.</summary>
    public static RowFigure? Of(RowScene scene, string? view)
    {
        var explanation = scene.Report.Explanation;
        if (explanation.Attributions.IsEmpty)
        {
            return null;
        }

        var id = AddsUp(explanation) ? Complete.FirstOrDefault(known => known.Id == view, Complete[0]).Id : "";
        var row = scene.Changed is null ? "this row" : "the changed row";
        if (explanation.Attributions.Any(attribution => attribution.Curve is not null))
        {
            var context = new CurveContext { Row = scene.Report.Row, Prediction = explanation.PredictedValue, Steps = scene.Report.AnswersInSteps };
            return new RowFigure("curves", "As each column moves alone", style => Figures.PartialDependence.Draw(explanation, context, style));
        }

        return id switch
        {
            "waterfall" => new RowFigure(id, $"From the average to {row}", style => Waterfall.Draw(explanation, style)),
            "force" => new RowFigure(id, $"What pulls {row} which way", style => Force.Draw(explanation, style)),
            "decision" => new RowFigure(id, $"From the average to {row}, column by column", style => Decision.Draw(
                explanation with { Samples = LineOf(explanation, scene.Report.Prediction!.Row) }, scene.Report.Prediction.Row, style)),
            _ when Words.IsShare(explanation) => new RowFigure(id, "Columns", style => ImportanceBars.Draw(explanation, style)),
            _ => new RowFigure(id, "Contributions", style => RowContributions.Draw(explanation, style)),
        };
    }

    /// <summary>The pictures to choose from; null when there is no choice.</summary>
    public static IReadOnlyList<PanelChoice>? Views(Explanation explanation, string? inForce) =>
        AddsUp(explanation) ? [.. Complete.Select(view => new PanelChoice(view.Id, view.Name, view.Id == inForce))] : null;

    private static bool AddsUp(Explanation explanation) => explanation is { BaseValue: not null, CompletenessGap: not null, Attributions.IsEmpty: false };

    /// <summary>The row's attributions as those of a file of one row.</summary>
    private static SampleAttributions LineOf(Explanation explanation, int row) => new(
        [row],
        [.. explanation.Attributions.Select(attribution => attribution.Feature)],
        [.. explanation.Attributions.Select(attribution =>
            float.TryParse(attribution.Value, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : float.NaN)],
        [.. explanation.Attributions.Select(attribution => attribution.Value ?? "")],
        [.. explanation.Attributions.Select(attribution => (float)attribution.Contribution)],
        [explanation.PredictedValue ?? 0],
        explanation.BaseValue ?? 0,
        1);
}
