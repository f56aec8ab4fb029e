using System.Collections.Immutable;

namespace ExplainLsp.Samples;

/// <summary>Writes the cells of a table's rows into the tensors of a batch.</summary>
internal sealed class RowEncoder(TableEncoder encoder, Table table)
{
    // Categories repeat: one string a distinct text, as long as there are few of them.
    private const int MostPooledTexts = 256;

    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>>[] pools =
        [.. encoder.Columns.Select(_ => new HashSet<string>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>())];

    public EncodedTable Encode(IReadOnlyList<int> rows, string? source, CancellationToken cancellation)
    {
        if (!table.Header.AsSpan().SequenceEqual(encoder.Header.AsSpan()))
            CheckHeader();
        var batch = encoder.Allocate(rows.Count);
        batch.Rows = rows.Count;
        var cursor = table.Open(cancellation);
        for (var at = 0; at < rows.Count; at++)
        {
            if ((at & 255) == 0)
                cancellation.ThrowIfCancellationRequested();
            var row = rows[at];
            if (row < 0 || row >= table.RowCount)
                throw new SampleException($"Row {row} does not exist: the file has {Table.Count(table.RowCount, "row")}, counted from 0.");
            if (table.ProblemOfRow(row) is { } problem)
                throw new SampleException(problem);
            cursor.MoveTo(row);
            var missing = 0;
            for (var column = 0; column < encoder.Columns.Length; column++)
            {
                var cell = new CellValue(cursor, encoder.Columns[column].Column);
                if (CellWriter.Write(encoder, batch, at, column, cell, text => Pool(column, text)) is { } fault)
                    throw new CellException($"Row {row}, column {encoder.Columns[column].Name}", table.LineOf(row) + 1, fault.Of(cell.Text), fault.Remedy);
                missing += cell.IsMissing ? 1 : 0;
            }

            // A model answers even to nothing, and its answer would look like any other.
            if (missing > 1 && missing == encoder.Columns.Length)
                throw new SampleException($"Row {row} has no values: all {missing} columns are missing{table.Where(row)}. Fill the row in or remove it.");
        }
        var (columns, numbers) = (encoder.Columns, rows.ToImmutableArray());
        return new EncodedTable(
            encoder, batch, numbers, (row, column) => table.Cell(numbers[row], columns[column].Column),
            $"{Table.Count(rows.Count, "row")}{(source is null ? "" : $" of {source}")}");
    }

    private void CheckHeader()
    {
        foreach (var column in encoder.Columns)
        {
            if (column.Column >= table.Header.Length || table.Header[column.Column] != column.Name)
                throw new SampleException($"The header has no column \"{column.Name}\" at place {column.Column + 1}{table.Where(-1)}. Use a file with the same columns.");
        }
    }

    private string Pool(int column, ReadOnlySpan<char> text)
    {
        // A full pool means that texts hardly repeat: looking them up would cost more than it saves.
        if (pools[column].Set.Count == MostPooledTexts)
            return text.ToString();
        if (pools[column].TryGetValue(text, out var known))
            return known;
        var made = text.ToString();
        pools[column].Set.Add(made);
        return made;
    }
}
