using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using Parquet;
using Parquet.Schema;

namespace ExplainLsp.Samples;

/// <summary>An Apache Parquet file: a stretch is a row group. Columns of lists and records are there by name and cannot be read.</summary>
internal sealed class ParquetTable : ColumnarTable
{
    private const string Format = "a Parquet file";
    private const int LengthOfMagic = 4;

    private static readonly ParquetOptions options = new() { TreatByteArrayAsString = true, UseDateOnlyTypeForDates = true };

    private readonly ImmutableArray<Field> fields;

    private ParquetTable(string path, ImmutableArray<Field> fields, IReadOnlyList<long> rows)
        : base(path, [.. fields.Select(field => field.Name)], rows) =>
        this.fields = fields;

    /// <summary>Reads what the file holds, none of its cells.</summary>
    /// <exception cref="SampleException">Missing, no Parquet file, cut short or damaged.</exception>
    public static ParquetTable Open(string path, CancellationToken cancellation) => Guard(path, Format, stream =>
    {
        CheckMagic(stream, Path.GetFileName(path));
        var reader = Wait(ParquetReader.CreateAsync(stream, options, leaveStreamOpen: true, cancellation));
        var rows = Enumerable.Range(0, reader.RowGroupCount).Select(group => reader.OpenRowGroupReader(group).RowCount).ToArray();
        return new ParquetTable(path, [.. reader.Schema.Fields], rows);
    });

    /// <inheritdoc/>
    public override bool? IsNumeric(int column) =>
        fields[column] is DataField { IsArray: false } field && (IsNumber(field.ClrType) || field.ClrType == typeof(bool));

    /// <inheritdoc/>
    public override string? ProblemOf(int column) => fields[column] switch
    {
        DataField { IsArray: false } field when IsNumber(field.ClrType) || IsText(field.ClrType) || field.ClrType == typeof(bool) => null,
        DataField { IsArray: false } field => $"Column \"{field.Name}\" of {Name} holds values of type {field.ClrType.Name}, which no cell can show. Write it as numbers or text.",
        var field => $"Column \"{field.Name}\" of {Name} holds lists or records, not single values. Write one value a cell.",
    };

    private protected override TableColumn Load(int stretch, int column, CancellationToken cancellation) => Guard(FilePath, Format, stream =>
    {
        var reader = Wait(ParquetReader.CreateAsync(stream, options, leaveStreamOpen: true, cancellation));
        var group = reader.OpenRowGroupReader(stretch);
        var field = (DataField)reader.Schema.Fields[column];
        return Read(group, field, cancellation);
    });

    private static TableColumn Read(ParquetRowGroupReader group, DataField field, CancellationToken cancellation)
    {
        var type = field.ClrType;
        if (IsString(type))
        {
            var texts = new string?[group.RowCount];
            Wait(group.ReadAsync(field, texts.AsMemory(), null, cancellation));
            return new TextColumn(texts);
        }
        if (type == typeof(bool))
            return new BooleanColumn(Values<bool>(group, field, cancellation));
        if (type == typeof(float))
            return Floats<float>(group, field, cancellation);
        if (type == typeof(double))
            return Floats<double>(group, field, cancellation);
        if (type == typeof(sbyte))
            return Numbers<sbyte>(group, field, cancellation);
        if (type == typeof(byte))
            return Numbers<byte>(group, field, cancellation);
        if (type == typeof(short))
            return Numbers<short>(group, field, cancellation);
        if (type == typeof(ushort))
            return Numbers<ushort>(group, field, cancellation);
        if (type == typeof(int))
            return Numbers<int>(group, field, cancellation);
        if (type == typeof(uint))
            return Numbers<uint>(group, field, cancellation);
        if (type == typeof(long))
            return Numbers<long>(group, field, cancellation);
        if (type == typeof(ulong))
            return Numbers<ulong>(group, field, cancellation);
        if (type == typeof(decimal))
            return Numbers<decimal>(group, field, cancellation);
        if (type == typeof(DateTime))
            return Texts<DateTime>(group, field, CellText.Of, cancellation);
        if (type == typeof(DateOnly))
            return Texts<DateOnly>(group, field, CellText.Of, cancellation);
        if (type == typeof(TimeOnly))
            return Texts<TimeOnly>(group, field, CellText.Of, cancellation);
        if (type == typeof(TimeSpan))
            return Texts<TimeSpan>(group, field, CellText.Of, cancellation);
        return Texts<Guid>(group, field, value => value.ToString(), cancellation);
    }

    private static bool IsNumber(Type type) => type.IsPrimitive && type != typeof(bool) && type != typeof(char) || type == typeof(decimal);

    private static bool IsString(Type type) => type == typeof(string) || type == typeof(ReadOnlyMemory<char>);

    private static bool IsText(Type type) =>
        IsString(type) || type == typeof(DateTime) || type == typeof(DateOnly) || type == typeof(TimeOnly) || type == typeof(TimeSpan) || type == typeof(Guid);

    private static T?[] Values<T>(ParquetRowGroupReader group, DataField field, CancellationToken cancellation)
        where T : struct
    {
        var values = new T?[group.RowCount];
        if (field.IsNullable)
        {
            Wait(group.ReadAsync<T>(field, values.AsMemory(), null, cancellation));
            return values;
        }
        return Array.ConvertAll(Required<T>(group, field, cancellation), value => (T?)value);
    }

    private static T[] Required<T>(ParquetRowGroupReader group, DataField field, CancellationToken cancellation)
        where T : struct
    {
        var values = new T[group.RowCount];
        Wait(group.ReadAsync<T>(field, values.AsMemory(), null, cancellation));
        return values;
    }

    private static NumberColumn<T> Floats<T>(ParquetRowGroupReader group, DataField field, CancellationToken cancellation)
        where T : struct, IFloatingPointIeee754<T> =>
        new(field.IsNullable ? Array.ConvertAll(Values<T>(group, field, cancellation), value => value ?? T.NaN) : Required<T>(group, field, cancellation), null);

    private static NumberColumn<T> Numbers<T>(ParquetRowGroupReader group, DataField field, CancellationToken cancellation)
        where T : struct, INumber<T>
    {
        if (!field.IsNullable)
            return new NumberColumn<T>(Required<T>(group, field, cancellation), null);
        var values = Values<T>(group, field, cancellation);
        return new NumberColumn<T>(
            Array.ConvertAll(values, value => value.GetValueOrDefault()),
            values.Any(value => value is null) ? Array.ConvertAll(values, value => value is null) : null);
    }

    private static TextColumn Texts<T>(ParquetRowGroupReader group, DataField field, Func<T, string> write, CancellationToken cancellation)
        where T : struct =>
        new(Array.ConvertAll(Values<T>(group, field, cancellation), value => value is { } there ? write(there) : null));

    private static void CheckMagic(FileStream stream, string name)
    {
        Span<byte> ends = stackalloc byte[2 * LengthOfMagic];
        if (stream.Length < 3 * LengthOfMagic || stream.ReadAtLeast(ends[..LengthOfMagic], LengthOfMagic, false) < LengthOfMagic
            || !ends[..LengthOfMagic].SequenceEqual("PAR1"u8))
        {
            throw new SampleException($"{name} is no Parquet file: it does not begin as one. Check the file, or its extension.");
        }
        stream.Seek(-LengthOfMagic, SeekOrigin.End);
        stream.ReadExactly(ends[LengthOfMagic..]);
        if (!ends[LengthOfMagic..].SequenceEqual("PAR1"u8))
            throw new SampleException($"{name} is cut short: the end of the Parquet file is missing. Write or copy it again.");
        stream.Seek(0, SeekOrigin.Begin);
    }

    // The library is asynchronous, the file is not: nothing waits here.
    private static T Wait<T>(Task<T> task) => task.GetAwaiter().GetResult();

    private static void Wait(ValueTask task) => task.AsTask().GetAwaiter().GetResult();
}
