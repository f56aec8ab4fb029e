using ExplainLsp.Figures;
using ExplainLsp.Server.Engine;
using ExplainLsp.Server.Protocol;

namespace ExplainLsp.Server.Features.Panels;

/// <summary>The regions of a picture with their contributions, for methods that explain regions.</summary>
internal static class RegionTable
{
    /// <summary>All regions, the strongest first.</summary>
    public static PanelTable Of(ExplanationReport report, MapNumbers numbers)
    {
        var attributions = report.Explanation.Attributions;
        var sampled = attributions.Any(attribution => attribution.StandardError is not null);
        return new PanelTable(
            "All regions",
            [
                new PanelColumn("region", "Region", false),
                new PanelColumn("contribution", $"Contribution, {Words.ContributionUnit(report.Explanation.Target, report.Context)}", true),
                .. sampled ? new[] { new PanelColumn("standardError", "Standard error", true) } : [],
            ],
            [.. attributions.OrderByDescending(attribution => Math.Abs(attribution.Contribution)).Select(attribution => new PanelRow(attribution.Feature,
            [
                new PanelCell(Words.OneLine(attribution.Feature), null),
                PanelParts.Number(attribution.Contribution, numbers.Text),
                .. sampled ? new[] { PanelParts.Number(attribution.StandardError, error => $"± {numbers.Size(error)}") } : [],
            ]))],
            "contribution");
    }
}
