using System.Collections.Immutable;
using CsvHelper;

namespace ExplainLsp.Samples;

/// <summary>
/// A CSV or TSV text. Quoted fields with line breaks, other delimiters, BOM, CRLF and a last row half typed all parse; what does not fit
/// is a <see cref="TableIssue"/>, never an exception.
/// </summary>
internal sealed class DelimitedTable : TextTable
{
    /// <summary>A text whose first record is the header.</summary>
    public DelimitedTable(string text, char delimiter)
        : base(text, rowsBefore: 1)
    {
        Delimiter = delimiter;
        Records = TableParser.Parse(text, delimiter);
        Header = Records.Count > 0 ? ImmutableArray.Create(Fields(Records[0])) : [];
        Issues = FindIssues();
    }

    /// <summary>Rows from the middle of a file whose header is known.</summary>
    public DelimitedTable(string text, char delimiter, ImmutableArray<string> header)
        : base(text, rowsBefore: 0)
    {
        Delimiter = delimiter;
        Records = TableParser.Parse(text, delimiter);
        Header = header;
    }

    /// <inheritdoc/>
    public override ImmutableArray<TableIssue> Issues { get; } = [];

    /// <inheritdoc/>
    public override char Delimiter { get; }

    /// <inheritdoc/>
    public override ReadOnlySpan<string> Row(int row) => Fields(Record(row));

    /// <inheritdoc/>
    public override string Cell(int row, int column) =>
        CellIn(Record(row), column) is { } range ? RawField.Value(Text[range]).ToString() : "";

    /// <inheritdoc/>
    internal override RowCursor Open(CancellationToken cancellation) => new Cursor(this);

    /// <inheritdoc/>
    internal override RowFlaw? FlawOf(int row) => Record(row).Fields == Header.Length ? null : new RowFlaw(
        $"has {Count(FieldCount(row), "field")}, the header has {Header.Length}", "Fix the row, or quote a field that holds the delimiter");

    /// <inheritdoc/>
    internal override string? Written(int row, int column) => CellIn(Record(row), column) is { } range ? Text[range].ToString() : null;

    private protected override Range? CellIn(TableRecord record, int column)
    {
        if (column < 0 || column >= record.Fields)
            return null;
        Span<Range> fields = record.Fields <= 256 ? stackalloc Range[record.Fields] : new Range[record.Fields];
        Split(record, fields);
        return fields[column];
    }

    private protected override int? ColumnAt(TableRecord record, int offset)
    {
        Span<Range> fields = record.Fields <= 256 ? stackalloc Range[record.Fields] : new Range[record.Fields];
        Split(record, fields);
        var column = 0;
        while (column < fields.Length - 1 && fields[column].End.Value < offset)
            column++;
        return column;
    }

    private void Split(TableRecord record, Span<Range> fields)
    {
        var at = record.Start;
        for (var i = 0; i < record.Fields; i++)
        {
            var end = RawField.End(Text, at, record.End, Delimiter);
            fields[i] = at..end;
            at = Math.Min(end + 1, record.End);
        }
    }

    private string[] Fields(TableRecord record)
    {
        var ranges = new Range[record.Fields];
        Split(record, ranges);
        return Array.ConvertAll(ranges, range => RawField.Value(Text[range]).ToString());
    }

    private ImmutableArray<TableIssue> FindIssues()
    {
        if (Records.Count == 0)
            return [new TableIssue(null, 0, "The file is empty. Add a header line and rows.")];
        var issues = ImmutableArray.CreateBuilder<TableIssue>();
        foreach (var name in Header.GroupBy(name => name).Where(group => group.Count() > 1).Select(group => group.Key))
            issues.Add(new TableIssue(-1, Line(-1), $"The column name \"{name}\" stands twice in the header{Where(-1)}. Rename one of them."));
        for (var row = -1; row < RowCount && issues.Count < MostIssues; row++)
        {
            var record = Records[row + 1];
            if (record.Malformed is null && record.Fields == Header.Length)
                continue;
            var who = row < 0 ? "The header" : $"Row {row}";
            if (record.Malformed is CsvMalformedReason.UnterminatedQuote or CsvMalformedReason.LineBreakInQuotes)
                issues.Add(new TableIssue(row, Line(row), $"{who} has a quote that does not end{Where(row)}. Close the quote, or double it to write one."));
            else if (record.Malformed is CsvMalformedReason.TextAfterClosingQuote)
                issues.Add(new TableIssue(row, Line(row), $"{who} has text after a closing quote{Where(row)}. Double the quotes inside a quoted field."));
            if (ProblemOfRow(row) is { } problem)
                issues.Add(new TableIssue(row, Line(row), problem));
        }
        if (RowCount == 0)
            issues.Add(new TableIssue(null, Line(-1), $"The file has a header and no rows{Where(-1)}. Add a row."));
        return issues.ToImmutable();
    }

    private int Line(int row) => LineOf(row)!.Value;

    private sealed class Cursor(DelimitedTable table) : RowCursor
    {
        private readonly Range[] fields = new Range[table.Header.Length];

        public override void MoveTo(int row) => table.Split(table.Record(row), fields);

        public override ReadOnlySpan<char> Text(int column) => RawField.Value(table.Text[fields[column]]);

        public override bool TryNumber(int column, out double number)
        {
            number = 0;
            return false;
        }
    }
}
