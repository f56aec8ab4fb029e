using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using CsvHelper;

namespace ExplainLsp.Samples;

/// <summary>
/// A CSV or TSV text as rows and columns that still know where they stand: rows count from 0 without the header, lines and characters
/// as in the editor (UTF-16). Quoted fields with line breaks, other delimiters, BOM, CRLF and a last row half typed all parse; what does
/// not fit is an <see cref="TableIssue"/>, never an exception. Immutable.
/// </summary>
/// <remarks>Keeps the text and the offsets of its records; fields are cut when they are asked for.</remarks>
public sealed class Table
{
    // A file with the wrong delimiter has one issue a row; nobody reads more than these.
    private const int MostIssues = 1000;

    private readonly string text;
    private readonly List<TableRecord> records;
    private readonly TextLines lines;
    private readonly Lazy<string> sha256;

    private Table(string text, char delimiter)
    {
        this.text = text;
        Delimiter = delimiter;
        lines = new TextLines(text);
        records = TableParser.Parse(text, delimiter);
        records.TrimExcess();
        Header = records.Count > 0 ? ImmutableArray.Create(Fields(records[0])) : [];
        Issues = FindIssues();
        sha256 = new(() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
    }

    /// <summary>Column names in order, exactly as written (quotes removed).</summary>
    public ImmutableArray<string> Header { get; }

    /// <summary>Rows without the header; blank lines are no rows.</summary>
    public int RowCount => Math.Max(0, records.Count - 1);

    /// <summary>The delimiter in use: comma, semicolon, tab or bar.</summary>
    public char Delimiter { get; }

    /// <summary>SHA-256 of the text in UTF-8, lower-case hex: the cache key.</summary>
    public string Sha256 => sha256.Value;

    /// <summary>Rows with too few or too many fields, quotes that do not end, an empty file, repeated column names; at most 1,000.</summary>
    public ImmutableArray<TableIssue> Issues { get; }

    /// <summary>The fields of a row, quotes removed; as many as the row has, which may differ from the header. Made anew at each call.</summary>
    public ReadOnlySpan<string> Row(int row) => Fields(Record(row));

    /// <summary>Number of fields of a row; row −1 is the header.</summary>
    public int FieldCount(int row) => Record(row).Fields;

    /// <summary>A cell, quotes removed; empty where the row is too short. Row −1 is the header.</summary>
    public string Cell(int row, int column)
    {
        var record = Record(row);
        if (column < 0 || column >= record.Fields)
            return "";
        Span<Range> fields = record.Fields <= 256 ? stackalloc Range[record.Fields] : new Range[record.Fields];
        Split(record, fields);
        return RawField.Value(text.AsSpan(fields[column])).ToString();
    }

    /// <summary>Where a row stands in the text, from its first character to its last, without the line break; row −1 is the header.</summary>
    public TextRange RowRange(int row) => lines.Range(Record(row).Start, Record(row).End);

    /// <summary>The line on which a row starts, from 0; row −1 is the header.</summary>
    public int LineOf(int row) => lines.LineOf(Record(row).Start);

    /// <summary>Where a cell stands in the text, quotes included; row −1 is the header. The row's end where the row is too short.</summary>
    public TextRange CellRange(int row, int column)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(column);
        var record = Record(row);
        if (column >= record.Fields)
            return lines.Range(record.End, record.End);
        Span<Range> fields = record.Fields <= 256 ? stackalloc Range[record.Fields] : new Range[record.Fields];
        Split(record, fields);
        return lines.Range(fields[column].Start.Value, fields[column].End.Value);
    }

    /// <summary>The row whose text covers a line; −1 for the header; null for blank lines and lines past the end.</summary>
    public int? RowAt(int line)
    {
        if (line < 0 || line >= lines.Count)
            return null;
        var (low, high) = (0, records.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (lines.LineOf(records[middle].Start) > line)
                high = middle - 1;
            else if (lines.LineOf(records[middle].End) < line)
                low = middle + 1;
            else
                return middle - 1;
        }
        return null;
    }

    /// <summary>The cell under a position (a delimiter belongs to the cell before it); null outside the table.</summary>
    public TableCell? CellAt(int line, int character)
    {
        if (character < 0 || RowAt(line) is not { } row)
            return null;
        var record = Record(row);
        var offset = lines.OffsetOf(line, character);
        if (offset > record.End)
            return null;
        Span<Range> fields = record.Fields <= 256 ? stackalloc Range[record.Fields] : new Range[record.Fields];
        Split(record, fields);
        var column = 0;
        while (column < fields.Length - 1 && fields[column].End.Value < offset)
            column++;
        return new TableCell(row, column);
    }

    /// <summary>Parses a text. The delimiter is guessed from the header line when not given.</summary>
    public static Table Parse(string text, char? delimiter = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new Table(text, delimiter ?? TableParser.GuessDelimiter(text));
    }

    /// <summary>Reads a file (UTF-8, or UTF-16 by its BOM).</summary>
    /// <exception cref="SampleException">Missing, unreadable, or not text.</exception>
    public static Table Read(string path, char? delimiter = null, CancellationToken cancellation = default) =>
        Parse(TextFile.Read(path, cancellation), delimiter);

    /// <summary>The raw fields of a row as ranges of <see cref="Text"/>; as many as <see cref="FieldCount"/>.</summary>
    internal void Split(int row, Span<Range> fields) => Split(Record(row), fields);

    /// <summary>The text that was parsed.</summary>
    internal ReadOnlySpan<char> Text => text;

    private TableRecord Record(int row)
    {
        if (row < -1 || row >= RowCount || records.Count == 0)
            throw new ArgumentOutOfRangeException(nameof(row));
        return records[row + 1];
    }

    private void Split(TableRecord record, Span<Range> fields)
    {
        var at = record.Start;
        for (var i = 0; i < record.Fields; i++)
        {
            var end = RawField.End(text, at, record.End, Delimiter);
            fields[i] = at..end;
            at = Math.Min(end + 1, record.End);
        }
    }

    private string[] Fields(TableRecord record)
    {
        var ranges = new Range[record.Fields];
        Split(record, ranges);
        return Array.ConvertAll(ranges, range => RawField.Value(text.AsSpan(range)).ToString());
    }

    private ImmutableArray<TableIssue> FindIssues()
    {
        if (records.Count == 0)
            return [new TableIssue(null, 0, "The file is empty. Add a header line and rows.")];
        var issues = ImmutableArray.CreateBuilder<TableIssue>();
        foreach (var name in Header.GroupBy(name => name).Where(group => group.Count() > 1).Select(group => group.Key))
            issues.Add(new TableIssue(-1, LineOf(-1), $"The column name \"{name}\" stands twice in the header (line {LineOf(-1) + 1}). Rename one of them."));
        for (var row = -1; row < RowCount && issues.Count < MostIssues; row++)
        {
            var record = records[row + 1];
            if (record.Malformed is null && record.Fields == Header.Length)
                continue;
            var line = LineOf(row);
            var who = row < 0 ? "The header" : $"Row {row}";
            if (record.Malformed is CsvMalformedReason.UnterminatedQuote or CsvMalformedReason.LineBreakInQuotes)
                issues.Add(new TableIssue(row, line, $"{who} has a quote that does not end (line {line + 1}). Close the quote, or double it to write one."));
            else if (record.Malformed is CsvMalformedReason.TextAfterClosingQuote)
                issues.Add(new TableIssue(row, line, $"{who} has text after a closing quote (line {line + 1}). Double the quotes inside a quoted field."));
            if (record.Fields != Header.Length)
                issues.Add(new TableIssue(row, line, FieldCountMessage(row)));
        }
        if (RowCount == 0)
            issues.Add(new TableIssue(null, LineOf(-1), $"The file has a header and no rows (line {LineOf(-1) + 1}). Add a row."));
        return issues.ToImmutable();
    }

    /// <summary>The sentence for a row whose number of fields is not the header's.</summary>
    internal string FieldCountMessage(int row) =>
        $"Row {row} has {Count(FieldCount(row), "field")}, the header has {Header.Length} (line {LineOf(row) + 1}). " +
        $"Fix the row, or quote a field that holds the delimiter.";

    private static string Count(int number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";
}

/// <summary>A stretch of text, lines and UTF-16 characters from 0, end exclusive.</summary>
public readonly record struct TextRange(int StartLine, int StartCharacter, int EndLine, int EndCharacter);

/// <summary>A cell by number; row −1 is the header.</summary>
public readonly record struct TableCell(int Row, int Column);

/// <summary>Something wrong with the table's form.</summary>
/// <param name="Row">The row, −1 for the header, null for the whole file.</param>
/// <param name="Line">The line it stands on, from 0.</param>
/// <param name="Message">What, where, what to do: "Row 41 has 11 fields, the header has 13 (line 43). …".</param>
public sealed record TableIssue(int? Row, int Line, string Message);
