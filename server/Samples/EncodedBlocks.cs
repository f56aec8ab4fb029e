namespace ExplainLsp.Samples;

/// <summary>
/// The rows of a table as model input, a bounded number at a time, for files that do not fit into memory. Faulty rows are left out, about
/// which <see cref="Warning"/> tells. Read again from the beginning at each pass; one pass at a time.
/// </summary>
/// <param name="table">The rows.</param>
/// <param name="encoder">How columns become inputs.</param>
/// <param name="source">The file's name, for descriptions and messages.</param>
/// <param name="blockRows">Rows that may be in memory at a time, 1 or more.</param>
public sealed class EncodedBlocks(Table table, TableEncoder encoder, string source, int blockRows)
{
    private readonly SortedDictionary<int, string> problems = [];

    /// <summary>How columns become inputs.</summary>
    public TableEncoder Encoder => encoder;

    /// <summary>Rows of the file, faulty ones included.</summary>
    public int RowCount => table.RowCount;

    /// <summary>Rows that may be in memory at a time.</summary>
    public int BlockRows => blockRows;

    /// <summary>What was left out in the passes so far, in a sentence; null when nothing was.</summary>
    public string? Warning => problems.Count == 0 ? null
        : $"{problems.Count} of {RowCount} rows could not be read and were left out. First: {problems.First().Value}";

    /// <summary>The rows, or an even spread of them, in order.</summary>
    /// <param name="most">Rows at most.</param>
    /// <param name="size">Rows of a block at most; never more than <see cref="BlockRows"/>.</param>
    /// <param name="cancellation">Honoured between rows.</param>
    /// <exception cref="SampleException">The file cannot be read, or no row of it.</exception>
    public IEnumerable<EncodedTable> Blocks(int most, int size, CancellationToken cancellation)
    {
        var count = Math.Min(most, RowCount);
        size = Math.Min(size, blockRows);
        var found = false;
        for (var from = 0; from < count; from += size)
        {
            var rows = new int[Math.Min(size, count - from)];
            for (var i = 0; i < rows.Length; i++)
                rows[i] = (int)((long)(from + i) * RowCount / count);
            if (GoodRows.Encode(block => encoder.Encode(table, block, source, cancellation), rows, problems, cancellation) is not { } block)
                continue;
            found = true;
            yield return block;
        }
        if (!found)
            throw new SampleException($"No row of {source} can be read. {problems.FirstOrDefault().Value}");
    }
}
