using System.Globalization;
using ExplainLsp.Figures;
using ExplainLsp.Server.Protocol;

namespace ExplainLsp.Server.Features.Panels;

/// <summary>What views of single rows say of them.</summary>
internal static class RowsShown
{
    /// <summary>How many rows are shown where that is not all: ", 2,000 of them shown".</summary>
    public static string Of(GlobalScene scene) =>
        scene.Report.Explanation.Samples is { } samples && samples.Rows.Length < samples.TotalRows
            ? $", {NumberText.Whole(samples.Rows.Length)} of them shown" : "";

    /// <summary>A row of a table that opens the row of the file that it stands for: its number first, then what is known of it.</summary>
    public static PanelRow Row(GlobalScene scene, int row, IEnumerable<PanelCell> cells) => new(
        row.ToString(CultureInfo.InvariantCulture),
        [new PanelCell(NumberText.Row(row, scene.Table.Samples.Table.LineOf(row) + 1), row), .. cells],
        new PanelPlace(scene.Table.Uri, row));
}
