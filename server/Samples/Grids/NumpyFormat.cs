using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace ExplainLsp.Samples;

/// <summary>The <c>.npy</c> format, versions 1.0 to 3.0 (numpy.lib.format).</summary>
internal static partial class NumpyFormat
{
    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    public static NumpyArray Parse(ReadOnlySpan<byte> file, string name, CancellationToken cancellation)
    {
        if (!file.StartsWith(Magic) || file.Length < 12)
            throw new SampleException($"{name} is not a NumPy array: it does not start as .npy. Save it with numpy.save.");
        var (version, wide) = (file[6], file[6] >= 2);
        if (version is 0 or > 3)
            throw new SampleException($"{name} is of .npy format {version}, known are 1 to 3. Save it with numpy.save.");
        var length = wide ? BinaryPrimitives.ReadUInt32LittleEndian(file[8..]) : BinaryPrimitives.ReadUInt16LittleEndian(file[8..]);
        var start = wide ? 12 : 10;
        if (length > file.Length - start)
            throw Truncated(name);
        var header = (version == 3 ? Encoding.UTF8 : Encoding.Latin1).GetString(file.Slice(start, (int)length));
        var type = Descr().Match(header) is { Success: true } described ? described.Groups[1].Value
            : throw new SampleException($"{name} holds records or objects, not numbers. Save an array of one number type.");
        if (Shape().Match(header) is not { Success: true } shaped || Fortran().Match(header) is not { Success: true } ordered)
            throw new SampleException($"{name} has a .npy header that cannot be read. Save it with numpy.save.");
        var shape = Dimensions(shaped.Groups[1].Value, name);
        var count = Count(shape, name);
        var size = SizeOf(type, name);
        var content = file[(start + (int)length)..];
        if (content.Length < (long)count * size)
            throw Truncated(name);
        var values = Values(content[..(count * size)], type[0] == '>', type[1..], name, cancellation);
        return new NumpyArray(shape, ordered.Groups[1].Value == "True" ? RowMajor(values, shape) : values, type[1..]);
    }

    public static byte[] ToBytes(ReadOnlySpan<float> values, IReadOnlyList<int> shape)
    {
        if (shape.Aggregate(1L, (product, dimension) => product * dimension) != values.Length)
            throw new ArgumentException("The values do not fill the shape.", nameof(shape));
        var tuple = shape.Count == 1 ? $"({shape[0]},)" : $"({string.Join(", ", shape)})";
        var header = $"{{'descr': '<f4', 'fortran_order': False, 'shape': {tuple}, }}";
        var padded = header.PadRight(((header.Length + 11 + 63) / 64 * 64) - 11) + "\n";
        var file = new byte[10 + padded.Length + (values.Length * 4)];
        Magic.CopyTo(file);
        file[6] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(8), (ushort)padded.Length);
        Encoding.ASCII.GetBytes(padded, file.AsSpan(10));
        for (var i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(file.AsSpan(10 + padded.Length + (i * 4)), values[i]);
        return file;
    }

    private static double[] Values(ReadOnlySpan<byte> content, bool big, string type, string name, CancellationToken cancellation)
    {
        var size = int.Parse(type.AsSpan(1), CultureInfo.InvariantCulture);
        var values = new double[content.Length / size];
        var bytes = (Span<byte>)stackalloc byte[8];
        for (var i = 0; i < values.Length; i++)
        {
            if ((i & 0xFFFFF) == 0)
                cancellation.ThrowIfCancellationRequested();
            var item = bytes[..size];
            content.Slice(i * size, size).CopyTo(item);
            if (big)
                item.Reverse();
            values[i] = type switch
            {
                "f2" => (double)MemoryMarshal.Read<Half>(item),
                "f4" => MemoryMarshal.Read<float>(item),
                "f8" => MemoryMarshal.Read<double>(item),
                "b1" => item[0] == 0 ? 0 : 1,
                "i1" => (sbyte)item[0],
                "u1" => item[0],
                "i2" => MemoryMarshal.Read<short>(item),
                "u2" => MemoryMarshal.Read<ushort>(item),
                "i4" => MemoryMarshal.Read<int>(item),
                "u4" => MemoryMarshal.Read<uint>(item),
                "i8" => MemoryMarshal.Read<long>(item),
                "u8" => MemoryMarshal.Read<ulong>(item),
                _ => throw NoNumber(type, name),
            };
        }
        return values;
    }

    private static double[] RowMajor(double[] values, ImmutableArray<int> shape)
    {
        var ordered = new double[values.Length];
        var place = new int[shape.Length];
        for (var i = 0; i < ordered.Length; i++)
        {
            var from = 0;
            for (int d = shape.Length - 1; d >= 0; d--)
                from = (from * shape[d]) + place[d];
            ordered[i] = values[from];
            for (var d = shape.Length - 1; d >= 0 && ++place[d] == shape[d]; d--)
                place[d] = 0;
        }
        return ordered;
    }

    private static ImmutableArray<int> Dimensions(string tuple, string name)
    {
        var dimensions = ImmutableArray.CreateBuilder<int>();
        foreach (var part in tuple.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!int.TryParse(part.TrimEnd('L'), NumberStyles.None, CultureInfo.InvariantCulture, out var dimension))
                throw new SampleException($"{name} has a shape that cannot be read or is too large. Save it with numpy.save.");
            dimensions.Add(dimension);
        }
        return dimensions.ToImmutable();
    }

    private static int Count(ImmutableArray<int> shape, string name)
    {
        var count = 1L;
        foreach (var dimension in shape)
        {
            count *= dimension;
            if (count > 1 << 28)
                throw new SampleException($"{name} has more than {1 << 28} values ({ShapeWords.Of(shape)}). Cut the part to explain.");
        }
        return (int)count;
    }

    private static int SizeOf(string type, string name) =>
        type.Length == 3 && type[0] is '<' or '>' or '|' or '=' && type[1] is 'f' or 'i' or 'u' or 'b' && type[2] is '1' or '2' or '4' or '8'
            ? type[2] - '0' : throw NoNumber(type, name);

    private static SampleException NoNumber(string type, string name) =>
        new($"{name} holds values of type {type}, which are no numbers. Save it as float32.");

    private static SampleException Truncated(string name) => new($"{name} is truncated: it ends before its last value. Copy or save it again.");

    [GeneratedRegex("""['"]descr['"]\s*:\s*['"]([^'"]*)['"]""")]
    private static partial Regex Descr();

    [GeneratedRegex("""['"]shape['"]\s*:\s*\(([^)]*)\)""")]
    private static partial Regex Shape();

    [GeneratedRegex("""['"]fortran_order['"]\s*:\s*(True|False)""")]
    private static partial Regex Fortran();
}
