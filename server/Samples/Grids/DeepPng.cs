using System.Buffers.Binary;
using System.IO.Compression;

namespace ExplainLsp.Samples;

/// <summary>
/// PNG of 16 bits a level (W3C PNG, third edition): grey or coloured, with or without alpha or a transparent colour, interlaced or not.
/// SkiaSharp gives such files as bytes or half floats, which both lose levels.
/// </summary>
internal static class DeepPng
{
    private static readonly (int X, int Y, int StepX, int StepY)[] passes =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    public static bool IsDeep(ReadOnlySpan<byte> file) =>
        file.Length > 33 && file[1..4].SequenceEqual("PNG"u8) && file[24] == 16 && file[25] is 0 or 2 or 4 or 6;

    /// <exception cref="SampleException">Truncated or damaged.</exception>
    public static Picture Decode(byte[] file, PictureSource source, CancellationToken cancellation)
    {
        try
        {
            return Read(file, source, cancellation);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or ArgumentOutOfRangeException)
        {
            throw new SampleException($"{source.Name} is truncated or damaged: its PNG data ends or breaks before the last pixel. Copy or save it again.", e);
        }
    }

    private static Picture Read(byte[] file, PictureSource source, CancellationToken cancellation)
    {
        var header = file.AsSpan(16);
        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(header), BinaryPrimitives.ReadInt32BigEndian(header[4..]));
        var (type, interlaced) = (header[9], header[12] != 0);
        var colours = type is 2 or 6 ? 3 : 1;
        var samples = colours + (type >= 4 ? 1 : 0);
        var (data, clear) = Chunks(file, colours);
        using var inflated = new ZLibStream(new MemoryStream(data, writable: false), CompressionMode.Decompress);
        var levels = new ushort[checked(width * height * colours)];
        var alpha = type >= 4 || clear is not null ? new ushort[width * height] : null;
        foreach (var (x, y, stepX, stepY) in interlaced ? passes : [(0, 0, 1, 1)])
        {
            var (across, down) = ((width - x + stepX - 1) / stepX, (height - y + stepY - 1) / stepY);
            if (across <= 0 || down <= 0)
                continue;
            var stride = samples * 2;
            var (above, line) = (new byte[across * stride], new byte[across * stride]);
            for (var row = 0; row < down; row++)
            {
                cancellation.ThrowIfCancellationRequested();
                var filter = inflated.ReadByte();
                if (filter < 0)
                    throw new EndOfStreamException();
                inflated.ReadExactly(line);
                Unfilter(filter, line, above, stride);
                for (var i = 0; i < across; i++)
                {
                    var pixel = ((y + (row * stepY)) * width) + x + (i * stepX);
                    Place(line.AsSpan(i * stride, stride), levels.AsSpan(pixel * colours, colours), alpha, pixel, clear);
                }
                (above, line) = (line, above);
            }
        }
        return new Picture(width, height, colours, levels, alpha) { Source = source };
    }

    private static void Place(ReadOnlySpan<byte> from, Span<ushort> colours, ushort[]? alpha, int pixel, ushort[]? clear)
    {
        for (var c = 0; c < colours.Length; c++)
            colours[c] = BinaryPrimitives.ReadUInt16BigEndian(from[(c * 2)..]);
        if (alpha is null)
            return;
        alpha[pixel] = clear is null ? BinaryPrimitives.ReadUInt16BigEndian(from[(colours.Length * 2)..])
            : colours.SequenceEqual(clear) ? (ushort)0 : ushort.MaxValue;
    }

    /// <summary>The compressed data in one piece, and the transparent colour of a tRNS chunk.</summary>
    private static (byte[] Data, ushort[]? Clear) Chunks(byte[] file, int colours)
    {
        using var data = new MemoryStream(file.Length);
        ushort[]? clear = null;
        for (var at = 8; at + 12 <= file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            var name = file.AsSpan(at + 4, 4);
            var content = file.AsSpan(at + 8, Math.Clamp(length, 0, file.Length - at - 8));
            if (name.SequenceEqual("IEND"u8))
                break;
            if (name.SequenceEqual("IDAT"u8))
                data.Write(content);
            else if (name.SequenceEqual("tRNS"u8) && content.Length == colours * 2)
                clear = [.. Enumerable.Range(0, colours).Select(c => BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at + 8 + (c * 2))))];
            if (length != content.Length)
                break;
            at += 12 + length;
        }
        return (data.ToArray(), clear);
    }

    /// <summary>The five filters of PNG, section 9.</summary>
    private static void Unfilter(int filter, byte[] line, byte[] above, int stride)
    {
        if (filter > 4)
            throw new InvalidDataException();
        for (var i = 0; filter != 0 && i < line.Length; i++)
        {
            int left = i >= stride ? line[i - stride] : 0;
            int corner = i >= stride ? above[i - stride] : 0;
            line[i] += (byte)(filter switch
            {
                1 => left,
                2 => above[i],
                3 => (left + above[i]) / 2,
                _ => Paeth(left, above[i], corner),
            });
        }
    }

    private static int Paeth(int left, int up, int corner)
    {
        var estimate = left + up - corner;
        var (a, b, c) = (Math.Abs(estimate - left), Math.Abs(estimate - up), Math.Abs(estimate - corner));
        return a <= b && a <= c ? left : b <= c ? up : corner;
    }
}
