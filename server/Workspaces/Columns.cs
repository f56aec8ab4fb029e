using System.Collections.Immutable;
using System.Globalization;
using ExplainLsp.Models;
using ExplainLsp.Samples;

namespace ExplainLsp.Workspaces;

/// <summary>Columns of a header by name, and the column that holds the true label.</summary>
internal static class Columns
{
    // Rows that tell whether the last column holds labels.
    private const int RowsLookedAt = 100;

    /// <summary>A column's number: the exact name, else the only one with the same letters and digits; null when there is none.</summary>
    public static int? IndexOf(ImmutableArray<string> header, string name)
    {
        var exact = header.IndexOf(name);
        if (exact >= 0)
            return exact;
        var normal = ColumnNames.Normalise(name);
        var similar = Enumerable.Range(0, header.Length).Where(i => normal.Length > 0 && ColumnNames.Normalise(header[i]) == normal).Take(2).ToArray();
        return similar is [var only] ? only : null;
    }

    /// <summary>"There is no column X. Did you mean Y?"</summary>
    public static string Unknown(string name, ImmutableArray<string> header, string where)
    {
        var remedy = ColumnNames.Nearest(name, header) is { } nearest
            ? $"Did you mean \"{nearest}\"?"
            : $"Its columns are {string.Join(", ", header.Take(8))}{(header.Length > 8 ? ", …" : "")}.";
        return $"There is no column \"{name}\" in {where}. {remedy}";
    }

    /// <summary>
    /// The column that most likely holds the true label: one that the model does not see and that is named like a label or like the
    /// model's output, else the last one, when the model does not see it and its cells read as classes (numbers for a regression).
    /// </summary>
    public static int? ProposeTarget(
        Table table, TableEncoder encoder, IReadOnlyCollection<string> ignored, IReadOnlyCollection<string> outputNames,
        SessionOutput output, ImmutableArray<string> classNames)
    {
        var seen = encoder.Columns.Select(column => column.Column).ToHashSet();
        var free = Enumerable.Range(0, table.Header.Length)
            .Where(column => !seen.Contains(column) && !ignored.Contains(table.Header[column]) && !ColumnNames.IsIndex(table.Header[column]))
            .ToArray();
        var named = Array.FindAll(free, column => ColumnNames.IsLabel(table.Header[column], outputNames));
        if (named is [var only])
            return only;
        if (named.Length > 0 || free is [] || free[^1] != table.Header.Length - 1)
            return null;
        var cells = RowSelection.EvenSpread(table.RowCount, RowsLookedAt)
            .Select(row => table.Cell(row, free[^1]))
            .Where(cell => cell.Trim().Length > 0)
            .ToArray();
        var labels = cells.Count(cell => output.Kind == OutputKind.Value
            ? double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
            : ClassNames.IndexOf(cell, classNames, output.ClassLabels) is not null);
        return cells.Length > 0 && labels == cells.Length ? free[^1] : null;
    }
}
