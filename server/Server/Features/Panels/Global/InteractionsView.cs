using System.Globalization;
using ExplainLsp.Explainers;
using ExplainLsp.Figures;
using ExplainLsp.Server.Protocol;

namespace ExplainLsp.Server.Features.Panels;

/// <summary>Which columns act together.</summary>
internal sealed class InteractionsView() : GlobalView("interactions", "Interactions")
{
    private const int MostPairs = 100;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Methods => ["h-statistic"];

    /// <inheritdoc/>
    public override GlobalPage Page(GlobalScene scene)
    {
        var explanation = scene.Report.Explanation;
        return new GlobalPage(
            "interactions",
            $"Which columns act together on {scene.Target}",
            $"{scene.Rows} · {Words.ImportanceUnit(explanation, scene.Report.Context)}",
            InteractionMatrix.Fits(explanation) ? "Columns by columns" : "Interaction of a column with all others",
            style => InteractionMatrix.Fits(explanation) ? InteractionMatrix.Draw(explanation, style) : ImportanceBars.Draw(explanation, style),
            Pairs(explanation));
    }

    private static PanelTable Pairs(Explanation explanation)
    {
        var size = explanation.Attributions.Length;
        var values = explanation.Tensor?.Values ?? [];
        var pairs = from first in Enumerable.Range(0, size)
                    from second in Enumerable.Range(first + 1, size - first - 1)
                    let value = values[(first * size) + second]
                    orderby Math.Abs(value) descending
                    select (First: explanation.Attributions[first].Feature, Second: explanation.Attributions[second].Feature, Value: value);
        return new PanelTable(
            "Pairs of columns",
            [new PanelColumn("first", "Column", false), new PanelColumn("second", "Column", false), new PanelColumn("interaction", "Interaction", true)],
            [.. pairs.Take(MostPairs).Select((pair, index) => new PanelRow(
                index.ToString(CultureInfo.InvariantCulture),
                [
                    new PanelCell(Words.OneLine(pair.First), null), new PanelCell(Words.OneLine(pair.Second), null),
                    PanelParts.Number(pair.Value, value => NumberText.Fixed(value, 3)),
                ]))],
            "interaction");
    }
}
