using System.Collections.Immutable;

namespace ExplainLsp.Samples;

/// <summary>
/// Rows and columns of a file, whatever its format: rows count from 0 without the header. Formats that are text (CSV, TSV, JSON lines)
/// know where rows and cells stand, in lines and characters as in the editor (UTF-16); Parquet and Arrow have no places. Immutable and
/// safe for use from several threads; what is larger than memory is read a stretch of rows at a time.
/// </summary>
public abstract class Table
{
    private readonly Lazy<string> sha256;

    /// <summary>A table with a header.</summary>
    private protected Table(ImmutableArray<string> header)
    {
        Header = header;
        sha256 = new Lazy<string>(Hash);
    }

    /// <summary>Column names in order, exactly as written.</summary>
    public ImmutableArray<string> Header { get; private protected init; }

    /// <summary>Rows without the header; blank lines are no rows.</summary>
    public abstract int RowCount { get; }

    /// <summary>What separates fields in a row that is copied out: the file's own delimiter (comma, semicolon, tab or bar), else a comma.</summary>
    public virtual char Delimiter => ',';

    /// <summary>SHA-256 of the text in UTF-8 or of the file, lower-case hex: the cache key.</summary>
    public string Sha256 => sha256.Value;

    /// <summary>What is wrong with the table's form; at most 1,000.</summary>
    public virtual ImmutableArray<TableIssue> Issues => [];

    /// <summary>The cells of a row as text; as many as the row has, which may differ from the header. Made anew at each call.</summary>
    public virtual ReadOnlySpan<string> Row(int row)
    {
        var cells = new string[FieldCount(row)];
        for (var column = 0; column < cells.Length; column++)
            cells[column] = Cell(row, column);
        return cells;
    }

    /// <summary>Number of fields of a row; row −1 is the header.</summary>
    public virtual int FieldCount(int row) => Header.Length;

    /// <summary>A cell as text; empty where it is missing. Row −1 is the header.</summary>
    /// <exception cref="SampleException">The file was changed or is damaged there, or its column holds what no cell can show.</exception>
    public abstract string Cell(int row, int column);

    /// <summary>Whether a column holds numbers, as the file says; null where only its cells tell.</summary>
    public virtual bool? IsNumeric(int column) => null;

    /// <summary>Why no cell of a column can be read (it holds lists), in a sentence; null when they can.</summary>
    public virtual string? ProblemOf(int column) => null;

    /// <summary>Where a row stands in the text, from its first character to its last, without the line break; row −1 is the header. Empty in files without lines.</summary>
    public virtual TextRange RowRange(int row) => default;

    /// <summary>The line on which a row starts, from 0; row −1 is the header; null in files without lines.</summary>
    public virtual int? LineOf(int row) => null;

    /// <summary>Where a cell stands in the text, quotes included; row −1 is the header. The row's end where there is none.</summary>
    public virtual TextRange CellRange(int row, int column) => default;

    /// <summary>The row whose text covers a line; −1 for the header; null for blank lines, lines past the end, and files without lines.</summary>
    public virtual int? RowAt(int line) => null;

    /// <summary>The cell under a position (a delimiter belongs to the cell before it); null outside the table.</summary>
    public virtual TableCell? CellAt(int line, int character) => null;

    /// <summary>Parses a CSV or TSV text. The delimiter is guessed from the header line when not given.</summary>
    public static Table Parse(string text, char? delimiter = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new DelimitedTable(text, delimiter ?? TableParser.GuessDelimiter(text));
    }

    /// <summary>Parses a text in the format that a file's name says: JSON lines, tab-separated, else CSV.</summary>
    public static Table Parse(string text, string path)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TableFormats.Of(path) == TableFormat.JsonLines ? new JsonLinesTable(text) : Parse(text, TableFormats.DelimiterOf(path, text));
    }

    /// <summary>
    /// Reads a file by its extension: CSV or TSV, JSON lines (UTF-8, or UTF-16 by its BOM), Parquet, Arrow and Feather. A large text stays
    /// on disk.
    /// </summary>
    /// <exception cref="SampleException">Missing, unreadable, damaged, or not what its extension says.</exception>
    public static Table Read(string path, CancellationToken cancellation = default) => TableFormats.Of(path) switch
    {
        TableFormat.Parquet => ParquetTable.Open(path, cancellation),
        TableFormat.Arrow => ArrowTable.Open(path, cancellation),
        _ => PagedTable.Fits(path) ? PagedTable.Open(path, cancellation) : Parse(TextFile.Read(path, cancellation), path),
    };

    /// <summary>Reads rows one after another, without texts where numbers are wanted.</summary>
    /// <param name="cancellation">Honoured between two pieces of the file.</param>
    internal abstract RowCursor Open(CancellationToken cancellation);

    /// <summary>What is wrong with a row as a whole; null when its cells can be read.</summary>
    internal virtual RowFlaw? FlawOf(int row) => null;

    /// <summary>The sentence for a row that cannot be read; null for one that can.</summary>
    internal string? ProblemOfRow(int row) =>
        FlawOf(row) is { } flaw ? $"Row {row} {flaw.What}{Where(row)}. {flaw.Remedy}." : null;

    /// <summary>Where a row stands, for messages: " (line 43)"; empty in files without lines.</summary>
    internal string Where(int row) => LineOf(row) is { } line ? $" (line {line + 1})" : "";

    /// <summary>Rows in words: "1 row".</summary>
    internal static string Count(int number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";

    /// <summary>A cell as it stands between delimiters, quotes included; null in files of other formats.</summary>
    internal virtual string? Written(int row, int column) => null;

    private protected abstract string Hash();

    private protected void CheckRow(int row)
    {
        if (row < -1 || row >= RowCount)
            throw new ArgumentOutOfRangeException(nameof(row));
    }
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

/// <summary>What is wrong with a row as a whole.</summary>
/// <param name="What">"has 11 fields, the header has 13".</param>
/// <param name="Remedy">What to do, without a full stop.</param>
internal sealed record RowFlaw(string What, string Remedy);
