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

    /// <summary>
    /// Whether a WebP is shorter than it says, or a progressive JPEG ends before its end marker: its scans refine the whole picture one after
    /// another, so a decoder returns a blurred one without a word.
    /// </summary>
    public bool LacksEnd(ReadOnlySpan<byte> file)
    {
        if (this == webP)
            return BinaryPrimitives.ReadUInt32LittleEndian(file[4..]) > file.Length - 8;
        if (this != jpeg)
            return false;
        var progressive = false;
        for (var at = 2; at + 4 <= file.Length;)
        {
            var marker = file[at + 1];
            if (file[at] != 0xFF || marker is 0xFF or 0 or (>= 0xD0 and <= 0xD7))
            {
                // Within a scan: its data holds no marker but restarts.
                at += marker is 0 or (>= 0xD0 and <= 0xD7) && file[at] == 0xFF ? 2 : 1;
                continue;
            }
            if (marker is 0xD9 or 0xC0 or 0xC1)
                return false;
            progressive |= marker is 0xC2 or 0xC6 or 0xCA;
            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
        }
        return progressive && !file.EndsWith<byte>([0xFF, 0xD9]);
    }

    /// <summary>The orientation of a PNG's eXIf chunk, 1 to 8, which SkiaSharp does not read; null where there is none.</summary>
    public int? OrientationIn(ReadOnlySpan<byte> file)
    {
        for (var at = 8; this == png && at + 12 <= file.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
            if (length > file.Length - at - 12)
                return null;
            if (file.Slice(at + 4, 4).SequenceEqual("eXIf"u8))
                return OrientationOf(file.Slice(at + 8, (int)length));
            at += 12 + (int)length;
        }
        return null;
    }

    /// <summary>Tag 0x0112 of the first directory of a TIFF header.</summary>
    private static int? OrientationOf(ReadOnlySpan<byte> exif)
    {
        if (exif.Length < 14)
            return null;
        var little = exif[0] == (byte)'I';
        var directory = Number(exif, 4, 4, little);
        if (directory > exif.Length - 2)
            return null;
        var entries = Number(exif, (int)directory, 2, little);
        for (var at = (int)directory + 2; entries > 0 && at + 12 <= exif.Length; entries--, at += 12)
        {
            if (Number(exif, at, 2, little) == 0x0112)
                return Number(exif, at + 8, 2, little) is >= 1 and <= 8 and var orientation ? (int)orientation : null;
        }
        return null;
    }

    private static uint Number(ReadOnlySpan<byte> bytes, int at, int size, bool little) => (size, little) switch
    {
        (2, true) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]),
        (2, false) => BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]),
        (_, true) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]),
        _ => BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]),
    };

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
