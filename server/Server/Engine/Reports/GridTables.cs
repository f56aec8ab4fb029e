using System.Collections.Immutable;
using ExplainLsp.Explainers;
using ExplainLsp.Figures;
using ExplainLsp.Samples;

namespace ExplainLsp.Server.Engine;

/// <summary>The explanation of an image or a tensor in tables: its regions, else the sum and the strongest places of its map.</summary>
internal static class GridTables
{
    /// <summary>Regions or places listed at most; the JSON holds all.</summary>
    private const int MostRows = 20;

    /// <summary>The tables.</summary>
    public static IEnumerable<ReportTable> Of(ExplanationReport report, GridSample grid)
    {
        var explanation = report.Explanation;
        var unit = Words.ContributionUnit(explanation.Target, report.Context);
        if (!explanation.Attributions.IsEmpty)
        {
            yield return Regions(report, unit);
        }
        else if (explanation.Tensor is { } tensor)
        {
            var map = AttributionMap.Of(tensor, grid);
            // A sum says something only where contributions are made to add up.
            if (explanation.CompletenessGap is not null)
            {
                yield return Sums(map, report.Scale, unit);
            }

            yield return Places(map, report.Scale, unit);
        }
    }

    private static ReportTable Regions(ExplanationReport report, string unit)
    {
        var attributions = report.Explanation.Attributions;
        var ranked = attributions.OrderByDescending(attribution => Math.Abs(attribution.Contribution)).Take(MostRows).ToArray();
        var format = ContributionFormat.For(report.Scale, ranked.Select(attribution => attribution.Contribution));
        var hasError = ranked.Any(attribution => attribution.StandardError is not null);
        var title = attributions.Length > MostRows ? $"The {MostRows} strongest of {NumberText.Whole(attributions.Length)} regions" : "";
        return new ReportTable(
            title,
            [new("Region", false), new($"Contribution, {unit}", true), .. hasError ? [new ReportColumn("± standard error", true)] : Array.Empty<ReportColumn>()],
            [.. ranked.Select(attribution => (ImmutableArray<string>)
            [
                Words.OneLine(attribution.Feature), format.WithSign(attribution.Contribution),
                .. hasError ? [attribution.StandardError is { } error ? format.Size(error) : ""] : Array.Empty<string>(),
            ])]);
    }

    private static ReportTable Sums(AttributionMap map, TargetScale scale, string unit)
    {
        var (positive, negative) = (map.Values.Where(value => value > 0).Sum(), map.Values.Where(value => value < 0).Sum());
        var format = ContributionFormat.For(scale, [positive, negative, positive + negative]);
        return new ReportTable(
            "", [new("Sum of", false), new($"Contribution, {unit}", true)],
            [["positive evidence", format.WithSign(positive)], ["negative evidence", format.WithSign(negative)], ["all", format.WithSign(positive + negative)]]);
    }

    private static ReportTable Places(AttributionMap map, TargetScale scale, string unit)
    {
        var ranked = Enumerable.Range(0, map.Values.Length).OrderByDescending(place => Math.Abs(map.Values[place])).Take(MostRows)
            .Where(place => map.Values[place] != 0).ToArray();
        var format = ContributionFormat.For(scale, ranked.Select(place => map.Values[place]));
        return new ReportTable(
            $"The strongest of {NumberText.Whole(map.Height)} × {NumberText.Whole(map.Width)} places, counted from 0", [new("Down", true), new("Across", true), new($"Contribution, {unit}", true)],
            [.. ranked.Select(place => (ImmutableArray<string>)
                [NumberText.Whole(place / map.Width), NumberText.Whole(place % map.Width), format.WithSign(map.Values[place])])]);
    }
}
