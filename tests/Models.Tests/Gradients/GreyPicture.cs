using System.Buffers.Binary;
using System.IO.Compression;

namespace ExplainLsp.Models.Tests.Gradients;

/// <summary>The pixels of the fixtures' pictures: PNG, 8 bit, grey, not interlaced. Reading pictures is the work of another room.</summary>
internal static class GreyPicture
{
    public static byte[] Read(string path, out int width, out int height)
    {
        var file = System.IO.File.ReadAllBytes(path).AsSpan();
        using var compressed = new MemoryStream();
        (width, height) = (0, 0);
        for (var at = 8; at < file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(file[at..]);
            var kind = file.Slice(at + 4, 4);
            var data = file.Slice(at + 8, length);
            if (kind.SequenceEqual("IHDR"u8))
            {
                (width, height) = (BinaryPrimitives.ReadInt32BigEndian(data), BinaryPrimitives.ReadInt32BigEndian(data[4..]));
                Assert.Equal([8, 0, 0, 0, 0], data[8..].ToArray());
            }
            else if (kind.SequenceEqual("IDAT"u8))
            {
                compressed.Write(data);
            }

            at += length + 12;
        }

        compressed.Position = 0;
        using var lines = new ZLibStream(compressed, CompressionMode.Decompress);
        var pixels = new byte[width * height];
        for (var row = 0; row < height; row++)
        {
            var filter = lines.ReadByte();
            var line = pixels.AsSpan(row * width, width);
            lines.ReadExactly(line);
            var above = row == 0 ? new byte[width] : pixels.AsSpan((row - 1) * width, width);
            for (var column = 0; column < width; column++)
            {
                int left = column == 0 ? 0 : line[column - 1], up = above[column], corner = column == 0 ? 0 : above[column - 1];
                line[column] += (byte)(filter switch { 0 => 0, 1 => left, 2 => up, 3 => (left + up) / 2, _ => Paeth(left, up, corner) });
            }
        }

        return pixels;
    }

    private static int Paeth(int left, int up, int corner)
    {
        var (toLeft, toUp, toCorner) = (Math.Abs(up - corner), Math.Abs(left - corner), Math.Abs(left + up - (2 * corner)));
        return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
    }
}
