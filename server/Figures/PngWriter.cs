using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using SkiaSharp;

namespace ExplainLsp.Figures;

/// <summary>
/// Writes a figure as PNG. Figures use few colours, each at several strengths of antialiasing, so most fit a palette of 256 with alpha
/// in 16 steps: a third of the bytes, which matters because a hover carries its picture as text. Opaque pixels keep their colour to the
/// bit, because they may be a map's. Figures that do not fit are written in full colour.
/// </summary>
internal static class PngWriter
{
    private static readonly uint[] CrcTable = [.. Enumerable.Range(0, 256).Select(CrcOf)];

    /// <summary>Encodes premultiplied RGBA pixels.</summary>
    /// <param name="pixels">Four bytes a pixel, rows without padding.</param>
    /// <param name="width">Pixels a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="colours">The colours that were drawn with; edges of marks are taken for one of these with less alpha.</param>
    public static byte[] Write(ReadOnlySpan<byte> pixels, int width, int height, IReadOnlyCollection<SKColor> colours)
    {
        var palette = new Palette(colours);
        var colourOf = MemoryMarshal.Cast<byte, uint>(pixels);
        var rows = new byte[height * (width + 1)];
        for (var y = 0; y < height; y++)
        {
            // Filter 0, because palettes compress best unfiltered. Whole runs at once: most of a figure is empty ground.
            var line = colourOf.Slice(y * width, width);
            var packed = rows.AsSpan((y * (width + 1)) + 1, width);
            for (int x = 0, run; x < width; x += run)
            {
                run = line[x..].IndexOfAnyExcept(line[x]);
                if (run < 0) run = width - x;
                if (!palette.TryIndex(line[x], out var index)) return FullColour(pixels, width, height);
                packed.Slice(x, run).Fill(index);
            }
        }

        using var file = Start(width, height, colourType: 3);
        Chunk(file, "PLTE"u8, palette.Rgb());
        Chunk(file, "tRNS"u8, palette.Alpha());
        return Finish(file, rows);
    }

    /// <summary>Encodes premultiplied RGBA pixels with every colour as it is, for pictures.</summary>
    public static byte[] FullColour(ReadOnlySpan<byte> pixels, int width, int height)
    {
        var stride = width * 4;
        var rows = new byte[height * (stride + 1)];
        Span<byte> left = stackalloc byte[4];
        for (var y = 0; y < height; y++)
        {
            var line = rows.AsSpan(y * (stride + 1), stride + 1);
            line[0] = 1; // filter Sub
            left.Clear();
            for (var x = 0; x < width; x++)
            {
                var colour = Straight(BinaryPrimitives.ReadUInt32LittleEndian(pixels[((y * stride) + (x * 4))..]));
                ReadOnlySpan<byte> straight = [colour.Red, colour.Green, colour.Blue, colour.Alpha];
                for (var channel = 0; channel < 4; channel++)
                {
                    line[1 + (x * 4) + channel] = (byte)(straight[channel] - left[channel]);
                    left[channel] = straight[channel];
                }
            }
        }

        using var file = Start(width, height, colourType: 6);
        return Finish(file, rows);
    }

    private static MemoryStream Start(int width, int height, byte colourType)
    {
        var file = new MemoryStream(16384);
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        (header[8], header[9], header[10], header[11], header[12]) = (8, colourType, 0, 0, 0);
        Chunk(file, "IHDR"u8, header);
        return file;
    }

    private static byte[] Finish(MemoryStream file, byte[] rows)
    {
        using var packed = new MemoryStream(16384);
        using (var deflate = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true)) deflate.Write(rows);
        Chunk(file, "IDAT"u8, packed.GetBuffer().AsSpan(0, (int)packed.Length));
        Chunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static void Chunk(MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(type);
        file.Write(data);
        var crc = 0xFFFFFFFFu;
        foreach (var b in type) crc = CrcTable[(byte)(crc ^ b)] ^ (crc >> 8);
        foreach (var b in data) crc = CrcTable[(byte)(crc ^ b)] ^ (crc >> 8);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~crc);
        file.Write(number);
    }

    private static uint CrcOf(int value)
    {
        var crc = (uint)value;
        for (var bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? 0xEDB88320u ^ (crc >> 1) : crc >> 1;
        return crc;
    }

    private static SKColor Straight(uint premultiplied)
    {
        var alpha = premultiplied >> 24;
        return alpha == 0 ? SKColor.Empty : new SKColor(Channel(0), Channel(8), Channel(16), (byte)alpha);

        byte Channel(int shift) => (byte)Math.Min(255, ((((premultiplied >> shift) & 0xFF) * 255) + (alpha / 2)) / alpha);
    }

    /// <summary>Colours met so far, at most 256, entry 0 fully transparent.</summary>
    private sealed class Palette(IReadOnlyCollection<SKColor> colours)
    {
        private readonly Dictionary<uint, byte> indices = new() { [0] = 0 };
        private readonly Dictionary<SKColor, byte> entries = new() { [SKColor.Empty] = 0 };
        private readonly List<SKColor> order = [SKColor.Empty];

        public bool TryIndex(uint pixel, out byte index)
        {
            if (indices.TryGetValue(pixel, out index)) return true;
            var colour = Simplify(Straight(pixel));
            if (!entries.TryGetValue(colour, out index))
            {
                if (order.Count == 256) return false;
                index = (byte)order.Count;
                entries.Add(colour, index);
                order.Add(colour);
            }

            indices.Add(pixel, index);
            return true;
        }

        public byte[] Rgb() => [.. order.SelectMany(colour => new[] { colour.Red, colour.Green, colour.Blue })];

        public byte[] Alpha() => [.. order.Select(colour => colour.Alpha)];

        private SKColor Simplify(SKColor colour)
        {
            if (colour.Alpha == 255) return colour;
            var alpha = (byte)((colour.Alpha + 8) / 17 * 17);
            if (alpha == 0) return SKColor.Empty;

            // Little alpha leaves little of the colour's own precision, so more difference is forgiven.
            var nearest = colours.MinBy(drawn => Distance(drawn, colour));
            if (Distance(nearest, colour) * colour.Alpha <= 24 * 255) return nearest.WithAlpha(alpha);
            return new SKColor(Step(colour.Red), Step(colour.Green), Step(colour.Blue), alpha);

            static byte Step(byte channel) => (byte)((channel + 8) / 17 * 17);
        }

        private static int Distance(SKColor a, SKColor b) =>
            Math.Abs(a.Red - b.Red) + Math.Abs(a.Green - b.Green) + Math.Abs(a.Blue - b.Blue);
    }
}
