using System.Security.Cryptography;
using SkiaSharp;

namespace ExplainLsp.Samples;

/// <summary>From a file's bytes to a <see cref="Picture"/>: SkiaSharp decodes, 16-bit PNG is read by <see cref="DeepPng"/>.</summary>
internal static class PictureDecoder
{
    /// <summary>Larger pictures are refused before they are decoded.</summary>
    public const int MostMegapixels = 64;

    private const long MostPixels = MostMegapixels * 1_000_000L;

    public static Picture Decode(byte[] file, string path, CancellationToken cancellation)
    {
        var name = Path.GetFileName(path);
        var format = PictureFormat.Of(file)
            ?? throw new SampleException($"{name} is not an image: its content is none of PNG, JPEG, BMP, WebP and GIF. Save it as one of these.");
        if (format.SizeIn(file) is { } size)
            Check(size.Width, size.Height, name, format);
        if (format.LacksEnd(file))
            throw Truncated(name, format);
        using var stream = new CancellableStream(file, cancellation);
        using var codec = SKCodec.Create(stream, out var result);
        cancellation.ThrowIfCancellationRequested();
        if (codec is null)
        {
            throw result == SKCodecResult.IncompleteInput
                ? Truncated(name, format)
                : new SampleException($"{name} starts as a {format.Name} file but its header cannot be read. Save it again.");
        }
        Check(codec.Info.Width, codec.Info.Height, name, format);
        var source = new PictureSource(format.Name, name, path, Convert.ToHexStringLower(SHA256.HashData(file)));
        var picture = DeepPng.IsDeep(file) ? DeepPng.Decode(file, source, cancellation) : Decode(codec, source, format, cancellation);
        return Upright.Turn(picture, (SKEncodedOrigin?)format.OrientationIn(file) ?? codec.EncodedOrigin);
    }

    private static Picture Decode(SKCodec codec, PictureSource source, PictureFormat format, CancellationToken cancellation)
    {
        var name = source.Name;
        var (width, height) = (codec.Info.Width, codec.Info.Height);
        var grey = codec.Info.ColorType == SKColorType.Gray8;
        var opaque = codec.Info.AlphaType == SKAlphaType.Opaque;
        // Without a colour space nothing is colour-managed: the levels are the file's, as in Pillow.
        var info = new SKImageInfo(width, height, grey ? SKColorType.Gray8 : SKColorType.Rgba8888, opaque ? SKAlphaType.Opaque : SKAlphaType.Unpremul);
        var result = codec.GetPixels(info, out var pixels);
        cancellation.ThrowIfCancellationRequested();
        if (result is SKCodecResult.IncompleteInput or SKCodecResult.ErrorInInput)
            throw Truncated(name, format);
        if (result != SKCodecResult.Success)
            throw new SampleException($"{name} cannot be decoded as {format.Name} ({result}). Save it again.");
        if (grey)
            return new Picture(width, height, 1, pixels) { Source = source };
        var levels = new byte[checked(width * height * 3)];
        var alpha = opaque ? null : new byte[width * height];
        var translucent = false;
        for (int pixel = 0, from = 0, to = 0; from < pixels.Length; pixel++, from += 4, to += 3)
        {
            levels[to] = pixels[from];
            levels[to + 1] = pixels[from + 1];
            levels[to + 2] = pixels[from + 2];
            if (alpha is null)
                continue;
            alpha[pixel] = pixels[from + 3];
            translucent |= pixels[from + 3] != 255;
        }
        return new Picture(width, height, 3, levels, translucent ? alpha : null) { Source = source };
    }

    private static void Check(long width, long height, string name, PictureFormat format)
    {
        if (width <= 0 || height <= 0)
            throw new SampleException($"{name} has no pixels: its {format.Name} header says {width} × {height}. Save it again.");
        if (width * height > MostPixels)
        {
            var megapixels = Math.Round(width * height / 1e6);
            throw new SampleException($"{name} is {width} × {height} pixels ({megapixels} megapixels), more than {MostMegapixels}. Scale it down.");
        }
    }

    private static SampleException Truncated(string name, PictureFormat format) =>
        new($"{name} is truncated or damaged: its {format.Name} data ends or breaks before the last pixel. Copy or save it again.");
}
