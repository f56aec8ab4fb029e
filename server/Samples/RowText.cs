using System.Text;

namespace ExplainLsp.Samples;

/// <summary>A row of a table as a table of its own: header and row in the file's own writing (CSV for files of other formats), with some cells changed.</summary>
public static class RowText
{
    /// <summary>Writes header and row, each on a line that ends with a line feed. Cells that do not change keep their writing.</summary>
    /// <param name="table">The table.</param>
    /// <param name="row">The row, from 0.</param>
    /// <param name="changes">New values by column number; columns that the row does not have are left out.</param>
    public static string Write(Table table, int row, IReadOnlyDictionary<int, string> changes)
    {
        var text = new StringBuilder();
        AddLine(text, table, -1, new Dictionary<int, string>());
        AddLine(text, table, row, changes);
        return text.ToString();
    }

    private static void AddLine(StringBuilder text, Table table, int row, IReadOnlyDictionary<int, string> changes)
    {
        for (var column = 0; column < table.FieldCount(row); column++)
        {
            if (column > 0)
                text.Append(table.Delimiter);
            var written = table.Written(row, column);
            if (changes.TryGetValue(column, out var value))
                AddField(text, value, table.Delimiter, quoted: written is ['"', ..]);
            else if (written is not null)
                text.Append(written);
            else
                AddField(text, table.Cell(row, column), table.Delimiter, quoted: false);
        }
        text.Append('\n');
    }

    private static void AddField(StringBuilder text, string value, char delimiter, bool quoted)
    {
        if (quoted || value.AsSpan().IndexOfAny('"', '\r', '\n') >= 0 || value.Contains(delimiter, StringComparison.Ordinal))
            text.Append('"').Append(value.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        else
            text.Append(value);
    }
}
