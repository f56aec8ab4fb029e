using ExplainLsp.Explainers;
using ExplainLsp.Figures;
using ExplainLsp.Server.Engine;
using ExplainLsp.Server.Protocol;

namespace ExplainLsp.Server.Features.Panels;

/// <summary>What an explanation of a row found beside contributions, in words and small tables.</summary>
internal static class RowCards
{
    /// <summary>The rule, the changes that turn the answer, the rows that resemble; null when there is nothing of it.</summary>
    public static IReadOnlyList<PanelCard>? Of(RowScene scene)
    {
        var explanation = scene.Report.Explanation;
        List<PanelCard> cards =
        [
            .. explanation.Anchor is { } rule ? [RuleCard(scene, rule)] : Array.Empty<PanelCard>(),
            .. explanation.Counterfactuals.Select(change => ChangeCard(scene, change)),
            .. Resembling(scene, same: true, "Rows like this one with the same answer"),
            .. Resembling(scene, same: false, "Rows like this one with another answer"),
        ];
        return cards.Count == 0 ? null : cards;
    }

    private static PanelCard RuleCard(RowScene scene, AnchorRule rule)
    {
        var answer = Words.OneLine(scene.Report.Prediction!.Name);
        var condition = rule.Conditions.IsEmpty
            ? $"The model says {answer} of nearly every row"
            : $"If {string.Join(" and ", rule.Conditions.Select(part => Words.OneLine(part.Text)))}, the model says {answer}";
        var interval = NumberText.ProbabilityInterval(rule.Precision, rule.PrecisionLow, rule.PrecisionHigh);
        return new PanelCard(
            NumberText.ForMarkup(condition),
            NumberText.ForMarkup($"True of {interval} of fresh samples under the rule (95 % interval). The rule applies to {NumberText.Probability(rule.Coverage)} of the background's rows."),
            null, null);
    }

    private static PanelCard ChangeCard(RowScene scene, Counterfactual change)
    {
        var value = NumberText.Value(change.PredictedValue, scene.Report.Scale);
        var edits = change.Changes.ToDictionary(cell => cell.Feature, cell => cell.To);
        var table = (TableSource)scene.Table.Query.Samples;
        return new PanelCard(
            NumberText.ForMarkup($"{Words.OneLine(change.PredictedName)}, if {Cells(change.Changes.Length)} changed"),
            NumberText.ForMarkup(
                $"{Words.OneLine(scene.Report.Explanation.Target.Name)} {value} then. Distance {NumberText.Fixed(change.Distance, 2)}; "
                + $"{NumberText.WholePercent(change.Plausibility)} of the background's rows lie farther from their own neighbours, so {Plausible(change.Plausibility)}."),
            new PanelTable(
                "Changed cells",
                [new PanelColumn("column", "Column", false), new PanelColumn("from", "From", true), new PanelColumn("to", "To", true)],
                [.. change.Changes.Select(cell => new PanelRow(cell.Feature,
                [
                    new PanelCell(Words.OneLine(cell.Feature), null),
                    PanelParts.Value(cell.From, scene.Report.IsNumeric(cell.Feature)),
                    PanelParts.Value(cell.To, scene.Report.IsNumeric(cell.Feature)),
                ]))],
                null),
            new PanelChange(edits, new ChangedRow(table, scene.Report.Prediction!.Row, edits).Text));
    }

    private static IEnumerable<PanelCard> Resembling(RowScene scene, bool same, string title)
    {
        var neighbours = scene.Report.Explanation.Neighbours.Where(neighbour => neighbour.SamePrediction == same).ToList();
        if (neighbours.Count == 0)
        {
            yield break;
        }

        var uri = BackgroundUri(scene);
        yield return new PanelCard(title, $"From {Words.OneLine(scene.Report.Explanation.Background ?? "the background")}, nearest first.", new PanelTable(
            title,
            [
                new PanelColumn("row", "Row", true), new PanelColumn("answer", "Answer", false),
                new PanelColumn("value", Words.OneLine(scene.Report.Explanation.Target.Name), true), new PanelColumn("distance", "Distance", true),
            ],
            [.. neighbours.Select(neighbour => new PanelRow(
                neighbour.Row.ToString(System.Globalization.CultureInfo.InvariantCulture),
                [
                    PanelParts.Number(neighbour.Row, row => NumberText.Whole((long)row)),
                    new PanelCell(Words.OneLine(neighbour.PredictedName), null),
                    PanelParts.Number(neighbour.PredictedValue, value => NumberText.Value(value, scene.Report.Scale)),
                    PanelParts.Number(neighbour.Distance, distance => NumberText.Fixed(distance, 2)),
                ],
                uri is null ? null : new PanelPlace(uri, neighbour.Row)))],
            null), null);
    }

    private static string? BackgroundUri(RowScene scene) =>
        scene.Background is not { } path || path == scene.Table.Samples.Path ? scene.Table.Uri : new Uri(Path.GetFullPath(path)).AbsoluteUri;

    private static string Cells(int count) => count == 1 ? "one cell is" : $"{NumberText.Whole(count)} cells are";

    private static string Plausible(double share) => share switch
    {
        < 0.05 => "it is unlike any row seen",
        < 0.25 => "it is unusual",
        _ => "it is a plausible row",
    };
}
