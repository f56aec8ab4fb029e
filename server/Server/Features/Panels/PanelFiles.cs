using System.Text;
using ExplainLsp.Figures;
using ExplainLsp.Server.Engine;
using ExplainLsp.Server.Protocol;

namespace ExplainLsp.Server.Features.Panels;

/// <summary>What a panel of a table can save: its figure, its table, the whole explanation.</summary>
internal static class PanelFiles
{
    /// <summary>The files, in the order of the menu.</summary>
    /// <param name="report">The explanation.</param>
    /// <param name="theme">The panel's colours.</param>
    /// <param name="draw">Draws the figure; null when there is none.</param>
    /// <param name="table">The table beside it.</param>
    public static IReadOnlyList<ExportFile> Of(ExplanationReport report, Theme theme, Func<FigureStyle, Figure>? draw, PanelTable table)
    {
        var name = PanelParts.FileName(report);
        var style = PanelParts.StyleOf(report, theme, Chrome.Full, null);
        return
        [
            .. draw is null ? Array.Empty<ExportFile>() :
            [
                new ExportFile("Figure as PNG", $"{name}.png", () => draw(style).Bytes),
                new ExportFile("Figure as SVG", $"{name}.svg", () => draw(style with { Vector = true }).Bytes),
            ],
            .. table.Rows.Count == 0 ? Array.Empty<ExportFile>() :
            [
                new ExportFile("Table as CSV", $"{name}.csv", () => Encoding.UTF8.GetBytes(TableFile.Of(table).Csv())),
                new ExportFile("Table as Parquet", $"{name}.parquet", () => TableFile.Of(table).Parquet()),
                new ExportFile("Table as JSON", $"{name}-table.json", () => Encoding.UTF8.GetBytes(TableFile.Json(table))),
            ],
            new ExportFile("Explanation as JSON", $"{name}.json", () => Encoding.UTF8.GetBytes(ExplanationJson.Write(report))),
        ];
    }
}
