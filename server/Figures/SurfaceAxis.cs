using System.Collections.Immutable;

namespace ExplainLsp.Figures;

/// <summary>One side of a surface: numbers at their places, each cell reaching halfway to its neighbours; categories side by side.</summary>
internal sealed class SurfaceAxis
{
    private readonly ImmutableArray<string> grid;
    private readonly double[] edges;
    private readonly bool isNumeric;
    private readonly Axis axis;

    /// <param name="grid">Values as text.</param>
    /// <param name="numeric">Values as numbers; empty for categories.</param>
    /// <param name="start">Place of the first, CSS pixels.</param>
    /// <param name="end">Place of the last.</param>
    public SurfaceAxis(ImmutableArray<string> grid, ImmutableArray<double> numeric, double start, double end)
    {
        this.grid = grid;
        isNumeric = numeric.Length == grid.Length && grid.Length > 1 && numeric[^1] > numeric[0];
        axis = isNumeric ? Axis.Over(numeric, start, end) : new Axis(-0.5, Math.Max(1, grid.Length) - 0.5, start, end);
        edges = new double[grid.Length + 1];
        for (var i = 0; i <= grid.Length; i++)
        {
            var value = !isNumeric ? i - 0.5 : i == 0 ? numeric[0] : i == grid.Length ? numeric[^1] : (numeric[i - 1] / 2) + (numeric[i] / 2);
            // On half pixels, so that no seam shows between two cells.
            edges[i] = Math.Round(axis.At(value) * 2) / 2;
        }
    }

    /// <summary>Where a cell begins.</summary>
    public double Edge(int cell) => edges[cell];

    /// <summary>The widest label, at most so wide.</summary>
    public double LabelWidth(double most) => Math.Min(most, Labels().Select(label => Typography.Measure(label.Text, TextRole.Small)).DefaultIfEmpty(0).Max());

    /// <summary>Labels below an axis that runs to the right, as many as fit.</summary>
    public void DrawAcross(FigureCanvas canvas, double baseline)
    {
        var taken = double.NegativeInfinity;
        foreach (var (place, text) in Labels())
        {
            var room = isNumeric ? 96 : Math.Max(36, Math.Abs(edges[1] - edges[0]) - 6);
            var fitted = FigureCanvas.Fit(text, TextRole.Small, room);
            var half = Typography.Measure(fitted, TextRole.Small) / 2;
            var x = Math.Clamp(place, half, canvas.Width - half);
            if (x - half < taken + 6) continue;
            canvas.Text(fitted, x, baseline, TextRole.Small, canvas.Theme.Ink2, Align.Centre);
            taken = x + half;
        }
    }

    /// <summary>Labels left of an axis that runs upwards, as many as fit.</summary>
    public void DrawDown(FigureCanvas canvas, double right, double most)
    {
        var last = double.PositiveInfinity;
        foreach (var (place, text) in Labels())
        {
            if (place > last - 13) continue;
            canvas.Text(FigureCanvas.Fit(text, TextRole.Small, most), right, place + 4, TextRole.Small, canvas.Theme.Ink2, Align.Right);
            last = place;
        }
    }

    private IEnumerable<(double Place, string Text)> Labels() => isNumeric
        ? axis.Ticks(6).Select(tick => (axis.At(tick.Value), tick.Label))
        : grid.Select((value, i) => (axis.At(i), ContributionRow.Drawable(NumberText.DataValue(value), NumberText.Whole(i + 1))));
}
