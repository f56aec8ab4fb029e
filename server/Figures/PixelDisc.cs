using SkiaSharp;

namespace ExplainLsp.Figures;

/// <summary>
/// A disc with a cleared ring, written into premultiplied RGBA pixels: how far a pixel's middle lies inside the edge is taken for how much
/// of the pixel is covered, which for a circle cannot be told from the exact share.
/// </summary>
internal static class PixelDisc
{
    /// <summary>Draws it; what lies outside the pixels is left out.</summary>
    /// <param name="pixels">Rows without padding.</param>
    /// <param name="width">Pixels a row.</param>
    /// <param name="x">The middle, device pixels.</param>
    /// <param name="y">The middle.</param>
    /// <param name="radius">The disc's radius.</param>
    /// <param name="outer">The ring's outer radius.</param>
    /// <param name="colour">Opaque.</param>
    public static void Draw(Span<uint> pixels, int width, float x, float y, float radius, float outer, SKColor colour)
    {
        var solid = colour.Red | ((uint)colour.Green << 8) | ((uint)colour.Blue << 16) | 0xFF000000;
        var reach = outer + 0.5f;
        var (left, right) = (Math.Max(0, (int)(x - reach)), Math.Min(width - 1, (int)(x + reach)));
        var (top, bottom) = (Math.Max(0, (int)(y - reach)), Math.Min((pixels.Length / width) - 1, (int)(y + reach)));
        for (var row = top; row <= bottom; row++)
        {
            var line = pixels.Slice(row * width, width);
            var down = row + 0.5f - y;
            for (var column = left; column <= right; column++)
            {
                var across = column + 0.5f - x;
                var distance = MathF.Sqrt((down * down) + (across * across));
                var (inside, cleared) = (radius - distance + 0.5f, outer - distance + 0.5f);
                if (cleared <= 0) continue;
                if (inside >= 1)
                {
                    line[column] = solid;
                    continue;
                }

                if (cleared > inside) line[column] = Mix(line[column], 0, Math.Min(1, cleared));
                if (inside > 0) line[column] = Mix(line[column], solid, inside);
            }
        }
    }

    private static uint Mix(uint from, uint to, float share)
    {
        var mixed = 0u;
        for (var shift = 0; shift < 32; shift += 8)
        {
            float a = (from >> shift) & 0xFF, b = (to >> shift) & 0xFF;
            mixed |= (uint)(a + ((b - a) * share) + 0.5f) << shift;
        }

        return mixed;
    }
}
