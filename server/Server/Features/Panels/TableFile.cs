using System.Text.Encodings.Web;
using System.Text.Json;
using ExplainLsp.Server.Engine;
using ExplainLsp.Server.Protocol;

namespace ExplainLsp.Server.Features.Panels;

/// <summary>A panel's table as other programs read it: numbers in full, whatever the panel rounds them to; columns by their keys.</summary>
internal static class TableFile
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true };

    /// <summary>For CSV and Parquet.</summary>
    public static ResultTable Of(PanelTable table)
    {
        var rows = new ResultTable();
        foreach (var row in table.Rows)
        {
            rows.Add([.. table.Columns.Zip(row.Cells).Select(pair => pair.Second.Sort is { } number
                ? ResultCell.Of(pair.First.Key, number)
                : ResultCell.Of(pair.First.Key, pair.Second.Text))]);
        }

        return rows;
    }

    /// <summary>An array with one object a row.</summary>
    public static string Json(PanelTable table) => JsonSerializer.Serialize(
        table.Rows.Select(row => table.Columns.Zip(row.Cells).ToDictionary(
            pair => pair.First.Key, pair => pair.Second.Sort is { } number ? (object?)number : pair.Second.Text.Length == 0 ? null : pair.Second.Text)),
        Readable);
}
