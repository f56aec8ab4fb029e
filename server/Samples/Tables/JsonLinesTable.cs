using System.Collections.Immutable;

namespace ExplainLsp.Samples;

/// <summary>
/// JSON lines: one object a line, its keys the columns in order of first appearance. An object in an object is flattened with dots
/// (<c>address.city</c>); a key that is not there, and null, are missing cells. A line that is no object, or holds a list, is a
/// <see cref="TableIssue"/>, never an exception.
/// </summary>
internal sealed class JsonLinesTable : TextTable
{
    private readonly Dictionary<string, int> columns = new(StringComparer.Ordinal);
    private readonly Dictionary<int, RowFlaw> flaws = [];

    /// <summary>A whole text.</summary>
    public JsonLinesTable(string text)
        : this(text, null)
    {
    }

    /// <summary>Lines from the middle of a file whose columns are known; null to find them.</summary>
    public JsonLinesTable(string text, ImmutableArray<string>? header)
        : base(text, rowsBefore: 0)
    {
        foreach (var name in header ?? [])
            columns.Add(name, columns.Count);
        List<(int Start, int End)> places = [];
        for (var at = text is ['\uFEFF', ..] ? 1 : 0; at < text.Length;)
        {
            var length = Text[at..].IndexOfAny('\n', '\r');
            var end = length < 0 ? text.Length : at + length;
            if (!Text[at..end].IsWhiteSpace())
            {
                var line = JsonLine.Parse(Text[at..end]);
                if (line.Flaw is { } flaw)
                    flaws.Add(places.Count, flaw);
                foreach (var cell in line.Cells)
                    columns.TryAdd(cell.Name, columns.Count);
                places.Add((at, end));
            }
            at = end + TextLines.BreakLength(text, end);
        }
        // Malformed lines show no cells; the others have one for each column, perhaps a missing one.
        Records = [.. places.Select((place, row) => new TableRecord(place.Start, place.End, flaws.ContainsKey(row) ? 0 : columns.Count, null))];
        Header = [.. columns.Keys];
        Issues = FindIssues();
    }

    /// <inheritdoc/>
    public override ImmutableArray<TableIssue> Issues { get; }

    /// <inheritdoc/>
    public override ReadOnlySpan<string> Row(int row)
    {
        var record = Record(row);
        var cells = new string[record.Fields];
        Array.Fill(cells, "");
        foreach (var cell in cells.Length == 0 ? [] : CellsOf(record))
            cells[columns[cell.Name]] = cell.Value;
        return cells;
    }

    /// <inheritdoc/>
    public override string Cell(int row, int column)
    {
        if (row < 0)
            return column >= 0 && column < Header.Length ? Header[column] : "";
        var record = Record(row);
        return record.Fields == 0 || column < 0 || column >= Header.Length ? "" : CellsOf(record).LastOrDefault(cell => columns[cell.Name] == column).Value ?? "";
    }

    /// <inheritdoc/>
    internal override RowCursor Open(CancellationToken cancellation) => new Cursor(this);

    /// <inheritdoc/>
    internal override RowFlaw? FlawOf(int row) => flaws.GetValueOrDefault(row);

    private protected override Range? CellIn(TableRecord record, int column)
    {
        foreach (var cell in CellsOf(record))
        {
            if (columns.TryGetValue(cell.Name, out var found) && found == column)
                return (record.Start + cell.ValueStart)..(record.Start + cell.ValueEnd);
        }
        return null;
    }

    /// <summary>A key belongs to its value's cell, and so does what stands between them.</summary>
    private protected override int? ColumnAt(TableRecord record, int offset)
    {
        foreach (var cell in record.Fields == 0 ? [] : CellsOf(record))
        {
            if (offset >= record.Start + cell.KeyStart && offset <= record.Start + cell.ValueEnd)
                return columns[cell.Name];
        }
        return null;
    }

    private List<JsonCell> CellsOf(TableRecord record) => JsonLine.Parse(Text[record.Start..record.End]).Cells;

    private ImmutableArray<TableIssue> FindIssues()
    {
        if (RowCount == 0)
            return [new TableIssue(null, 0, "The file is empty. Write one JSON object a line.")];
        return [.. flaws.Keys.Order().Take(MostIssues).Select(row => new TableIssue(row, LineOf(row)!.Value, ProblemOfRow(row)!))];
    }

    private sealed class Cursor(JsonLinesTable table) : RowCursor
    {
        private readonly string?[] cells = new string?[table.Header.Length];

        public override void MoveTo(int row)
        {
            Array.Clear(cells);
            foreach (var cell in table.CellsOf(table.Record(row)))
                cells[table.columns[cell.Name]] = cell.Value;
        }

        public override ReadOnlySpan<char> Text(int column) => cells[column];

        public override bool TryNumber(int column, out double number)
        {
            number = 0;
            return false;
        }
    }
}
