namespace ExplainLsp.Models.Running;

/// <summary>A field of a protobuf message: its number and where it stands in the bytes.</summary>
/// <param name="Number">The field number.</param>
/// <param name="Bytes">All of it, tag and length included.</param>
/// <param name="Content">What it holds; for a message or text, its bytes.</param>
internal readonly record struct WireField(int Number, ReadOnlyMemory<byte> Bytes, ReadOnlyMemory<byte> Content);

/// <summary>The fields of a protobuf message one after the other, without parsing what they hold. The message must be well formed.</summary>
internal static class WireFields
{
    private const int LengthDelimited = 2;

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
                LengthDelimited => checked((int)Varint(message.Span, ref position)),
                5 => sizeof(uint),
                _ => throw new InvalidDataException($"Wire type {tag & 7} is not used by protobuf messages."),
            };
            var content = message.Slice(position, length);
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
