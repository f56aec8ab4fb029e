using System.Buffers.Binary;
using System.Globalization;
using ExplainLsp.Models.Onnx;
using Google.Protobuf;
using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;

namespace ExplainLsp.Models.Gradients;

/// <summary>The numbers of a tensor in the file format.</summary>
internal static class TensorNumbers
{
    /// <summary>Elements of a shape.</summary>
    public static long Count(IEnumerable<long> shape) => shape.Aggregate(1L, (product, size) => checked(product * size));

    /// <summary>A tensor of numbers, in raw form.</summary>
    public static TensorProto Create(string name, DataType type, ReadOnlySpan<double> values, ReadOnlySpan<long> shape)
    {
        var size = SizeOf(type);
        var bytes = new byte[values.Length * size];
        for (var i = 0; i < values.Length; i++)
            Write(bytes.AsSpan(i * size, size), type, values[i]);
        var tensor = new TensorProto { Name = name, DataType = (int)type, RawData = UnsafeByteOperations.UnsafeWrap(bytes) };
        foreach (var dimension in shape)
            tensor.Dims.Add(dimension);
        return tensor;
    }

    /// <summary>The numbers as doubles; null for texts and types that are not numbers.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="folder">Where external data is looked for.</param>
    public static double[]? Read(TensorProto tensor, string folder)
    {
        var type = (DataType)tensor.DataType;
        if (SizeOf(type) is var size && size == 0)
            return null;
        var raw = Bytes(tensor, folder);
        var count = checked((int)Count(tensor.Dims));
        var values = new double[count];
        if (raw.Length > 0)
        {
            if (raw.Length < count * size)
                return null;
            for (var i = 0; i < count; i++)
                values[i] = Read(raw.Span.Slice(i * size, size), type);
            return values;
        }

        for (var i = 0; i < count; i++)
        {
            values[i] = type switch
            {
                DataType.Float when i < tensor.FloatData.Count => tensor.FloatData[i],
                DataType.Double when i < tensor.DoubleData.Count => tensor.DoubleData[i],
                DataType.Int64 when i < tensor.Int64Data.Count => tensor.Int64Data[i],
                DataType.Uint32 or DataType.Uint64 when i < tensor.Uint64Data.Count => tensor.Uint64Data[i],
                DataType.Float16 when i < tensor.Int32Data.Count => (double)BitConverter.UInt16BitsToHalf((ushort)tensor.Int32Data[i]),
                DataType.Bfloat16 when i < tensor.Int32Data.Count => BitConverter.Int32BitsToSingle(tensor.Int32Data[i] << 16),
                _ when i < tensor.Int32Data.Count => tensor.Int32Data[i],
                _ => double.NaN,
            };
        }

        return Array.Exists(values, double.IsNaN) && tensor.FloatData.Count + tensor.DoubleData.Count + tensor.Int32Data.Count == 0 ? null : values;
    }

    /// <summary>The raw bytes, from the model or from the file beside it; empty when the numbers are in a typed list.</summary>
    public static ReadOnlyMemory<byte> Bytes(TensorProto tensor, string folder)
    {
        if (tensor.DataLocation != TensorProto.Types.DataLocation.External)
            return tensor.RawData.Memory;
        var entries = tensor.ExternalData.ToDictionary(entry => entry.Key, entry => entry.Value);
        using var file = File.OpenRead(Path.Combine(folder, entries["location"]));
        file.Position = entries.TryGetValue("offset", out var offset) ? long.Parse(offset, CultureInfo.InvariantCulture) : 0;
        var length = entries.TryGetValue("length", out var text) ? long.Parse(text, CultureInfo.InvariantCulture) : file.Length - file.Position;
        var bytes = new byte[length];
        file.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Bytes an element; 0 for what is not a plain number.</summary>
    public static int SizeOf(DataType type) => type switch
    {
        DataType.Double or DataType.Int64 or DataType.Uint64 => 8,
        DataType.Float or DataType.Int32 or DataType.Uint32 => 4,
        DataType.Float16 or DataType.Bfloat16 or DataType.Int16 or DataType.Uint16 => 2,
        DataType.Int8 or DataType.Uint8 or DataType.Bool => 1,
        _ => 0,
    };

    private static void Write(Span<byte> to, DataType type, double value)
    {
        switch (type)
        {
            case DataType.Double: BinaryPrimitives.WriteDoubleLittleEndian(to, value); break;
            case DataType.Float: BinaryPrimitives.WriteSingleLittleEndian(to, (float)value); break;
            case DataType.Float16: BinaryPrimitives.WriteHalfLittleEndian(to, (Half)value); break;
            case DataType.Bfloat16: BinaryPrimitives.WriteUInt16LittleEndian(to, (ushort)(BitConverter.SingleToUInt32Bits((float)value) >> 16)); break;
            case DataType.Int64: BinaryPrimitives.WriteInt64LittleEndian(to, (long)value); break;
            case DataType.Uint64: BinaryPrimitives.WriteUInt64LittleEndian(to, (ulong)value); break;
            case DataType.Int32: BinaryPrimitives.WriteInt32LittleEndian(to, (int)value); break;
            case DataType.Uint32: BinaryPrimitives.WriteUInt32LittleEndian(to, (uint)value); break;
            case DataType.Int16: BinaryPrimitives.WriteInt16LittleEndian(to, (short)value); break;
            case DataType.Uint16: BinaryPrimitives.WriteUInt16LittleEndian(to, (ushort)value); break;
            case DataType.Bool: to[0] = value != 0 ? (byte)1 : (byte)0; break;
            case DataType.Int8: to[0] = (byte)(sbyte)value; break;
            case DataType.Uint8: to[0] = (byte)value; break;
            default: throw new ArgumentOutOfRangeException(nameof(type), type, "Not a plain number.");
        }
    }

    private static double Read(ReadOnlySpan<byte> from, DataType type) => type switch
    {
        DataType.Double => BinaryPrimitives.ReadDoubleLittleEndian(from),
        DataType.Float => BinaryPrimitives.ReadSingleLittleEndian(from),
        DataType.Float16 => (double)BinaryPrimitives.ReadHalfLittleEndian(from),
        DataType.Bfloat16 => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(from) << 16),
        DataType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(from),
        DataType.Uint64 => BinaryPrimitives.ReadUInt64LittleEndian(from),
        DataType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(from),
        DataType.Uint32 => BinaryPrimitives.ReadUInt32LittleEndian(from),
        DataType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(from),
        DataType.Uint16 => BinaryPrimitives.ReadUInt16LittleEndian(from),
        DataType.Int8 => (sbyte)from[0],
        _ => from[0],
    };
}
