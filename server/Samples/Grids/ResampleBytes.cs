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
            for (var x = 0; x < width; x++)
            {
                var taps = scaled.AsSpan(x * weights.Width, weights.Counts[x]);
                for (var c = 0; c < channels; c++)
                {
                    var sum = Half;
                    var at = (weights.Starts[x] * channels) + c;
                    foreach (var tap in taps)
                    {
                        sum += tap * line[at];
                        at += channels;
                    }
                    output[(x * channels) + c] = Clip(sum);
                }
            }
        }
        return result;
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
