using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using ExplainLsp.Server.Engine;
using ExplainLsp.Server.Protocol;

namespace ExplainLsp.Server.Features.Panels;

/// <summary>A panel's table as other programs read it: numbers in full, whatever the panel rounds them to; columns by their keys.</summary>
internal static class TableFile
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true };

    /// <summary>RFC 4180, lines ended by CRLF. Text that a spreadsheet would run as a formula is defused (CWE-1236); numbers stay numbers.</summary>
    public static string Csv(PanelTable table) =>
        string.Join(',', table.Columns.Select(column => ExplanationCsv.Text(column.Key))) + "\r\n"
        + string.Concat(table.Rows.Select(row => string.Join(',', row.Cells.Select(cell => Number(cell) ?? ExplanationCsv.Text(cell.Text))) + "\r\n"));

    /// <summary>An array with one object a row.</summary>
    public static string Json(PanelTable table) => JsonSerializer.Serialize(
        table.Rows.Select(row => table.Columns.Zip(row.Cells).ToDictionary(
            pair => pair.First.Key, pair => pair.Second.Sort is { } number ? (object?)number : pair.Second.Text.Length == 0 ? null : pair.Second.Text)),
        Readable);

    private static string? Number(PanelCell cell) => cell.Sort?.ToString("R", CultureInfo.InvariantCulture);
}
