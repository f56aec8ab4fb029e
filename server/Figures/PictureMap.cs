namespace ExplainLsp.Figures;

/// <summary>A picture in red, green and blue bytes, and a map over it.</summary>
/// <param name="Rgb">Height × width × 3.</param>
/// <param name="Width">The picture's pixels across.</param>
/// <param name="Height">The picture's pixels down.</param>
/// <param name="Values">The map, row-major.</param>
/// <param name="MapWidth">Its values across; fewer than pixels for the map of a layer, which is enlarged smoothly.</param>
/// <param name="MapHeight">Its values down.</param>
/// <param name="Limit">The strength at which colours end.</param>
/// <param name="TwoSided">Whether there is evidence against the class; else the map is an amount.</param>
public sealed record PictureMap(
    ReadOnlyMemory<byte> Rgb, int Width, int Height, ReadOnlyMemory<float> Values, int MapWidth, int MapHeight, double Limit, bool TwoSided)
{
    /// <summary>Whether the map is enlarged smoothly.</summary>
    public bool IsSmooth => MapWidth * MapHeight < Width * Height;

    /// <summary>The map with a value for each pixel of a size: its own where that is the picture's, else interpolated between cells' centres.</summary>
    internal float[] At(int width, int height)
    {
        var values = Values.Span;
        var sized = new float[width * height];
        for (var y = 0; y < height; y++)
        {
            var (top, bottom, down) = Cells(y, height, MapHeight);
            for (var x = 0; x < width; x++)
            {
                var (left, right, across) = Cells(x, width, MapWidth);
                var high = Mix(values[(top * MapWidth) + left], values[(top * MapWidth) + right], across);
                var low = Mix(values[(bottom * MapWidth) + left], values[(bottom * MapWidth) + right], across);
                sized[(y * width) + x] = Mix(high, low, down);
            }
        }

        return sized;
    }

    private static float Mix(float one, float other, float share) => one + ((other - one) * share);

    private static (int Low, int High, float Share) Cells(int index, int count, int cells)
    {
        var centre = Math.Clamp(((index + 0.5f) * cells / count) - 0.5f, 0, cells - 1);
        var low = (int)centre;
        return (low, Math.Min(low + 1, cells - 1), centre - low);
    }
}
