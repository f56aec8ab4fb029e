using System.Collections.Immutable;
using System.Globalization;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Tables;

/// <summary>The rows that a method looks at, a stretch at a time: of a table in memory, or of a file that goes by.</summary>
internal sealed class RowStretches
{
    private readonly GlobalRequest request;

    private RowStretches(GlobalRequest request, int most)
    {
        this.request = request;
        Total = request.Stream?.RowCount ?? request.Table.RowCount;
        Count = Math.Min(most, Total);
    }

    /// <summary>Rows that are looked at, faulty ones of a stream included.</summary>
    public int Count { get; }

    /// <summary>Rows of the file.</summary>
    public int Total { get; }

    /// <summary>As many rows as the option <c>samples</c> says, an even spread of them.</summary>
    /// <param name="options">The options.</param>
    /// <param name="request">Table or stream.</param>
    /// <param name="fallback">Rows at most where the option is not given.</param>
    public static RowStretches Of(OptionReader options, GlobalRequest request, int fallback) =>
        new(request, TableRequest.Samples(options, fallback));

    /// <summary>The rows in order: a table, and which of its rows are meant.</summary>
    /// <param name="size">Rows of a stretch at most.</param>
    /// <param name="cancellation">Honoured between rows.</param>
    public IEnumerable<(EncodedTable Table, ImmutableArray<int> Rows)> Of(int size, CancellationToken cancellation)
    {
        if (request.Stream is { } stream)
        {
            foreach (EncodedTable block in stream.Blocks(Count, size, cancellation))
                yield return (block, [.. Enumerable.Range(0, block.RowCount)]);
            yield break;
        }
        ImmutableArray<int> rows = RowSelection.EvenSpread(Total, Count);
        for (int start = 0; start < rows.Length; start += size)
            yield return (request.Table, rows[start..Math.Min(rows.Length, start + size)]);
    }

    /// <summary>What a reader must know of the rows.</summary>
    /// <param name="done">Rows looked at so far.</param>
    /// <param name="all">Whether there will be no more.</param>
    public IEnumerable<string> Warnings(long done, bool all)
    {
        if (!all)
            yield return string.Create(CultureInfo.InvariantCulture, $"Stopped at {done:N0} of {Count:N0} rows. The values are of the first rows of the file.");
        if (TableRequest.SpreadWarning(Count, Total) is { } warning)
            yield return warning;
    }
}
