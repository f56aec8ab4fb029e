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
        var texts = ImmutableArray.CreateBuilder<string>(rows.Count * encoder.Columns.Length);
        var fields = new Range[table.Header.Length];
        for (var at = 0; at < rows.Count; at++)
        {
            if ((at & 255) == 0)
                cancellation.ThrowIfCancellationRequested();
            var row = rows[at];
            if (row < 0 || row >= table.RowCount)
                throw new SampleException($"Row {row} does not exist: the file has {table.RowCount} row{(table.RowCount == 1 ? "" : "s")}, counted from 0.");
            if (table.FieldCount(row) != table.Header.Length)
                throw new SampleException(table.FieldCountMessage(row));
            table.Split(row, fields);
            var missing = 0;
            for (var column = 0; column < encoder.Columns.Length; column++)
            {
                var text = Pool(column, RawField.Value(table.Text[fields[encoder.Columns[column].Column]]));
                texts.Add(text);
                if (CellWriter.Write(encoder, batch, at, column, text) is { } fault)
                    throw new CellException($"Row {row}, column {encoder.Columns[column].Name}", table.LineOf(row) + 1, fault.Of(text), fault.Remedy);
                missing += Cells.IsMissing(text) ? 1 : 0;
            }

            // A model answers even to nothing, and its answer would look like any other.
            if (missing > 1 && missing == encoder.Columns.Length)
                throw new SampleException($"Row {row} has no values: all {missing} columns are missing (line {table.LineOf(row) + 1}). Fill the row in or remove it.");
        }
        var description = $"{rows.Count} row{(rows.Count == 1 ? "" : "s")}{(source is null ? "" : $" of {source}")}";
        return new EncodedTable(encoder, batch, [.. rows], texts.MoveToImmutable(), description);
    }

    private void CheckHeader()
    {
        foreach (var column in encoder.Columns)
        {
            if (column.Column >= table.Header.Length || table.Header[column.Column] != column.Name)
                throw new SampleException($"The header has no column \"{column.Name}\" at place {column.Column + 1} (line 1). Use a file with the same columns.");
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
