using System.Buffers;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace ExplainLsp.Samples;

/// <summary>
/// A large CSV, TSV or JSON lines file that stays on disk: what stands where is found in one pass, and stretches of it are parsed again
/// when their rows are asked for.
/// </summary>
internal sealed class PagedTable : Table
{
    private const long LargestInMemory = 32L << 20;
    private const int PageBytes = 4 << 20;
    private const int PagesKept = 4;

    private readonly string path;
    private readonly DateTime written;
    private readonly Func<string, int, TextTable> parse;
    private readonly ImmutableArray<Page> pages;
    private readonly string hash;
    private readonly Lock gate = new();
    private readonly LinkedList<(int Number, TextTable Table)> recent = [];

    private PagedTable(
        string path, ImmutableArray<string> header, ImmutableArray<Page> pages, ImmutableArray<TableIssue> issues, string hash, Func<string, int, TextTable> parse)
        : base(header)
    {
        this.path = path;
        this.pages = pages;
        this.hash = hash;
        this.parse = parse;
        written = File.GetLastWriteTimeUtc(path);
        Issues = issues;
        RowCount = pages.IsEmpty ? 0 : pages[^1].FirstRow + pages[^1].Rows;
    }

    /// <inheritdoc/>
    public override int RowCount { get; }

    /// <inheritdoc/>
    public override ImmutableArray<TableIssue> Issues { get; }

    /// <summary>Whether a file is too large to be held as a text.</summary>
    public static bool Fits(string path) => new FileInfo(path) is { Exists: true, Length: > LargestInMemory };

    /// <summary>Finds the pages of a file.</summary>
    /// <param name="path">The file; UTF-8.</param>
    /// <param name="cancellation">Honoured between pages.</param>
    /// <param name="pageBytes">Bytes of a page, about.</param>
    /// <exception cref="SampleException">Missing, unreadable, or not text in UTF-8.</exception>
    public static PagedTable Open(string path, CancellationToken cancellation, int pageBytes = PageBytes) => TextFile.Guard(path, stream =>
    {
        var jsonLines = TableFormats.Of(path) == TableFormat.JsonLines;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var reader = new PageReader(stream, Path.GetFileName(path), pageBytes);
        var columns = new OrderedColumns();
        var pages = ImmutableArray.CreateBuilder<Page>();
        var issues = ImmutableArray<TableIssue>.Empty;
        var delimiter = '\n';
        long rows = 0;
        for (var line = 0; reader.Next(delimiter, out var bytes, cancellation);)
        {
            var text = Encoding.UTF8.GetString(bytes);
            if (pages.Count == 0 && !jsonLines)
            {
                // The first page is cut again with the delimiter that its header tells.
                delimiter = TableFormats.DelimiterOf(path, text) ?? TableParser.GuessDelimiter(text);
                reader.Again();
                reader.Next(delimiter, out bytes, cancellation);
                text = Encoding.UTF8.GetString(bytes);
            }
            TextTable page = jsonLines ? new JsonLinesTable(text)
                : pages.Count == 0 ? new DelimitedTable(text, delimiter)
                : new DelimitedTable(text, delimiter, columns.Names);
            columns.Add(page.Header);
            if (pages.Count == 0)
                issues = [.. page.Issues.Where(issue => issue.Row is -1)];
            pages.Add(new Page(reader.Offset, bytes.Length, (int)rows, page.RowCount, line));
            hash.AppendData(bytes);
            line += page.LineBreaks;
            rows += page.RowCount;
            if (rows > int.MaxValue)
                throw new SampleException($"{Path.GetFileName(path)} has more than {int.MaxValue:N0} rows. Split it into several files.");
        }
        var header = columns.Names;
        return new PagedTable(
            path, header, pages.ToImmutable(), issues, Convert.ToHexStringLower(hash.GetHashAndReset()),
            (text, page) => jsonLines ? new JsonLinesTable(text, header) : page == 0 ? new DelimitedTable(text, delimiter) : new DelimitedTable(text, delimiter, header));
    });

    /// <inheritdoc/>
    public override char Delimiter => RowCount > 0 ? Load(0).Delimiter : base.Delimiter;

    /// <inheritdoc/>
    public override int FieldCount(int row) => row < 0 ? Header.Length : On(row, (page, own) => page.FieldCount(own));

    /// <inheritdoc/>
    public override string Cell(int row, int column) =>
        row >= 0 ? On(row, (page, own) => page.Cell(own, column)) : column >= 0 && column < Header.Length ? Header[column] : "";

    /// <inheritdoc/>
    public override ReadOnlySpan<string> Row(int row) => row < 0 ? Header.AsSpan() : On(row, (page, own) => page.Row(own).ToArray());

    /// <inheritdoc/>
    public override int? LineOf(int row) => row < 0 ? 0 : pages[PageOf(row)].FirstLine + On(row, (page, own) => page.LineOf(own));

    /// <inheritdoc/>
    internal override RowCursor Open(CancellationToken cancellation) => new Cursor(this, cancellation);

    /// <inheritdoc/>
    internal override RowFlaw? FlawOf(int row) => On(row, (page, own) => page.FlawOf(own));

    /// <inheritdoc/>
    internal override string? Written(int row, int column) => row < 0 ? null : On(row, (page, own) => page.Written(own, column));

    private protected override string Hash() => hash;

    private T On<T>(int row, Func<TextTable, int, T> read)
    {
        CheckRow(row);
        var number = PageOf(row);
        return read(Load(number), row - pages[number].FirstRow);
    }

    private int PageOf(int row)
    {
        var (low, high) = (0, pages.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (pages[middle].FirstRow > row)
                high = middle - 1;
            else
                low = middle;
        }
        return low;
    }

    private TextTable Load(int number)
    {
        lock (gate)
        {
            var node = recent.First;
            while (node is not null && node.Value.Number != number)
                node = node.Next;
            if (node is not null)
            {
                recent.Remove(node);
                recent.AddFirst(node);
                return node.Value.Table;
            }
            var table = parse(TextFile.Guard(path, stream => ReadPage(stream, pages[number])), number);
            recent.AddFirst((number, table));
            if (recent.Count > PagesKept)
                recent.RemoveLast();
            return table;
        }
    }

    private string ReadPage(FileStream stream, Page page)
    {
        if (File.GetLastWriteTimeUtc(path) != written)
            throw new SampleException($"{Path.GetFileName(path)} changed while it was read. Read it again when it is written.");
        var bytes = ArrayPool<byte>.Shared.Rent(page.Bytes);
        try
        {
            stream.Position = page.Offset;
            stream.ReadExactly(bytes, 0, page.Bytes);
            return Encoding.UTF8.GetString(bytes, 0, page.Bytes);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    /// <summary>A stretch of the file.</summary>
    /// <param name="Offset">Its first byte.</param>
    /// <param name="Bytes">Its length.</param>
    /// <param name="FirstRow">The number of its first row.</param>
    /// <param name="Rows">Its rows.</param>
    /// <param name="FirstLine">The line it begins on, from 0.</param>
    private readonly record struct Page(long Offset, int Bytes, int FirstRow, int Rows, int FirstLine);

    /// <summary>Names in order of first appearance, each once; a header is taken whole.</summary>
    private sealed class OrderedColumns
    {
        private readonly HashSet<string> known = new(StringComparer.Ordinal);

        public ImmutableArray<string> Names { get; private set; } = [];

        public void Add(ImmutableArray<string> header)
        {
            Names = Names.IsEmpty ? header : Names.AddRange(header.Where(name => !known.Contains(name)));
            known.UnionWith(header);
        }
    }

    private sealed class Cursor(PagedTable table, CancellationToken cancellation) : RowCursor
    {
        private int number = -1;
        private RowCursor? cursor;

        public override void MoveTo(int row)
        {
            if (cursor is null || row < table.pages[number].FirstRow || row >= table.pages[number].FirstRow + table.pages[number].Rows)
            {
                cancellation.ThrowIfCancellationRequested();
                number = table.PageOf(row);
                cursor = table.Load(number).Open(cancellation);
            }
            cursor.MoveTo(row - table.pages[number].FirstRow);
        }

        public override ReadOnlySpan<char> Text(int column) => cursor!.Text(column);

        public override bool TryNumber(int column, out double number) => cursor!.TryNumber(column, out number);
    }
}
