using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace ExplainLsp.Samples;

/// <summary>Rows as people write them on the command line: <c>3</c>, <c>0-9</c>, <c>0-9,20</c> or <c>all</c>; rows count from 0, without the header.</summary>
public static class RowSelection
{
    /// <summary>Reads a selection of a file's rows, in the order written.</summary>
    /// <param name="text">The selection; both ends of a range belong to it.</param>
    /// <param name="rowCount">Rows that the file has.</param>
    /// <param name="rows">The row numbers.</param>
    /// <param name="error">What is wrong and what to write instead.</param>
    public static bool TryParse(
        string text, int rowCount, out ImmutableArray<int> rows, [NotNullWhen(false)] out string? error)
    {
        rows = [];
        if (rowCount == 0)
        {
            error = "The file has no rows. Add a row below the header.";
            return false;
        }
        if (text.Trim().Equals("all", StringComparison.OrdinalIgnoreCase))
        {
            rows = [.. Enumerable.Range(0, rowCount)];
            error = null;
            return true;
        }
        var found = ImmutableArray.CreateBuilder<int>();
        foreach (var part in text.Split(','))
        {
            error = AddRange(part.Trim(), text, rowCount, found);
            if (error is not null)
                return false;
        }
        rows = found.ToImmutable();
        error = null;
        return true;
    }

    /// <summary>An even spread of rows, the first always among them: all when there are at most <paramref name="most"/>, else rows ⌊i·n/most⌋.</summary>
    public static ImmutableArray<int> EvenSpread(int rowCount, int most) =>
        [.. Enumerable.Range(0, Math.Min(rowCount, most)).Select(i => rowCount <= most ? i : (int)((long)i * rowCount / most))];

    private static string? AddRange(string part, string text, int rowCount, ImmutableArray<int>.Builder found)
    {
        var dash = part.IndexOf('-', StringComparison.Ordinal);
        var (first, last) = dash < 0 ? (part, part) : (part[..dash], part[(dash + 1)..]);
        if (!TryRow(first, out var from) || !TryRow(last, out var to))
            return $"\"{Cells.Quote(text)}\" names no rows. Write 3, 0-9, 0-9,20 or all; rows count from 0.";
        if (from > to)
            return $"The range {part} runs backwards. Write {to}-{from}.";
        if (to >= rowCount)
            return $"Row {Math.Max(from, rowCount)} does not exist: the file has {rowCount} row{(rowCount == 1 ? "" : "s")}, 0 to {rowCount - 1}.";
        for (var row = from; row <= to; row++)
            found.Add(row);
        return null;
    }

    private static bool TryRow(string text, out int row) => int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out row);
}
