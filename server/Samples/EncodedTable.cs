using System.Collections.Immutable;

namespace ExplainLsp.Samples;

/// <summary>Reads a cell as the user wrote it.</summary>
/// <param name="row">The row, by its index in the table.</param>
/// <param name="column">The column, by its number among the encoder's.</param>
public delegate string CellReader(int row, int column);

/// <summary>Rows of a table as model input, with the columns they came from. Read-only once made.</summary>
/// <param name="Encoder">How columns became inputs.</param>
/// <param name="Batch">All rows, one tensor an input.</param>
/// <param name="RowNumbers">The rows' numbers in their file, from 0.</param>
/// <param name="TextOf">A cell as the user wrote it, read when asked for.</param>
/// <param name="Description">Where the rows come from, in words: "20 rows of train.csv".</param>
public sealed record EncodedTable(
    TableEncoder Encoder, InputBatch Batch, ImmutableArray<int> RowNumbers, CellReader TextOf, string Description)
{
    private readonly ColumnStatistics?[] statistics = new ColumnStatistics?[Encoder.Columns.Length];

    private EncodedTable(EncodedTable original)
    {
        // A changed copy has statistics of its own.
        (Encoder, Batch, RowNumbers, TextOf, Description) = original;
        statistics = new ColumnStatistics?[original.Encoder.Columns.Length];
    }

    /// <summary>Number of rows.</summary>
    public int RowCount => RowNumbers.Length;

    /// <summary>Number of features.</summary>
    public int ColumnCount => Encoder.Columns.Length;

    /// <summary>A numeric cell as the model sees it (rounded to the input's own type); NaN when missing; 0 or 1 for a bool.</summary>
    /// <exception cref="InvalidOperationException">The column is text.</exception>
    public double Number(int row, int column)
    {
        var (data, offset, width) = Encoder.Cells(Batch, column);
        var at = (row * width) + offset;
        return data switch
        {
            float[] floats => floats[at],
            double[] doubles => doubles[at],
            long[] longs => longs[at],
            int[] ints => ints[at],
            bool[] bools => bools[at] ? 1 : 0,
            _ => throw new InvalidOperationException($"Column {Encoder.Columns[column].Name} is text."),
        };
    }

    /// <summary>A cell as the user wrote it.</summary>
    public string Text(int row, int column)
    {
        var (data, offset, width) = Encoder.Cells(Batch, column);
        return data is string[] texts ? texts[(row * width) + offset] : TextOf(row, column);
    }

    /// <summary>What is known about a column over these rows; computed once.</summary>
    public ColumnStatistics Statistics(int column) => statistics[column] ??= ColumnStatistics.Of(this, column);

    /// <summary>An empty batch with room for <paramref name="rows"/> rows.</summary>
    public InputBatch Allocate(int rows) => Encoder.Allocate(rows);

    /// <summary>Copies rows of this table (a number may come more than once) into a batch, from its row <paramref name="at"/> on.</summary>
    public void CopyRows(ReadOnlySpan<int> rows, InputBatch batch, int at = 0)
    {
        for (var i = 0; i < batch.Tensors.Length; i++)
        {
            var width = Encoder.Widths[i];
            for (var k = 0; k < rows.Length; k++)
                Array.Copy(Batch.Tensors[i].Data, rows[k] * width, batch.Tensors[i].Data, (at + k) * width, width);
        }
    }

    /// <summary>Copies a stretch of rows of this table into a batch, from its row <paramref name="at"/> on.</summary>
    public void CopyRange(int from, int count, InputBatch batch, int at = 0)
    {
        for (var i = 0; i < batch.Tensors.Length; i++)
        {
            var width = Encoder.Widths[i];
            Array.Copy(Batch.Tensors[i].Data, from * width, batch.Tensors[i].Data, at * width, count * width);
        }
    }

    /// <summary>Copies one row of this table <paramref name="count"/> times into a batch, from its row <paramref name="at"/> on.</summary>
    public void RepeatRow(int row, int count, InputBatch batch, int at = 0)
    {
        for (var k = 0; k < count; k++)
            CopyRange(row, 1, batch, at + k);
    }

    /// <summary>
    /// Overwrites one column of a batch, from its row <paramref name="at"/> on, with that column's values in rows of this table: a
    /// permutation of all rows for permutation importance.
    /// </summary>
    public void CopyColumn(int column, ReadOnlySpan<int> rows, InputBatch batch, int at = 0)
    {
        var (target, offset, width) = Encoder.Cells(batch, column);
        switch (Encoder.Cells(Batch, column).Data)
        {
            case float[] source: Strided.Gather(source, rows, (float[])target, offset, width, at); break;
            case double[] source: Strided.Gather(source, rows, (double[])target, offset, width, at); break;
            case long[] source: Strided.Gather(source, rows, (long[])target, offset, width, at); break;
            case int[] source: Strided.Gather(source, rows, (int[])target, offset, width, at); break;
            case bool[] source: Strided.Gather(source, rows, (bool[])target, offset, width, at); break;
            case string[] source: Strided.Gather(source, rows, (string[])target, offset, width, at); break;
        }
    }

    /// <summary>Overwrites one numeric column in a stretch of a batch's rows with one number, as <see cref="TableEncoder.SetColumn(InputBatch, int, int, int, double)"/>.</summary>
    public void SetColumn(InputBatch batch, int column, int from, int count, double number) =>
        Encoder.SetColumn(batch, column, from, count, number);

    /// <summary>Overwrites one text column in a stretch of a batch's rows with one text.</summary>
    public void SetColumn(InputBatch batch, int column, int from, int count, string text) =>
        Encoder.SetColumn(batch, column, from, count, text);

    /// <summary>Some of these rows (by index into this table) as a table of their own.</summary>
    public EncodedTable Select(IReadOnlyList<int> rows, string description)
    {
        int[] indices = [.. rows];
        var batch = Encoder.Allocate(indices.Length);
        CopyRows(indices, batch);
        batch.Rows = indices.Length;
        return new EncodedTable(Encoder, batch, [.. indices.Select(row => RowNumbers[row])], (row, column) => TextOf(indices[row], column), description);
    }

    /// <summary>Copies of one row, each with some cells written anew, encoded as if the file held them. Their row numbers are the row's.</summary>
    /// <param name="row">A row of this table.</param>
    /// <param name="copies">The changed cells of each copy: text by the column's number.</param>
    /// <exception cref="SampleException">A text that the model cannot take; names the column.</exception>
    public EncodedTable WithCells(int row, IReadOnlyList<IReadOnlyDictionary<int, string>> copies)
    {
        var batch = Encoder.Allocate(copies.Count);
        RepeatRow(row, copies.Count, batch);
        batch.Rows = copies.Count;
        string[] texts = [.. copies.SelectMany(_ => Enumerable.Range(0, ColumnCount).Select(column => Text(row, column)))];
        for (var copy = 0; copy < copies.Count; copy++)
        {
            foreach (var (column, text) in copies[copy])
            {
                if (CellWriter.Write(Encoder, batch, copy, column, new CellValue(text), written => written.ToString()) is { } fault)
                    throw new SampleException($"Column {Encoder.Columns[column].Name}: {fault.Of(text)}. {fault.Remedy}.");
                texts[(copy * ColumnCount) + column] = text;
            }
        }
        return new EncodedTable(Encoder, batch, [.. copies.Select(_ => RowNumbers[row])], (copy, column) => texts[(copy * ColumnCount) + column], $"changed copies of row {RowNumbers[row]}");
    }

    /// <summary>
    /// One row that stands for all: the mean of float columns (missing cells left out), the most frequent value of the others (the first
    /// to appear among equals). Its row number is −1.
    /// </summary>
    public EncodedTable Means()
    {
        var batch = Encoder.Allocate(1);
        batch.Rows = 1;
        var texts = ImmutableArray.CreateBuilder<string>(ColumnCount);
        for (var column = 0; column < ColumnCount; column++)
        {
            var known = Statistics(column);
            if (Encoder.Columns[column].ElementType == typeof(float) || Encoder.Columns[column].ElementType == typeof(double))
            {
                Encoder.SetColumn(batch, column, 0, 1, known.Mean);
                texts.Add(known.Mean.ToString("R", System.Globalization.CultureInfo.InvariantCulture));
            }
            else
            {
                CopyColumn(column, [known.MostFrequentRow], batch);
                texts.Add(Text(known.MostFrequentRow, column));
            }
        }
        var written = texts.MoveToImmutable();
        return new EncodedTable(Encoder, batch, [-1], (_, column) => written[column], $"the mean of {Description}");
    }

    /// <summary>Tables are equal when they are the same object: their buffers are too large to compare.</summary>
    public bool Equals(EncodedTable? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}
