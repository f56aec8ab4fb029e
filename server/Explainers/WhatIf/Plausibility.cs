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

    private readonly RowDistance distance;
    private readonly double[][] points;
    private readonly double[] own;

    public Plausibility(EncodedTable background, RowDistance distance, CancellationToken cancellation)
    {
        this.distance = distance;
        points = [.. RowSelection.EvenSpread(background.RowCount, MostRows).Select(row => distance.Point(background, row))];
        own = new double[points.Length];
        for (int i = 0; i < own.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            own[i] = Nearest(points[i], i);
        }
    }

    /// <summary>Share of the background's rows that lie at least as far from their own nearest neighbour as a row from its; 0 to 1.</summary>
    public double Of(EncodedTable table, int row)
    {
        double nearest = Nearest(distance.Point(table, row), -1);
        return (double)own.Count(other => other >= nearest) / own.Length;
    }

    private double Nearest(double[] point, int except)
    {
        double nearest = double.PositiveInfinity;
        for (int i = 0; i < points.Length; i++)
        {
            if (i != except)
                nearest = Math.Min(nearest, distance.Between(point, points[i]));
        }
        return nearest;
    }
}
