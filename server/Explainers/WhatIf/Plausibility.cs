using ExplainLsp.Explainers.Tables;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.WhatIf;

/// <summary>
/// How much rows look like those of the background: the distance to the nearest of them, ranked among the background's own distances to
/// their nearest neighbours (the idea of local outlier scores; Breunig et al. 2000).
/// </summary>
internal sealed class Plausibility
{
    // Pairs of rows are compared; a spread of the background shows how dense it is.
    private const int MostRows = 500;

    private readonly EncodedTable background;
    private readonly RowDistance distance;
    private readonly int[] rows;
    private readonly double[] own;

    public Plausibility(EncodedTable background, RowDistance distance, CancellationToken cancellation)
    {
        this.background = background;
        this.distance = distance;
        rows = [.. RowSelection.EvenSpread(background.RowCount, MostRows)];
        own = new double[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            own[i] = Nearest(background, rows[i], i);
        }
    }

    /// <summary>Share of the background's rows that lie farther from their own nearest neighbour than a row from its; 0 to 1.</summary>
    public double Of(EncodedTable table, int row)
    {
        double nearest = Nearest(table, row, -1);
        // A row that a background row equals is as plausible as can be.
        return nearest == 0 ? 1 : (double)own.Count(other => other >= nearest) / own.Length;
    }

    private double Nearest(EncodedTable table, int row, int except)
    {
        double nearest = double.PositiveInfinity;
        for (int i = 0; i < rows.Length; i++)
        {
            if (i != except)
                nearest = Math.Min(nearest, distance.Between(table, row, background, rows[i]));
        }
        return nearest;
    }
}
