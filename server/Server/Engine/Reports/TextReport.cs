using System.Globalization;
using System.Text;

namespace ExplainLsp.Server.Engine;

/// <summary>A document as plain text with aligned columns, for terminals.</summary>
public static class TextReport
{
    private const int WidestCell = 48;

    /// <summary>Headline, tables, notes and receipt.</summary>
    public static string Write(ReportDocument document)
    {
        var text = new StringBuilder();
        text.Append(document.Title).Append('\n');
        foreach (var line in document.Lines)
        {
            text.Append(line).Append('\n');
        }

        foreach (var table in document.Tables)
        {
            text.Append('\n');
            if (table.Title.Length > 0)
            {
                text.Append(table.Title).Append('\n');
            }

            WriteTable(text, table);
        }

        foreach (var note in document.Notes)
        {
            text.Append("\nWarning: ").Append(note).Append('\n');
        }

        if (!document.Receipt.IsEmpty)
        {
            text.Append('\n').AppendJoin(" · ", document.Receipt).Append('\n');
        }

        return text.ToString();
    }

    private static void WriteTable(StringBuilder text, ReportTable table)
    {
        var lines = table.Rows.Select(row => row.Select(cell => Figures.NumberText.Cut(Printable(cell), WidestCell)).ToArray())
            .Prepend([.. table.Columns.Select(column => column.Title)]).ToArray();
        var widths = table.Columns.Select((_, column) => lines.Max(line => WidthOf(line[column]))).ToArray();
        foreach (var line in lines)
        {
            var cells = line.Select((cell, column) =>
            {
                var padding = new string(' ', widths[column] - WidthOf(cell));
                return table.Columns[column].IsNumeric ? padding + cell : cell + padding;
            });
            text.Append(string.Join("  ", cells).TrimEnd()).Append('\n');
        }
    }

    // A cell must not move the cursor or recolour the terminal.
    private static string Printable(string cell) => Figures.Words.OneLine(cell);

    private static int WidthOf(string text) => new StringInfo(text).LengthInTextElements;
}
