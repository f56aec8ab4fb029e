using System.Buffers.Binary;

namespace ExplainLsp.Samples;

/// <summary>An image format, told by a file's first bytes (never by its extension).</summary>
/// <param name="Name">As people write it.</param>
internal sealed record PictureFormat(string Name)
{
    private static readonly PictureFormat png = new("PNG");
    private static readonly PictureFormat jpeg = new("JPEG");
    private static readonly PictureFormat gif = new("GIF");
    private static readonly PictureFormat bmp = new("BMP");
    private static readonly PictureFormat webP = new("WebP");

    public static PictureFormat? Of(ReadOnlySpan<byte> file) => file switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, ..] => png,
        [0xFF, 0xD8, 0xFF, ..] => jpeg,
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => gif,
        [(byte)'B', (byte)'M', _, _, _, _, ..] => bmp,
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => webP,
        _ => null,
    };

    /// <summary>The size that the header of a PNG, GIF, BMP or JPEG says; null where it is not there.</summary>
    public (long Width, long Height)? SizeIn(ReadOnlySpan<byte> file)
    {
        if (this == png && file.Length >= 24)
            return (BinaryPrimitives.ReadUInt32BigEndian(file[16..]), BinaryPrimitives.ReadUInt32BigEndian(file[20..]));
        if (this == gif && file.Length >= 10)
            return (BinaryPrimitives.ReadUInt16LittleEndian(file[6..]), BinaryPrimitives.ReadUInt16LittleEndian(file[8..]));
        if (this == bmp && file.Length >= 26 && BinaryPrimitives.ReadInt32LittleEndian(file[14..]) >= 40)
            return (BinaryPrimitives.ReadInt32LittleEndian(file[18..]), Math.Abs((long)BinaryPrimitives.ReadInt32LittleEndian(file[22..])));
        return this == jpeg ? SizeOfJpeg(file) : null;
    }

    private static (long Width, long Height)? SizeOfJpeg(ReadOnlySpan<byte> file)
    {
        for (var at = 2; at + 9 <= file.Length && file[at] == 0xFF;)
        {
            var marker = file[at + 1];
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
                return (BinaryPrimitives.ReadUInt16BigEndian(file[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(file[(at + 5)..]));
            at += marker == 0xFF ? 1 : 2 + BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
        }
        return null;
    }
}
