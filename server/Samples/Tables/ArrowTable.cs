using System.Collections.Immutable;
using System.Numerics;
using Apache.Arrow;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;

namespace ExplainLsp.Samples;

/// <summary>
/// An Apache Arrow file in the IPC format, file (Feather version 2) or stream: a stretch is a record batch. Columns of lists and records
/// are there by name and cannot be read.
/// </summary>
internal sealed class ArrowTable : ColumnarTable
{
    private const string Format = "an Arrow file";

    private static readonly CompressionCodecFactory codecs = new();

    private readonly Schema schema;
    private readonly bool isStream;
    private readonly bool hasDictionaries;
    private readonly ImmutableArray<long> positions;
    private (int Stretch, RecordBatch Batch)? open;

    private ArrowTable(string path, Schema schema, IReadOnlyList<long> rows, ImmutableArray<long> positions, bool isStream)
        : base(path, [.. schema.FieldsList.Select(field => field.Name)], rows)
    {
        this.schema = schema;
        this.positions = positions;
        this.isStream = isStream;
        hasDictionaries = schema.FieldsList.Any(field => field.DataType.TypeId == ArrowTypeId.Dictionary);
    }

    /// <summary>Reads what the file holds.</summary>
    /// <exception cref="SampleException">Missing, no Arrow file, cut short or damaged.</exception>
    public static ArrowTable Open(string path, CancellationToken cancellation) => Guard(path, Format, stream =>
    {
        var isStream = IsStream(stream, Path.GetFileName(path));
        using var reader = ReaderOf(stream, isStream);
        var (rows, positions) = (new List<long>(), ImmutableArray.CreateBuilder<long>());
        var schema = Wait(reader.GetSchema(cancellation));
        var count = isStream ? int.MaxValue : Wait(((ArrowFileReader)reader).RecordBatchCountAsync());
        for (var stretch = 0; stretch < count; stretch++)
        {
            cancellation.ThrowIfCancellationRequested();
            positions.Add(stream.Position);
            using var batch = isStream ? reader.ReadNextRecordBatch() : Wait(((ArrowFileReader)reader).ReadRecordBatchAsync(stretch, cancellation));
            if (batch is null)
                break;
            rows.Add(batch.Length);
        }
        return new ArrowTable(path, schema, rows, positions.ToImmutable(), isStream);
    });

    /// <inheritdoc/>
    public override bool? IsNumeric(int column) => IsNumber(ValueType(column)) || ValueType(column).TypeId == ArrowTypeId.Boolean;

    /// <inheritdoc/>
    public override string? ProblemOf(int column) => ValueType(column) switch
    {
        var type when IsNumber(type) || IsText(type) || type.TypeId is ArrowTypeId.Boolean or ArrowTypeId.Null => null,
        NestedType => $"Column \"{Header[column]}\" of {Name} holds lists or records, not single values. Write one value a cell.",
        var type => $"Column \"{Header[column]}\" of {Name} holds values of type {type.Name}, which no cell can show. Write it as numbers or text.",
    };

    private protected override TableColumn Load(int stretch, int column, CancellationToken cancellation)
    {
        if (open?.Stretch != stretch)
        {
            open?.Batch.Dispose();
            open = null;
            open = (stretch, Guard(FilePath, Format, stream => ReadBatch(stream, stretch, cancellation)));
        }
        return Guard(FilePath, Format, _ => ArrowColumn.Of(open!.Value.Batch.Column(column)));
    }

    private RecordBatch ReadBatch(FileStream stream, int stretch, CancellationToken cancellation)
    {
        using var reader = ReaderOf(stream, isStream);
        if (!isStream)
            return Wait(((ArrowFileReader)reader).ReadRecordBatchAsync(stretch, cancellation));
        Wait(reader.GetSchema(cancellation));
        // Dictionaries come between the batches, so a stream with them is read from its beginning.
        if (!hasDictionaries)
        {
            stream.Position = positions[stretch];
            return reader.ReadNextRecordBatch();
        }
        for (var before = 0; before < stretch; before++)
        {
            cancellation.ThrowIfCancellationRequested();
            reader.ReadNextRecordBatch().Dispose();
        }
        return reader.ReadNextRecordBatch();
    }

    private IArrowType ValueType(int column) => schema.FieldsList[column].DataType is DictionaryType dictionary ? dictionary.ValueType : schema.FieldsList[column].DataType;

    private static bool IsNumber(IArrowType type) => type.TypeId
        is ArrowTypeId.Int8 or ArrowTypeId.Int16 or ArrowTypeId.Int32 or ArrowTypeId.Int64
        or ArrowTypeId.UInt8 or ArrowTypeId.UInt16 or ArrowTypeId.UInt32 or ArrowTypeId.UInt64
        or ArrowTypeId.HalfFloat or ArrowTypeId.Float or ArrowTypeId.Double or ArrowTypeId.Decimal128;

    private static bool IsText(IArrowType type) => type.TypeId
        is ArrowTypeId.String or ArrowTypeId.LargeString or ArrowTypeId.StringView
        or ArrowTypeId.Date32 or ArrowTypeId.Date64 or ArrowTypeId.Timestamp or ArrowTypeId.Time32 or ArrowTypeId.Time64;

    /// <summary>Whether a file is a stream rather than a file of Arrow's; refuses what is neither.</summary>
    private static bool IsStream(FileStream stream, string name)
    {
        Span<byte> start = stackalloc byte[8];
        var read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        if (read == start.Length && start[..6].SequenceEqual("ARROW1"u8))
            return false;
        if (read == start.Length && start[..4].SequenceEqual("FEA1"u8))
            throw new SampleException($"{name} is Feather version 1, which is not read. Write it as Feather version 2, Arrow or Parquet.");
        // A stream begins with the length of its schema, since Arrow 0.15 behind a mark.
        return read == start.Length && start[..4].SequenceEqual((ReadOnlySpan<byte>)[0xFF, 0xFF, 0xFF, 0xFF])
            ? true
            : throw new SampleException($"{name} is no Arrow file: it does not begin as one. Check the file, or its extension.");
    }

    private static ArrowStreamReader ReaderOf(FileStream stream, bool isStream) =>
        isStream ? new ArrowStreamReader(stream, codecs, leaveOpen: true) : new ArrowFileReader(stream, codecs);

    // The library is asynchronous, the file is not: nothing waits here.
    private static T Wait<T>(ValueTask<T> task) => task.AsTask().GetAwaiter().GetResult();
}
