using System.Collections.Immutable;

namespace ExplainLsp.Samples;

/// <summary>Divides a picture into regions: by colour (quickshift, SLIC), by squares, by tiles, or as a file says. All channels of a pixel share its region.</summary>
public static class Superpixels
{
    /// <summary>About <paramref name="cells"/> rectangles of nearly equal size, row by row from the top left.</summary>
    /// <param name="grid">The row's shape.</param>
    /// <param name="cells">How many, 1 or more; no more than there are pixels.</param>
    public static Segmentation Grid(GridShape grid, int cells)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(cells);
        var down = (int)Math.Clamp(Math.Round(Math.Sqrt((double)cells * grid.Height / grid.Width)), 1, grid.Height);
        var across = (int)Math.Clamp(Math.Round((double)cells / down), 1, grid.Width);
        return Of(grid, (y, x) => (y * down / grid.Height * across) + (x * across / grid.Width), down * across, count => $"{Count(count, "region")} ({down} × {across} grid)");
    }

    /// <summary>Tiles of a size, row by row from the top left; those at the right and the bottom may be smaller.</summary>
    /// <param name="grid">The row's shape.</param>
    /// <param name="height">Pixels down, 1 or more.</param>
    /// <param name="width">Pixels across, 1 or more.</param>
    public static Segmentation Windows(GridShape grid, int height, int width)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        var across = (grid.Width + width - 1) / width;
        return Of(grid, (y, x) => (y / height * across) + (x / width), (grid.Height + height - 1) / height * across, count => $"{Count(count, "tile")} of {height} × {width} pixels");
    }

    /// <summary>One region a pixel.</summary>
    public static Segmentation Pixels(GridShape grid) =>
        Of(grid, (y, x) => (y * grid.Width) + x, grid.Height * grid.Width, count => Count(count, "pixel"));

    /// <summary>Repeats one label a pixel over the channels, in the row's own order.</summary>
    internal static Segmentation Of(GridShape grid, Func<int, int, int> label, int count, Func<int, string> description)
    {
        var labels = new int[grid.Elements];
        for (var y = 0; y < grid.Height; y++)
        {
            for (var x = 0; x < grid.Width; x++)
            {
                var own = label(y, x);
                for (var c = 0; c < grid.Channels; c++)
                    labels[grid.IndexOf(c, y, x)] = own;
            }
        }
        return new Segmentation([.. labels], count, description(count));
    }

    private static string Count(int number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";
}
