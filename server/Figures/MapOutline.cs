using SkiaSharp;

namespace ExplainLsp.Figures;

/// <summary>Borders between cells of a picture: of the region that is shown, and of superpixels.</summary>
internal static class MapOutline
{
    /// <summary>Draws a line wherever two neighbouring cells differ.</summary>
    /// <param name="canvas">Where.</param>
    /// <param name="group">The group of a cell, by its number; −1 for none, around which nothing is drawn on its own.</param>
    /// <param name="width">Cells across.</param>
    /// <param name="height">Cells down.</param>
    /// <param name="target">Where the cells lie.</param>
    /// <param name="colour">Hex.</param>
    /// <param name="dash">Lengths of dash and gap; null for solid.</param>
    /// <param name="opacity">0 to 1.</param>
    public static void Draw(
        FigureCanvas canvas, Func<int, int> group, int width, int height, SKRect target, string colour, float[]? dash = null, double opacity = 1)
    {
        var (across, down) = (target.Width / width, target.Height / height);
        var points = new List<SKPoint>();
        for (var y = 0; y <= height; y++)
        {
            Runs(width, x => Differs(At(x, y - 1), At(x, y)), (from, to) => Line(from, y, to, y));
        }

        for (var x = 0; x <= width; x++)
        {
            Runs(height, y => Differs(At(x - 1, y), At(x, y)), (from, to) => Line(x, from, x, to));
        }

        if (points.Count > 0) canvas.Polyline([.. points], colour, 1, dash, opacity);

        int At(int x, int y) => x < 0 || y < 0 || x >= width || y >= height ? -1 : group((y * width) + x);

        void Line(int x0, int y0, int x1, int y1)
        {
            points.Add(new SKPoint(target.Left + (x0 * across), target.Top + (y0 * down)));
            points.Add(new SKPoint(target.Left + (x1 * across), target.Top + (y1 * down)));
            points.Add(new SKPoint(float.NaN, float.NaN));
        }
    }

    private static bool Differs(int one, int other) => one != other;

    private static void Runs(int count, Func<int, bool> holds, Action<int, int> run)
    {
        for (var from = 0; from < count; from++)
        {
            if (!holds(from)) continue;
            var to = from + 1;
            while (to < count && holds(to)) to++;
            run(from, to);
            from = to;
        }
    }
}
