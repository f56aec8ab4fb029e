namespace ExplainLsp.Models.Running;

/// <summary>A field of a protobuf message: its number and where it stands in the bytes.</summary>
/// <param name="Number">The field number.</param>
/// <param name="Bytes">All of it, tag and length included.</param>
/// <param name="Content">The bytes of the message or text that it holds; empty for numbers.</param>
internal readonly record struct WireField(int Number, ReadOnlyMemory<byte> Bytes, ReadOnlyMemory<byte> Content);

/// <summary>The fields of a protobuf message one after the other, without parsing what they hold.</summary>
internal static class WireFields
{
    private const int LengthDelimited = 2;

    /// <exception cref="InvalidDataException">A kind of field that ONNX never has.</exception>
    public static IEnumerable<WireField> Of(ReadOnlyMemory<byte> message)
    {
        var position = 0;
        while (position < message.Length)
        {
            var start = position;
            var tag = Varint(message.Span, ref position);
            var length = (tag & 7) switch
            {
                0 => VarintLength(message.Span[position..]),
                1 => sizeof(ulong),
                LengthDelimited => (int)Math.Min(Varint(message.Span, ref position), int.MaxValue),
                5 => sizeof(uint),
                _ => throw new InvalidDataException($"Wire type {tag & 7} is not used by protobuf messages."),
            };
            if (length < 0 || length > message.Length - position)
                throw new InvalidDataException("A field is longer than its message.");
            var content = (tag & 7) == LengthDelimited ? message.Slice(position, length) : default;
            position += length;
            yield return new WireField((int)(tag >> 3), message[start..position], content);
        }
    }

    /// <summary>Appends a length-delimited field.</summary>
    public static void Write(MemoryStream stream, int number, ReadOnlySpan<byte> content)
    {
        WriteVarint(stream, ((ulong)number << 3) | LengthDelimited);
        WriteVarint(stream, (ulong)content.Length);
        stream.Write(content);
    }

    private static ulong Varint(ReadOnlySpan<byte> bytes, ref int position)
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (position >= bytes.Length)
                throw new InvalidDataException("A number ends with its message.");
            var next = bytes[position++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                break;
        }

        return value;
    }

    private static int VarintLength(ReadOnlySpan<byte> bytes)
    {
        var position = 0;
        Varint(bytes, ref position);
        return position;
    }

    private static void WriteVarint(MemoryStream stream, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            stream.WriteByte((byte)(value | 0x80));
        stream.WriteByte((byte)value);
    }
}
