namespace ExplainLsp.Figures;

/// <summary>How many rows lie where, for more rows than dots can show: a mirrored histogram, its colour the mean rank of the rows' values.</summary>
internal static class DensityStrip
{
    private const double Slot = 2;

    /// <summary>Draws a column's rows.</summary>
    /// <param name="canvas">Where.</param>
    /// <param name="column">The column.</param>
    /// <param name="amounts">Colours of ranks.</param>
    /// <param name="places">Where each row lies; those that are not numbers do not count.</param>
    /// <param name="centre">The middle line.</param>
    /// <param name="reach">Half of the tallest slot's height; heights go with the square root of the rows, so that single rows can be seen.</param>
    public static void Draw(FigureCanvas canvas, SampleColumn column, AmountScale amounts, double[] places, double centre, double reach)
    {
        var slots = (int)Math.Ceiling(canvas.Width / Slot) + 1;
        var (counts, ranked, ranks) = (new int[slots], new int[slots], new double[slots]);
        for (var row = 0; row < places.Length; row++)
        {
            if (!double.IsFinite(places[row])) continue;
            var slot = Math.Clamp((int)(places[row] / Slot), 0, slots - 1);
            counts[slot]++;
            if (column.IsText || double.IsNaN(column.Ranks[row])) continue;
            ranked[slot]++;
            ranks[slot] += column.Ranks[row];
        }

        var most = Math.Max(1, counts.Max());
        for (var slot = 0; slot < slots; slot++)
        {
            if (counts[slot] == 0) continue;
            var half = Math.Max(0.75, reach * Math.Sqrt(counts[slot] / (double)most));
            var colour = ranked[slot] == 0 ? canvas.Theme.Neutral : amounts.At(ranks[slot] / ranked[slot]);
            canvas.Rectangle(slot * Slot, centre - half, (slot + 1) * Slot, centre + half, colour);
        }
    }
}
