using System.Buffers.Binary;
using System.IO.Compression;

namespace ExplainLsp.Models.Tests.Gradients.Backward;

/// <summary>Reads an 8-bit grey PNG: this room knows no pictures, and the reference values are of pictures.</summary>
internal static class GreyPng
{
    /// <summary>The grey levels, row-major.</summary>
    public static byte[] Read(string path)
    {
        var file = File.ReadAllBytes(path);
        using var packed = new MemoryStream();
        var (width, height) = (0, 0);
        for (var at = 8; at < file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            var kind = file.AsSpan(at + 4, 4);
            if (kind.SequenceEqual("IHDR"u8))
                (width, height) = (BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at + 8)), BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at + 12)));
            else if (kind.SequenceEqual("IDAT"u8))
                packed.Write(file.AsSpan(at + 8, length));
            at += length + 12;
        }

        packed.Position = 0;
        using var zip = new ZLibStream(packed, CompressionMode.Decompress);
        var pixels = new byte[width * height];
        var line = new byte[width];
        for (var y = 0; y < height; y++)
        {
            var filter = zip.ReadByte();
            zip.ReadExactly(line);
            for (var x = 0; x < width; x++)
            {
                int left = x > 0 ? pixels[(y * width) + x - 1] : 0;
                int up = y > 0 ? pixels[((y - 1) * width) + x] : 0;
                int corner = x > 0 && y > 0 ? pixels[((y - 1) * width) + x - 1] : 0;
                pixels[(y * width) + x] = (byte)(line[x] + filter switch
                {
                    0 => 0,
                    1 => left,
                    2 => up,
                    3 => (left + up) / 2,
                    _ => Paeth(left, up, corner),
                });
            }
        }

        return pixels;
    }

    private static int Paeth(int left, int up, int corner)
    {
        var guess = left + up - corner;
        var (a, b, c) = (Math.Abs(guess - left), Math.Abs(guess - up), Math.Abs(guess - corner));
        return a <= b && a <= c ? left : b <= c ? up : corner;
    }
}
