namespace ExplainLsp.Samples;

/// <summary>
/// Resizes pictures as Pillow's <c>Image.resize</c>: first across, then down, each pass rounded to 8 bits from weights of 22 bits
/// (<c>ImagingResampleInner</c>); pictures of 16 bits in floating point.
/// </summary>
internal static class Resampling
{
    private const int Bits = 32 - 8 - 2;

    /// <summary>The picture in another size; itself when it has it. Alpha must be flattened before.</summary>
    public static Picture Resize(Picture picture, int width, int height, ResampleFilter filter, CancellationToken cancellation)
    {
        if (picture.HasAlpha)
            throw new ArgumentException("The picture has alpha.", nameof(picture));
        if (width == picture.Width && height == picture.Height)
            return picture;
        if (filter == ResampleFilter.Nearest)
            return Nearest(picture, width, height, cancellation);
        if (picture.Depth == 16)
            return Deep(picture, width, height, filter, cancellation);
        var levels = picture.Bytes;
        var lines = picture.Height;
        var channels = picture.Channels;
        byte[]? passed = null;
        if (width != picture.Width)
        {
            var weights = ResampleWeights.Of(filter, picture.Width, width);
            passed = ResampleBytes.Across(levels, picture.Width, lines, channels, weights, Fixed(weights), cancellation);
            levels = passed;
        }
        if (height != lines)
        {
            var weights = ResampleWeights.Of(filter, lines, height);
            passed = ResampleBytes.Down(levels, width * channels, weights, Fixed(weights), cancellation);
        }
        return new Picture(width, height, channels, passed!) { Source = picture.Source };
    }

    /// <summary>Pillow's <c>normalize_coeffs_8bpc</c>: rounded half away from zero.</summary>
    private static int[] Fixed(ResampleWeights weights) =>
        Array.ConvertAll(weights.Weights, weight => (int)((weight * (1 << Bits)) + (weight < 0 ? -0.5 : 0.5)));

    /// <summary>Pillow's <c>ImagingScaleAffine</c>: the source place grows by repeated addition.</summary>
    private static Picture Nearest(Picture picture, int width, int height, CancellationToken cancellation)
    {
        var (columns, rows) = (Places(picture.Width, width), Places(picture.Height, height));
        return picture.Depth == 8
            ? new Picture(width, height, picture.Channels, Take(picture.Bytes, picture, columns, rows, cancellation)) { Source = picture.Source }
            : new Picture(width, height, picture.Channels, Take(picture.Words, picture, columns, rows, cancellation)) { Source = picture.Source };
    }

    private static int[] Places(int from, int to)
    {
        var scale = (double)from / to;
        var places = new int[to];
        var place = scale * 0.5;
        for (var i = 0; i < to; i++, place += scale)
            places[i] = Math.Min((int)place, from - 1);
        return places;
    }

    private static T[] Take<T>(ReadOnlySpan<T> levels, Picture picture, int[] columns, int[] rows, CancellationToken cancellation)
    {
        var channels = picture.Channels;
        var taken = new T[checked(columns.Length * rows.Length * channels)];
        var to = 0;
        foreach (var row in rows)
        {
            cancellation.ThrowIfCancellationRequested();
            var line = levels.Slice(row * picture.Width * channels, picture.Width * channels);
            foreach (var column in columns)
            {
                for (var c = 0; c < channels; c++)
                    taken[to++] = line[(column * channels) + c];
            }
        }
        return taken;
    }

    private static Picture Deep(Picture picture, int width, int height, ResampleFilter filter, CancellationToken cancellation)
    {
        var channels = picture.Channels;
        var (across, down) = (ResampleWeights.Of(filter, picture.Width, width), ResampleWeights.Of(filter, picture.Height, height));
        var passed = new double[checked(width * picture.Height * channels)];
        for (var y = 0; y < picture.Height; y++)
        {
            cancellation.ThrowIfCancellationRequested();
            var line = picture.Words.Slice(y * picture.Width * channels, picture.Width * channels);
            var output = passed.AsSpan(y * width * channels, width * channels);
            for (var at = 0; at < output.Length; at++)
            {
                var (x, c) = (at / channels, at % channels);
                for (var k = 0; k < across.Counts[x]; k++)
                    output[at] += across.Weights[(x * across.Width) + k] * line[((across.Starts[x] + k) * channels) + c];
                // Cut between the passes as 8-bit levels are.
                output[at] = Math.Clamp(output[at], 0, ushort.MaxValue);
            }
        }
        var levels = new ushort[checked(width * height * channels)];
        var sums = new double[width * channels];
        for (var y = 0; y < height; y++)
        {
            cancellation.ThrowIfCancellationRequested();
            Array.Clear(sums);
            for (var k = 0; k < down.Counts[y]; k++)
            {
                var line = passed.AsSpan((down.Starts[y] + k) * sums.Length, sums.Length);
                var weight = down.Weights[(y * down.Width) + k];
                for (var at = 0; at < sums.Length; at++)
                    sums[at] += weight * line[at];
            }
            for (var at = 0; at < sums.Length; at++)
                levels[(y * sums.Length) + at] = (ushort)Math.Clamp(Math.Round(sums[at]), 0, ushort.MaxValue);
        }
        return new Picture(width, height, channels, levels) { Source = picture.Source };
    }
}
