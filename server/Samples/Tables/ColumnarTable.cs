using System.Collections.Immutable;
using System.Security.Cryptography;

namespace ExplainLsp.Samples;

/// <summary>
/// A file that holds columns in stretches of rows (Parquet's row groups, Arrow's record batches). A stretch is read when one of its
/// cells is asked for, and of it only the columns that are; the stretches used last stay in memory.
/// </summary>
internal abstract class ColumnarTable : Table
{
    // The stretch in use always stays, however large it is.
    private const long BytesKept = 64L << 20;

    private readonly string path;
    private readonly DateTime written;
    private readonly int[] starts;
    private readonly Lock gate = new();
    private readonly LinkedList<(int Number, TableColumn?[] Columns)> recent = [];

    /// <param name="path">The file.</param>
    /// <param name="header">Its columns.</param>
    /// <param name="rows">Rows of each stretch.</param>
    /// <exception cref="SampleException">More rows than can be counted.</exception>
    private protected ColumnarTable(string path, ImmutableArray<string> header, IReadOnlyList<long> rows)
        : base(header)
    {
        this.path = path;
        written = File.GetLastWriteTimeUtc(path);
        if (rows.Sum() > int.MaxValue)
            throw new SampleException($"{Name} has {rows.Sum():N0} rows, and at most {int.MaxValue:N0} can be read. Split it into several files.");
        starts = new int[rows.Count + 1];
        for (var i = 0; i < rows.Count; i++)
            starts[i + 1] = starts[i] + (int)rows[i];
    }

    /// <inheritdoc/>
    public sealed override int RowCount => starts[^1];

    /// <summary>The file.</summary>
    private protected string FilePath => path;

    /// <summary>The file's name.</summary>
    private protected string Name => Path.GetFileName(path);

    /// <inheritdoc/>
    public sealed override string Cell(int row, int column)
    {
        CheckRow(row);
        if (column < 0 || column >= Header.Length)
            return "";
        if (row < 0)
            return Header[column];
        var stretch = StretchOf(row);
        return Column(stretch, column, CancellationToken.None).Text(row - starts[stretch]);
    }

    /// <inheritdoc/>
    internal sealed override RowCursor Open(CancellationToken cancellation) => new Cursor(this, cancellation);

    /// <summary>Reads a column of a stretch.</summary>
    /// <exception cref="SampleException">It cannot be read, or holds what no cell can show.</exception>
    private protected abstract TableColumn Load(int stretch, int column, CancellationToken cancellation);

    /// <summary>Reads bytes of a file, with a sentence for each thing that goes wrong.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">"a Parquet file", for messages.</param>
    /// <param name="read">Reads; whatever it throws means that the file is damaged.</param>
    private protected static T Guard<T>(string path, string format, Func<FileStream, T> read)
    {
        try
        {
            return TextFile.Guard(path, read);
        }
        catch (Exception e) when (e is not (SampleException or OperationCanceledException))
        {
            throw new SampleException($"{Path.GetFileName(path)} cannot be read as {format}: it is damaged or cut short. Write or copy it again.", e);
        }
    }

    private protected override string Hash()
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 20);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private int StretchOf(int row)
    {
        var found = Array.BinarySearch(starts, row);
        if (found < 0)
            return ~found - 1;
        // Empty stretches start where the next one does.
        while (starts[found + 1] == row)
            found++;
        return found;
    }

    private TableColumn Column(int stretch, int column, CancellationToken cancellation)
    {
        lock (gate)
        {
            var node = recent.First;
            while (node is not null && node.Value.Number != stretch)
                node = node.Next;
            if (node is null)
                node = new LinkedListNode<(int, TableColumn?[])>((stretch, new TableColumn?[Header.Length]));
            else
                recent.Remove(node);
            recent.AddFirst(node);
            if (node.Value.Columns[column] is { } known)
                return known;
            cancellation.ThrowIfCancellationRequested();
            if (ProblemOf(column) is { } problem)
                throw new SampleException(problem);
            if (!File.Exists(path) || File.GetLastWriteTimeUtc(path) != written)
                throw new SampleException($"{Name} changed while it was read. Read it again when it is written.");
            var loaded = node.Value.Columns[column] = Load(stretch, column, cancellation);
            while (recent.Count > 1 && recent.Sum(kept => kept.Columns.Sum(each => each?.Bytes ?? 0)) > BytesKept)
                recent.RemoveLast();
            return loaded;
        }
    }

    private sealed class Cursor(ColumnarTable table, CancellationToken cancellation) : RowCursor
    {
        private readonly TableColumn?[] columns = new TableColumn?[table.Header.Length];
        private int stretch = -1;
        private int first, end;
        private int at;

        public override void MoveTo(int row)
        {
            if (row < first || row >= end)
            {
                Array.Clear(columns);
                stretch = table.StretchOf(row);
                (first, end) = (table.starts[stretch], table.starts[stretch + 1]);
            }
            at = row - first;
        }

        public override ReadOnlySpan<char> Text(int column) => Column(column).Text(at);

        public override bool TryNumber(int column, out double number) => Column(column).TryNumber(at, out number);

        private TableColumn Column(int column) => columns[column] ??= table.Column(stretch, column, cancellation);
    }
}
