using ExplainLsp.Samples;

namespace ExplainLsp.Workspaces;

/// <summary>A table whose rows name image or tensor files, relative to the table's folder.</summary>
/// <param name="FileColumn">The column of files, by number.</param>
/// <param name="LabelColumn">The column of true labels, by number; null for none.</param>
public sealed record ImageList(int FileColumn, int? LabelColumn)
{
    // Rows that tell whether a column holds file names.
    private const int RowsLookedAt = 20;

    /// <summary>
    /// Reads a table as a list of images: the first column whose cells are all names of image or tensor files. Null when there is none.
    /// </summary>
    /// <param name="table">The table.</param>
    /// <param name="labelColumn">The column of labels by name; null for the one that is named like a label.</param>
    public static ImageList? Of(Table table, string? labelColumn = null)
    {
        for (var column = 0; column < table.Header.Length; column++)
        {
            if (!HoldsFiles(table, column))
                continue;
            var label = labelColumn is null ? ProposeLabel(table, column) : Columns.IndexOf(table.Header, labelColumn);
            return new ImageList(column, label);
        }
        return null;
    }

    private static bool HoldsFiles(Table table, int column)
    {
        var names = RowSelection.EvenSpread(table.RowCount, RowsLookedAt)
            .Where(row => column < table.FieldCount(row))
            .Select(row => table.Cell(row, column).Trim())
            .Where(cell => cell.Length > 0)
            .ToArray();
        return names.Length > 0 && names.All(ImageFiles.IsGrid);
    }

    private static int? ProposeLabel(Table table, int fileColumn)
    {
        var column = Enumerable.Range(0, table.Header.Length).FirstOrDefault(i => i != fileColumn && ColumnNames.IsLabel(table.Header[i], []), -1);
        return column < 0 ? null : column;
    }
}
