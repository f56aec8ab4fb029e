using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace ExplainLsp.Samples;

/// <summary>A table that is a text, held in memory: knows where each row and cell stands.</summary>
/// <remarks>Keeps the text and the offsets of its records; fields are cut when they are asked for.</remarks>
internal abstract class TextTable : Table
{
    // A file with the wrong delimiter has one issue a row; nobody reads more than these.
    private protected const int MostIssues = 1000;

    private readonly string text;
    private readonly TextLines lines;
    private readonly int rowsBefore;
    private List<TableRecord> records = [];

    /// <summary>A text whose records are found by the derived class.</summary>
    /// <param name="text">The text.</param>
    /// <param name="rowsBefore">Records that are no rows: 1 for a header line, else 0.</param>
    private protected TextTable(string text, int rowsBefore)
        : base([])
    {
        this.text = text;
        this.rowsBefore = rowsBefore;
        lines = new TextLines(text);
    }

    /// <inheritdoc/>
    public sealed override int RowCount => Math.Max(0, records.Count - rowsBefore);

    /// <inheritdoc/>
    public sealed override int FieldCount(int row) => HasRecord(row) ? Record(row).Fields : Header.Length;

    /// <inheritdoc/>
    public sealed override TextRange RowRange(int row) => HasRecord(row) ? lines.Range(Record(row).Start, Record(row).End) : default;

    /// <inheritdoc/>
    public sealed override int? LineOf(int row) => HasRecord(row) ? lines.LineOf(Record(row).Start) : null;

    /// <inheritdoc/>
    public sealed override TextRange CellRange(int row, int column)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(column);
        if (!HasRecord(row))
            return default;
        var record = Record(row);
        return CellIn(record, column) is { } range ? lines.Range(range.Start.Value, range.End.Value) : lines.Range(record.End, record.End);
    }

    /// <inheritdoc/>
    public sealed override int? RowAt(int line)
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
                return middle - rowsBefore;
        }
        return null;
    }

    /// <inheritdoc/>
    public sealed override TableCell? CellAt(int line, int character)
    {
        if (character < 0 || RowAt(line) is not { } row)
            return null;
        var offset = lines.OffsetOf(line, character);
        var record = Record(row);
        return offset <= record.End && ColumnAt(record, offset) is { } column ? new TableCell(row, column) : null;
    }

    /// <summary>Line breaks in the text.</summary>
    internal int LineBreaks => lines.Count - 1;

    /// <summary>The text that was parsed.</summary>
    internal ReadOnlySpan<char> Text => text;

    /// <summary>The records, in order; set once by the derived class.</summary>
    private protected List<TableRecord> Records
    {
        get => records;
        set
        {
            records = value;
            records.TrimExcess();
        }
    }

    /// <summary>Where a cell of a record stands; null where there is none.</summary>
    private protected abstract Range? CellIn(TableRecord record, int column);

    /// <summary>The column of the cell at an offset within a record; null for none.</summary>
    private protected abstract int? ColumnAt(TableRecord record, int offset);

    /// <summary>The record of a row, or of the header where it has one.</summary>
    internal TableRecord Record(int row)
    {
        if (!HasRecord(row))
            throw new ArgumentOutOfRangeException(nameof(row));
        return records[row + rowsBefore];
    }

    private protected bool HasRecord(int row)
    {
        CheckRow(row);
        return row + rowsBefore >= 0 && row + rowsBefore < records.Count;
    }

    private protected override string Hash() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
