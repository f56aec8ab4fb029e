using System.Collections.Immutable;

namespace ExplainLsp.Samples;

/// <summary>
/// A CSV or TSV text as rows and columns that still know where they stand: rows count from 0 without the header, lines and characters
/// as in the editor (UTF-16). Quoted fields with line breaks, other delimiters, BOM, CRLF and a last row half typed all parse; what does
/// not fit is an <see cref="TableIssue"/>, never an exception. Immutable.
/// </summary>
public sealed class Table
{
    private Table() { }

    /// <summary>Column names in order, exactly as written (quotes removed).</summary>
    public ImmutableArray<string> Header => throw new NotImplementedException();

    /// <summary>Rows without the header; blank lines are no rows.</summary>
    public int RowCount => throw new NotImplementedException();

    /// <summary>The delimiter in use: comma, semicolon, tab or bar.</summary>
    public char Delimiter => throw new NotImplementedException();

    /// <summary>SHA-256 of the text, lower-case hex: the cache key.</summary>
    public string Sha256 => throw new NotImplementedException();

    /// <summary>Rows with too few or too many fields, quotes that do not end, an empty file, repeated column names.</summary>
    public ImmutableArray<TableIssue> Issues => throw new NotImplementedException();

    /// <summary>The fields of a row, quotes removed.</summary>
    public ReadOnlySpan<string> Row(int row) => throw new NotImplementedException();

    /// <summary>Where a row stands in the text, from its first character to its last, without the line break.</summary>
    public TextRange RowRange(int row) => throw new NotImplementedException();

    /// <summary>Where a cell stands in the text, quotes included; row −1 is the header.</summary>
    public TextRange CellRange(int row, int column) => throw new NotImplementedException();

    /// <summary>The row whose text covers a line; −1 for the header; null for blank lines and lines past the end.</summary>
    public int? RowAt(int line) => throw new NotImplementedException();

    /// <summary>The cell under a position; null outside the table.</summary>
    public TableCell? CellAt(int line, int character) => throw new NotImplementedException();

    /// <summary>Parses a text. The delimiter is guessed from the header line when not given.</summary>
    public static Table Parse(string text, char? delimiter = null) => throw new NotImplementedException();

    /// <summary>Reads a file (UTF-8, or UTF-16 by its BOM).</summary>
    /// <exception cref="SampleException">Missing, unreadable, or not text.</exception>
    public static Table Read(string path, char? delimiter = null, CancellationToken cancellation = default) => throw new NotImplementedException();
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
