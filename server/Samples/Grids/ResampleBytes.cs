namespace ExplainLsp.Samples;

/// <summary>The two passes of <see cref="Resampling"/> over bytes, in whole numbers.</summary>
internal static class ResampleBytes
{
    private const int Bits = 32 - 8 - 2;
    private const int Half = 1 << (Bits - 1);

    public static byte[] Across(
        ReadOnlySpan<byte> levels, int from, int lines, int channels, ResampleWeights weights, int[] scaled, CancellationToken cancellation)
    {
        var width = weights.Starts.Length;
        var result = new byte[checked(width * lines * channels)];
        for (var y = 0; y < lines; y++)
        {
            cancellation.ThrowIfCancellationRequested();
            var line = levels.Slice(y * from * channels, from * channels);
            var output = result.AsSpan(y * width * channels, width * channels);
            if (channels == 3)
                AcrossColours(line, output, weights, scaled);
            else
                AcrossGrey(line, output, weights, scaled);
        }
        return result;
    }

    private static void AcrossGrey(ReadOnlySpan<byte> line, Span<byte> output, ResampleWeights weights, int[] scaled)
    {
        for (var x = 0; x < output.Length; x++)
        {
            var taps = scaled.AsSpan(x * weights.Width, weights.Counts[x]);
            var pixels = line.Slice(weights.Starts[x], taps.Length);
            var sum = Half;
            for (var k = 0; k < taps.Length; k++)
                sum += taps[k] * pixels[k];
            output[x] = Clip(sum);
        }
    }

    private static void AcrossColours(ReadOnlySpan<byte> line, Span<byte> output, ResampleWeights weights, int[] scaled)
    {
        for (int x = 0, to = 0; to < output.Length; x++, to += 3)
        {
            var taps = scaled.AsSpan(x * weights.Width, weights.Counts[x]);
            var pixels = line.Slice(weights.Starts[x] * 3, taps.Length * 3);
            var (red, green, blue) = (Half, Half, Half);
            for (int k = 0, from = 0; from + 2 < pixels.Length && k < taps.Length; k++, from += 3)
            {
                red += taps[k] * pixels[from];
                green += taps[k] * pixels[from + 1];
                blue += taps[k] * pixels[from + 2];
            }
            output[to] = Clip(red);
            output[to + 1] = Clip(green);
            output[to + 2] = Clip(blue);
        }
    }

    public static byte[] Down(ReadOnlySpan<byte> levels, int stride, ResampleWeights weights, int[] scaled, CancellationToken cancellation)
    {
        var height = weights.Starts.Length;
        var result = new byte[checked(stride * height)];
        var sums = new int[stride];
        for (var y = 0; y < height; y++)
        {
            cancellation.ThrowIfCancellationRequested();
            Array.Fill(sums, Half);
            for (var k = 0; k < weights.Counts[y]; k++)
            {
                var line = levels.Slice((weights.Starts[y] + k) * stride, stride);
                var tap = scaled[(y * weights.Width) + k];
                for (var x = 0; x < sums.Length; x++)
                    sums[x] += tap * line[x];
            }
            var output = result.AsSpan(y * stride, stride);
            for (var x = 0; x < sums.Length; x++)
                output[x] = Clip(sums[x]);
        }
        return result;
    }

    private static byte Clip(int sum) => (byte)Math.Clamp(sum >> Bits, 0, 255);
}
