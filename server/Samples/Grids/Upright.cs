using SkiaSharp;

namespace ExplainLsp.Samples;

/// <summary>Turns a picture as its EXIF orientation says, so that the first row is the top.</summary>
internal static class Upright
{
    public static Picture Turn(Picture picture, SKEncodedOrigin origin)
    {
        if (origin is SKEncodedOrigin.TopLeft or SKEncodedOrigin.Default)
            return picture;
        var swaps = origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;
        var (width, height) = swaps ? (picture.Height, picture.Width) : (picture.Width, picture.Height);
        return picture.Depth == 8
            ? new Picture(width, height, picture.Channels, Turn(picture.Bytes, picture, picture.Channels, origin),
                picture.HasAlpha ? Turn(picture.AlphaBytes, picture, 1, origin) : null)
            { Source = picture.Source }
            : new Picture(width, height, picture.Channels, Turn(picture.Words, picture, picture.Channels, origin),
                picture.HasAlpha ? Turn(picture.AlphaWords, picture, 1, origin) : null)
            { Source = picture.Source };
    }

    /// <summary>The stored pixel (x, y) goes to where its orientation's row and column say (EXIF 2.3, tag 0x0112).</summary>
    private static T[] Turn<T>(ReadOnlySpan<T> levels, Picture picture, int channels, SKEncodedOrigin origin)
    {
        var (width, height) = (picture.Width, picture.Height);
        var (right, down, corner) = origin switch
        {
            SKEncodedOrigin.TopRight => (-1, width, width - 1),
            SKEncodedOrigin.BottomRight => (-1, -width, (width * height) - 1),
            SKEncodedOrigin.BottomLeft => (1, -width, width * (height - 1)),
            SKEncodedOrigin.LeftTop => (height, 1, 0),
            SKEncodedOrigin.RightTop => (height, -1, height - 1),
            SKEncodedOrigin.RightBottom => (-height, -1, (width * height) - 1),
            SKEncodedOrigin.LeftBottom => (-height, 1, height * (width - 1)),
            _ => (1, width, 0),
        };
        var turned = new T[levels.Length];
        for (int y = 0, from = 0; y < height; y++)
        {
            var to = corner + (y * down);
            for (var x = 0; x < width; x++, to += right, from += channels)
                levels.Slice(from, channels).CopyTo(turned.AsSpan(to * channels, channels));
        }
        return turned;
    }
}
