using SkiaSharp;

namespace ExplainLsp.Figures.Tests;

public class PixelDiscTests
{
    /// <summary>Against the covered share of each pixel, counted at 32 × 32 places; distances are off by less than 0.07 of a pixel.</summary>
    [Theory]
    [InlineData(20, 20, 4.8, 6)]
    [InlineData(20.3, 19.6, 4.8, 6)]
    [InlineData(17.5, 21.25, 10, 14)]
    [InlineData(1, 2, 6.4, 7.6)]
    [InlineData(39, 38.5, 6.4, 6.4)]
    public void Draw_AnyPlace_CoversPixelsAsACircleDoes(float x, float y, float radius, float outer)
    {
        var pixels = Enumerable.Repeat(0xFF000000, 40 * 40).ToArray();
        PixelDisc.Draw(pixels, 40, x, y, radius, outer, new SKColor(0xEF, 0x98, 0x51));
        for (var row = 0; row < 40; row++)
        {
            for (var column = 0; column < 40; column++)
            {
                var (disc, ring) = (Share(column, row, radius), outer > radius ? Share(column, row, outer) : 0);
                var pixel = pixels[(row * 40) + column];
                Assert.InRange((pixel >> 24) / 255.0, ((1 - ring) * (1 - disc)) + disc - 0.1, ((1 - ring) * (1 - disc)) + disc + 0.1);
                Assert.InRange((pixel & 0xFF) / 239.0, disc - 0.07, disc + 0.07);
            }
        }

        double Share(int column, int row, float edge)
        {
            var covered = 0;
            for (var place = 0; place < 32 * 32; place++)
            {
                var (across, down) = (column + (((place % 32) + 0.5) / 32) - x, row + (((place / 32) + 0.5) / 32) - y);
                if ((across * across) + (down * down) <= edge * edge) covered++;
            }

            return covered / 1024.0;
        }
    }
}
