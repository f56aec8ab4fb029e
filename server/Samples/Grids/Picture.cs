using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace ExplainLsp.Samples;

/// <summary>
/// A decoded picture, upright: rows from the top, pixels from the left, grey or red-green-blue levels of 8 or 16 bits as the file holds them
/// (no colour management, as Pillow). Immutable.
/// </summary>
public sealed class Picture
{
    private readonly byte[]? bytes;
    private readonly ushort[]? words;
    private readonly Array? alpha;

    private Picture(int width, int height, int channels, byte[]? bytes, ushort[]? words, Array? alpha)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        if (channels is not (1 or 3) || (bytes?.Length ?? words!.Length) != checked(width * height * channels))
            throw new ArgumentException("The levels do not fill a grey or coloured picture of this size.", nameof(channels));
        (Width, Height, Channels, this.bytes, this.words, this.alpha) = (width, height, channels, bytes, words, alpha);
    }

    /// <summary>Takes 8-bit levels, height × width × channels.</summary>
    /// <param name="width">Pixels across, 1 or more.</param>
    /// <param name="height">Pixels down, 1 or more.</param>
    /// <param name="channels">1 for grey, 3 for red, green, blue.</param>
    /// <param name="levels">The levels, 0 to 255; not copied.</param>
    /// <param name="alpha">Opacity of each pixel; null where every pixel is opaque.</param>
    public Picture(int width, int height, int channels, byte[] levels, byte[]? alpha = null)
        : this(width, height, channels, levels, null, alpha)
    {
    }

    /// <summary>Takes 16-bit levels, height × width × channels.</summary>
    /// <param name="width">Pixels across, 1 or more.</param>
    /// <param name="height">Pixels down, 1 or more.</param>
    /// <param name="channels">1 for grey, 3 for red, green, blue.</param>
    /// <param name="levels">The levels, 0 to 65,535; not copied.</param>
    /// <param name="alpha">Opacity of each pixel; null where every pixel is opaque.</param>
    public Picture(int width, int height, int channels, ushort[] levels, ushort[]? alpha = null)
        : this(width, height, channels, null, levels, alpha)
    {
    }

    /// <summary>Pixels across.</summary>
    public int Width { get; }

    /// <summary>Pixels down.</summary>
    public int Height { get; }

    /// <summary>1 for grey, 3 for red, green, blue.</summary>
    public int Channels { get; }

    /// <summary>Bits a level: 8 or 16.</summary>
    public int Depth => words is null ? 8 : 16;

    /// <summary>Whether a pixel may be other than opaque.</summary>
    public bool HasAlpha => alpha is not null;

    /// <summary>What the file is: <c>PNG</c>, <c>JPEG</c>, <c>BMP</c>, <c>WebP</c>, <c>GIF</c>; empty for a picture that is not from a file.</summary>
    public string Format => Source?.Format ?? "";

    /// <summary>The file's name; empty for a picture that is not from a file.</summary>
    public string Name => Source?.Name ?? "";

    /// <summary>The file's path; null for a picture that is not from a file.</summary>
    public string? Path => Source?.Path;

    /// <summary>SHA-256 of the file, lower-case hex; null for a picture that is not from a file.</summary>
    public string? FileSha256 => Source?.Sha256;

    internal PictureSource? Source { get; init; }

    /// <summary>The 8-bit levels, height × width × channels; empty for a picture of 16 bits.</summary>
    public ReadOnlySpan<byte> Bytes => bytes;

    /// <summary>The 16-bit levels, height × width × channels; empty for a picture of 8 bits.</summary>
    public ReadOnlySpan<ushort> Words => words;

    internal ReadOnlySpan<byte> AlphaBytes => alpha as byte[];

    internal ReadOnlySpan<ushort> AlphaWords => alpha as ushort[];

    /// <summary>Reads a PNG, JPEG, BMP, WebP or GIF (its first frame), told by content, turned upright as EXIF says.</summary>
    /// <exception cref="SampleException">Missing, unreadable, not an image, truncated, of no size, or above 64 megapixels.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static Picture Read(string path, CancellationToken cancellation = default) =>
        PictureDecoder.Decode(BinaryFile.Read(path, "image", cancellation), path, cancellation);

    /// <summary>The picture over a ground, without alpha. Itself where it is opaque.</summary>
    public Picture Over(PictureColour ground)
    {
        if (alpha is null)
            return this;
        var source = Channels == 1 && !ground.IsGrey ? ToRgb() : this;
        return source.words is null
            ? new Picture(Width, Height, source.Channels, Flatten(source.bytes, (byte[])alpha, ground, source.Channels)) { Source = Source }
            : new Picture(Width, Height, source.Channels, Flatten(source.words, (ushort[])alpha, ground, source.Channels)) { Source = Source };
    }

    /// <summary>Luma of ITU-R 601-2 with Pillow's rounding: (19595 R + 38470 G + 7471 B + 32768) / 65536. Itself where it is grey.</summary>
    public Picture ToGrey()
    {
        if (Channels == 1)
            return this;
        return words is null
            ? new Picture(Width, Height, 1, Grey<byte>(bytes), null, alpha) { Source = Source }
            : new Picture(Width, Height, 1, null, Grey<ushort>(words), alpha) { Source = Source };
    }

    /// <summary>Three channels: grey three times. Itself where it is coloured.</summary>
    public Picture ToRgb()
    {
        if (Channels == 3)
            return this;
        return words is null
            ? new Picture(Width, Height, 3, Triple<byte>(bytes), null, alpha) { Source = Source }
            : new Picture(Width, Height, 3, null, Triple<ushort>(words), alpha) { Source = Source };
    }

    /// <summary>Red, green and blue bytes, height × width × 3, for drawing; 16-bit levels rounded. Alpha is left out: see <see cref="Over"/>.</summary>
    public ImmutableArray<byte> ToRgbBytes()
    {
        var rgb = new byte[checked(Width * Height * 3)];
        for (int pixel = 0, at = 0; at < rgb.Length; pixel += Channels, at += 3)
        {
            for (var c = 0; c < 3; c++)
            {
                var from = Channels == 1 ? pixel : pixel + c;
                rgb[at + c] = bytes is null ? (byte)((words![from] + 128) / 257) : bytes[from];
            }
        }
        return ImmutableCollectionsMarshal.AsImmutableArray(rgb);
    }

    private static T[] Flatten<T>(T[]? levels, T[] alpha, PictureColour ground, int channels)
        where T : unmanaged, System.Numerics.IBinaryInteger<T>, System.Numerics.IMinMaxValue<T>
    {
        var most = long.CreateChecked(T.MaxValue);
        long[] under = [ground.Red * most / 255, ground.Green * most / 255, ground.Blue * most / 255];
        var flat = new T[levels!.Length];
        for (var i = 0; i < flat.Length; i++)
        {
            var a = long.CreateTruncating(alpha[i / channels]);
            flat[i] = T.CreateTruncating(((long.CreateTruncating(levels[i]) * a) + (under[i % channels] * (most - a)) + (most / 2)) / most);
        }
        return flat;
    }

    private static T[] Grey<T>(ReadOnlySpan<T> rgb)
        where T : unmanaged, System.Numerics.IBinaryInteger<T>
    {
        var grey = new T[rgb.Length / 3];
        for (int i = 0, at = 0; i < grey.Length; i++, at += 3)
        {
            var sum = (19595L * long.CreateTruncating(rgb[at])) + (38470L * long.CreateTruncating(rgb[at + 1])) + (7471L * long.CreateTruncating(rgb[at + 2]));
            grey[i] = T.CreateTruncating((sum + 0x8000) >> 16);
        }
        return grey;
    }

    private static T[] Triple<T>(ReadOnlySpan<T> grey)
    {
        var rgb = new T[checked(grey.Length * 3)];
        for (var i = 0; i < grey.Length; i++)
            rgb.AsSpan(i * 3, 3).Fill(grey[i]);
        return rgb;
    }
}

/// <summary>Where a picture came from.</summary>
internal sealed record PictureSource(string Format, string Name, string Path, string Sha256);

/// <summary>A colour in 8-bit levels.</summary>
public readonly record struct PictureColour(byte Red, byte Green, byte Blue)
{
    /// <summary>White: what lies under transparent pixels unless the preprocessing says otherwise.</summary>
    public static PictureColour White { get; } = new(255, 255, 255);

    /// <summary>Black.</summary>
    public static PictureColour Black { get; }

    /// <summary>Whether the three levels are the same.</summary>
    public bool IsGrey => Red == Green && Green == Blue;
}
