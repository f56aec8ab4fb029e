using System.Globalization;
using System.Text;
using ExplainLsp.Samples;

namespace ExplainLsp.Server.Engine;

/// <summary>A cell of a result: a number in full, or a text.</summary>
/// <param name="Column">The column it belongs to.</param>
/// <param name="Number">The number; null for a text, and where it is missing.</param>
/// <param name="Text">The text; null for a number, and where it is missing.</param>
public readonly record struct ResultCell(string Column, double? Number, string? Text)
{
    /// <summary>A number; missing where it is none or not finite.</summary>
    public static ResultCell Of(string column, double? number) => new(column, number is { } value && double.IsFinite(value) ? value : null, null);

    /// <summary>A text.</summary>
    public static ResultCell Of(string column, string? text) => new(column, null, text);
}

/// <summary>Results as rows for other programs: CSV, Parquet. Columns stand in order of first appearance.</summary>
public sealed class ResultTable
{
    private readonly List<IReadOnlyList<ResultCell>> _rows = [];
    private readonly List<string> _columns = [];
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>Adds a row; a column that it does not name is missing there.</summary>
    public void Add(IReadOnlyList<ResultCell> row)
    {
        _rows.Add(row);
        foreach (var cell in row)
        {
            if (_known.Add(cell.Column))
            {
                _columns.Add(cell.Column);
            }
        }
    }

    /// <summary>
    /// RFC 4180 with a header, lines ended by CRLF. Text that a spreadsheet would run as a formula is defused (CWE-1236); numbers stay
    /// numbers.
    /// </summary>
    public string Csv()
    {
        var csv = new StringBuilder();
        csv.AppendJoin(',', _columns.Select(ExplanationCsv.Text)).Append("\r\n");
        foreach (var row in _rows)
        {
            var cells = ByColumn(row);
            csv.AppendJoin(',', _columns.Select(column => Field(cells.GetValueOrDefault(column)))).Append("\r\n");
        }

        return csv.ToString();
    }

    /// <summary>A Parquet file: columns of numbers as doubles, all others as text.</summary>
    public byte[] Parquet()
    {
        var rows = _rows.ConvertAll(ByColumn);
        return ParquetFile.Write([.. _columns.Select(column => rows.TrueForAll(row => row.GetValueOrDefault(column).Text is null)
            ? new WrittenColumn(column, [.. rows.Select(row => row.GetValueOrDefault(column).Number)], default)
            : new WrittenColumn(column, default, [.. rows.Select(row => TextOf(row.GetValueOrDefault(column)))]))]);
    }

    private static Dictionary<string, ResultCell> ByColumn(IReadOnlyList<ResultCell> row) =>
        row.DistinctBy(cell => cell.Column).ToDictionary(cell => cell.Column, StringComparer.Ordinal);

    private static string Field(ResultCell cell) => cell.Number is null ? ExplanationCsv.Text(cell.Text ?? "") : TextOf(cell)!;

    private static string? TextOf(ResultCell cell) => cell.Number is { } number ? number.ToString("R", CultureInfo.InvariantCulture) : cell.Text;
}
