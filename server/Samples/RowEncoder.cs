using System.Globalization;

namespace ExplainLsp.Samples;

/// <summary>Writes the cells of a table's rows into the tensors of a batch.</summary>
internal sealed class RowEncoder(TableEncoder encoder, Table table)
{
    // Categories repeat: one string a distinct text, as long as there are few of them.
    private const int MostPooledTexts = 256;

    // Doubles up to here are whole numbers one by one.
    private const double LargestExact = 1L << 53;

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
                missing += Write(batch, at, row, column, cursor) ? 0 : 1;

            // A model answers even to nothing, and its answer would look like any other.
            if (missing > 1 && missing == encoder.Columns.Length)
                throw new SampleException($"Row {row} has no values: all {missing} columns are missing{table.Where(row)}. Fill the row in or remove it.");
        }
        var columns = encoder.Columns;
        return new EncodedTable(
            encoder, batch, [.. rows], (row, column) => table.Cell(row, columns[column].Column),
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

    /// <summary>Writes a cell; false where it is missing.</summary>
    private bool Write(InputBatch batch, int at, int row, int column, RowCursor cursor)
    {
        var (data, offset, width) = encoder.Cells(batch, column);
        var index = (at * width) + offset;
        var cell = new Cell(cursor, encoder.Columns[column].Column);
        switch (data)
        {
            case string[] texts: texts[index] = Pool(column, cell.Text); break;
            case bool[] bools: bools[index] = cell.Bool ?? throw Refuse(row, column, cell.Text, "is not true or false", "Write true, false, 1 or 0"); break;
            case float[] floats:
                var single = Number(row, column, cell);
                floats[index] = (float)single;
                if (float.IsInfinity(floats[index]) && double.IsFinite(single))
                    throw Refuse(row, column, cell.Text, "is larger than a 32-bit float can hold", "Write a smaller number");
                break;
            case double[] doubles: doubles[index] = Number(row, column, cell); break;
            case long[] longs: longs[index] = Whole(row, column, cell, long.MinValue, long.MaxValue); break;
            case int[] ints: ints[index] = (int)Whole(row, column, cell, int.MinValue, int.MaxValue); break;
        }
        return !cell.IsMissing;
    }

    private double Number(int row, int column, Cell cell)
    {
        if (cell.IsMissing)
            return double.NaN;
        return cell.TryNumber(out var number) ? number : throw Refuse(row, column, cell.Text, "is not a number", "Write a number, or leave the cell empty");
    }

    private long Whole(int row, int column, Cell cell, long least, long most)
    {
        if (cell.IsMissing)
            throw Refuse(row, column, cell.Text, "is missing, and the model takes whole numbers here", "Write a whole number");
        if (cell.TryNumber(out var number) && number == Math.Floor(number) && Math.Abs(number) <= LargestExact && number >= least && number <= most)
            return (long)number;
        return long.TryParse(cell.Text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var whole) && whole >= least && whole <= most
            ? whole
            : throw Refuse(row, column, cell.Text, "is not a whole number", "Write a whole number");
    }

    private SampleException Refuse(int row, int column, ReadOnlySpan<char> text, string what, string remedy) =>
        new($"Row {row}, column {encoder.Columns[column].Name}: {(text.Length == 0 ? "the empty cell" : $"\"{Cells.Quote(text)}\"")} {what}{table.Where(row)}. {remedy}.");

    /// <summary>A cell, read once as number or as text.</summary>
    private readonly ref struct Cell
    {
        private readonly RowCursor cursor;
        private readonly int column;
        private readonly bool isNumber;
        private readonly double number;
        private readonly ReadOnlySpan<char> text;

        public Cell(RowCursor cursor, int column)
        {
            this.cursor = cursor;
            this.column = column;
            isNumber = cursor.TryNumber(column, out number);
            text = isNumber ? [] : cursor.Text(column);
        }

        public bool IsMissing => isNumber ? double.IsNaN(number) : Cells.IsMissing(text);

        public ReadOnlySpan<char> Text => isNumber ? cursor.Text(column) : text;

        public bool? Bool => isNumber
            ? number switch { 1 => true, 0 => false, _ => null }
            : text.Trim() switch
            {
                var word when word.Equals("true", StringComparison.OrdinalIgnoreCase) => true,
                var word when word.Equals("false", StringComparison.OrdinalIgnoreCase) => false,
                "1" or "1.0" => true,
                "0" or "0.0" => false,
                _ => null,
            };

        public bool TryNumber(out double value)
        {
            value = number;
            return isNumber || Cells.TryNumber(text, out value);
        }
    }
}
