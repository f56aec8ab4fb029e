namespace ExplainLsp.Explainers.Gradients;

/// <summary>Enlarges a map to the size of the picture that it lies on, with pixel centres aligned (PyTorch's <c>align_corners=False</c>).</summary>
internal static class MapEnlargement
{
    /// <summary>Each pixel takes the value of the place that it lies in.</summary>
    public static double[] Nearest(double[] map, int rows, int columns, int height, int width)
    {
        double[] large = new double[height * width];
        for (int y = 0; y < height; y++)
        {
            int from = (int)((long)y * rows / height) * columns;
            for (int x = 0; x < width; x++)
                large[(y * width) + x] = map[from + (int)((long)x * columns / width)];
        }
        return large;
    }

    /// <summary>Values between the centres of places are interpolated linearly; beyond the outermost centres they stay.</summary>
    public static double[] Bilinear(double[] map, int rows, int columns, int height, int width)
    {
        double[] large = new double[height * width];
        for (int y = 0; y < height; y++)
        {
            (int top, int bottom, double down) = Neighbours(y, rows, height);
            for (int x = 0; x < width; x++)
            {
                (int left, int right, double across) = Neighbours(x, columns, width);
                double above = (map[(top * columns) + left] * (1 - across)) + (map[(top * columns) + right] * across);
                double below = (map[(bottom * columns) + left] * (1 - across)) + (map[(bottom * columns) + right] * across);
                large[(y * width) + x] = (above * (1 - down)) + (below * down);
            }
        }
        return large;
    }

    private static (int First, int Second, double Share) Neighbours(int at, int from, int to)
    {
        double place = Math.Max(0, ((at + 0.5) * from / to) - 0.5);
        int first = Math.Min((int)place, from - 1);
        return (first, Math.Min(first + 1, from - 1), place - first);
    }
}
