namespace ExplainLsp.Samples;

/// <summary>One column of a row-major array: element <c>offset + row × width</c>.</summary>
internal static class Strided
{
    public static void Fill<T>(T[] data, int offset, int width, int from, int count, T value)
    {
        var rows = data.AsSpan(from * width, count * width);
        if (width == 1)
        {
            rows.Fill(value);
            return;
        }
        for (var at = offset; at < rows.Length; at += width)
            rows[at] = value;
    }

    public static void Gather<T>(T[] source, ReadOnlySpan<int> rows, T[] data, int offset, int width, int from)
    {
        for (var i = 0; i < rows.Length; i++)
            data[((from + i) * width) + offset] = source[(rows[i] * width) + offset];
    }
}
