namespace ExplainLsp.Samples;

/// <summary>One row of a table as a sample.</summary>
/// <param name="table">The encoded rows.</param>
/// <param name="row">Which of them, from 0 (an index into <paramref name="table"/>, not a row number of the file).</param>
public sealed class TableRow(EncodedTable table, int row) : Sample
{
    private Feature[]? features;

    /// <summary>The encoded rows that this row is one of.</summary>
    public EncodedTable Table => table;

    /// <summary>Its index in <see cref="Table"/>.</summary>
    public int Index => row;

    /// <inheritdoc/>
    public override IReadOnlyList<Feature> Features =>
        features ??= [.. table.Encoder.Columns.Select((column, i) => new Feature(column.Name, table.Text(row, i)))];

    /// <inheritdoc/>
    public override InputBatch Encode()
    {
        var batch = table.Allocate(1);
        table.CopyRange(row, 1, batch);
        batch.Rows = 1;
        return batch;
    }
}
