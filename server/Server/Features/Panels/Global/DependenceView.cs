using ExplainLsp.Explainers;
using ExplainLsp.Figures;
using ExplainLsp.Server.Protocol;

namespace ExplainLsp.Server.Features.Panels;

/// <summary>How a column's contribution goes with its value, coloured by the column that it depends on most.</summary>
internal sealed class DependenceView() : GlobalView("dependence", "Dependence")
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Methods => ["mean-abs-shap"];

    /// <inheritdoc/>
    public override bool IsAboutAColumn => true;

    /// <inheritdoc/>
    public override GlobalPage Page(GlobalScene scene)
    {
        var explanation = scene.Report.Explanation;
        var samples = explanation.Samples!;
        var strongest = explanation.Attributions.MaxBy(attribution => attribution.Contribution)!.Feature;
        var feature = scene.Feature is { } asked && samples.Features.Contains(asked) ? asked : strongest;
        var column = samples.Features.IndexOf(feature);
        var colour = StrongestInteraction.Of(samples, column) is { } other ? samples.Features[other] : null;
        var name = Words.OneLine(feature);
        return new GlobalPage(
            name,
            $"How {name} goes with {scene.Target}",
            $"{scene.Rows}{RowsShown.Of(scene)}" + (colour is null ? "" : $" · its contribution depends most on {Words.OneLine(colour)}"),
            $"{name} by row",
            style => DependencePlot.Draw(explanation, feature, colour, style),
            Rows(scene, samples, column),
            feature);
    }

    private static PanelTable Rows(GlobalScene scene, SampleAttributions samples, int column)
    {
        const int most = 200;
        var width = samples.Features.Length;
        var format = ContributionFormat.For(scene.Report.Scale, Enumerable.Range(0, samples.Rows.Length).Select(row => (double)samples.Contributions[(row * width) + column]));
        var unit = Words.ContributionUnit(scene.Report.Explanation.Target, scene.Report.Context);
        return new PanelTable(
            samples.Rows.Length > most ? $"The strongest {most} rows" : "All rows",
            [new PanelColumn("row", "Row", false), new PanelColumn("value", "Value", true), new PanelColumn("contribution", $"Contribution, {unit}", true)],
            [.. Enumerable.Range(0, samples.Rows.Length)
                .OrderByDescending(row => Math.Abs(samples.Contributions[(row * width) + column])).Take(most)
                .Select(row => RowsShown.Row(scene, samples.Rows[row],
                [
                    PanelParts.Value(samples.Texts[(row * width) + column], scene.Report.IsNumeric(samples.Features[column])),
                    PanelParts.Number(samples.Contributions[(row * width) + column], format.WithSign),
                ]))],
            null);
    }
}
