using ExplainLsp.Explainers;
using ExplainLsp.Figures;
using ExplainLsp.Server.Engine;
using ExplainLsp.Server.Protocol;

namespace ExplainLsp.Server.Features.Panels;

/// <summary>The columns of a row with values and contributions; under "what if" with cells that can be changed and the difference that made.</summary>
internal static class RowTable
{
    // A longer list is typed into, not chosen from.
    private const int MostChoices = 60;

    /// <summary>Puts it together: strongest first; under "what if" in the order of the row in the file, so that nothing jumps while typing.</summary>
    public static PanelTable Of(RowScene scene)
    {
        var explanation = scene.Report.Explanation;
        var attributions = explanation.Attributions.IsEmpty
            ? [.. scene.Report.Columns.Select(column => new Attribution(column.Name, scene.Cell(column.Name), 0))]
            : explanation.Attributions;
        var before = scene.Original?.Explanation.Attributions.ToLookup(attribution => attribution.Feature, attribution => attribution.Contribution);
        double? Before(Attribution attribution) => before?[attribution.Feature] is { } found && found.Any() ? found.First() : null;

        var shares = Words.IsShare(explanation);
        var format = ContributionFormat.For(shares ? TargetScale.Value : scene.Report.Scale, explanation.Attributions.Select(attribution => attribution.Contribution));
        var contributes = !explanation.Attributions.IsEmpty;
        var sampled = attributions.Any(attribution => attribution.StandardError is not null);
        // Under "what if" there is room for what changed, and the figure stays beside it.
        var numeric = scene.Original is null && scene.Facts.Values.Any(column => !column.Numbers.IsEmpty);
        var differs = before is not null && contributes;
        var unit = shares ? Words.ImportanceUnit(explanation, scene.Report.Context) : Words.ContributionUnit(explanation.Target, scene.Report.Context);
        return new PanelTable(
            "All columns",
            [
                new PanelColumn("column", "Column", false),
                new PanelColumn("value", "Value", true),
                .. Columns(numeric, new PanelColumn("percentile", "Percentile", true)),
                .. Columns(contributes, new PanelColumn("contribution", shares ? $"{char.ToUpperInvariant(unit[0])}{unit[1..]}" : $"Contribution, {unit}", true)),
                .. Columns(differs, new PanelColumn("difference", "Difference", true)),
                .. Columns(sampled, new PanelColumn("standardError", "Standard error", true)),
            ],
            [.. attributions.OrderByDescending(attribution => Math.Abs(Before(attribution) ?? attribution.Contribution)).Select(attribution => new PanelRow(attribution.Feature,
            [
                new PanelCell(Words.OneLine(attribution.Feature), null),
                PanelParts.Value(attribution.Value, scene.Report.IsNumeric(attribution.Feature)) with { Edit = EditOf(scene, attribution.Feature) },
                .. Cells(numeric, () => PanelParts.Number(scene.Facts.GetValueOrDefault(attribution.Feature)?.PercentileOf(attribution.Value), value => NumberText.Whole((long)value))),
                .. Cells(contributes, () => PanelParts.Number(attribution.Contribution, format.WithSign)),
                .. Cells(differs, () => PanelParts.Number(attribution.Contribution - Before(attribution), format.WithSign)),
                .. Cells(sampled, () => PanelParts.Number(attribution.StandardError, error => $"± {format.Size(error)}")),
            ]))],
            contributes ? "contribution" : null);
    }

    private static PanelEdit? EditOf(RowScene scene, string column)
    {
        if (!scene.Facts.TryGetValue(column, out var facts))
        {
            return null;
        }

        var (now, original) = (scene.Cell(column), scene.InFile(column));
        IEnumerable<string> choices = facts.Values.Length is > 1 and <= MostChoices ? facts.Values.Select(value => value.Value).Order(StringComparer.Ordinal) : [];
        return new PanelEdit(now, original, choices.Any() ? [.. choices.Concat([original, now]).Distinct()] : []);
    }

    private static PanelColumn[] Columns(bool there, PanelColumn column) => there ? [column] : [];

    private static PanelCell[] Cells(bool there, Func<PanelCell> cell) => there ? [cell()] : [];
}
