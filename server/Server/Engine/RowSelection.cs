using System.Globalization;
using ExplainLsp.Explainers;

namespace ExplainLsp.Server.Engine;

/// <summary>ROWS as users write them: <c>3</c>, <c>0-9</c>, <c>0-9,20</c> or <c>all</c>. Rows count from 0, without the header.</summary>
public static class RowSelection
{
    /// <summary>Rows of the background when nobody named any.</summary>
    public const int SpreadRows = 100;

    /// <summary>The rows that a text names, in the order written, each once.</summary>
    /// <param name="text">ROWS.</param>
    /// <param name="rowCount">Rows of the file.</param>
    /// <param name="fileName">The file, for messages.</param>
    /// <exception cref="ExplainerException">Not in one of the forms, or past the end.</exception>
    public static IReadOnlyList<int> Parse(string text, int rowCount, string fileName)
    {
        if (text.Trim() is "all")
        {
            return [.. Enumerable.Range(0, rowCount)];
        }

        var rows = new OrderedDictionary<int, bool>();
        foreach (var part in text.Split(','))
        {
            var (first, last) = Range(part.Trim(), text);
            if (last >= rowCount)
            {
                throw new ExplainerException(rowCount == 0
                    ? $"{fileName} has no rows below its header. Choose a file with rows."
                    : $"Row {last} is past the end: {fileName} has {rowCount} rows. Choose rows from 0 to {rowCount - 1}.");
            }

            for (var row = first; row <= last; row++)
            {
                rows.TryAdd(row, true);
            }
        }

        return [.. rows.Keys];
    }

    /// <summary>At most <paramref name="count"/> rows, evenly spread over the file, the first one included.</summary>
    public static IReadOnlyList<int> Spread(int rowCount, int count = SpreadRows) =>
        rowCount <= count
            ? [.. Enumerable.Range(0, rowCount)]
            : [.. Enumerable.Range(0, count).Select(index => (int)((long)index * rowCount / count))];

    private static (int First, int Last) Range(string part, string whole)
    {
        var dash = part.IndexOf('-', StringComparison.Ordinal);
        var firstText = dash < 0 ? part : part[..dash];
        var lastText = dash < 0 ? part : part[(dash + 1)..];
        if (!int.TryParse(firstText, NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            || !int.TryParse(lastText, NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            || last < first)
        {
            throw new ExplainerException($"'{whole}' names no rows. Write rows as 3, 0-9, 0-9,20 or all; they count from 0.");
        }

        return (first, last);
    }
}
