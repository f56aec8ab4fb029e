using System.Collections.Immutable;

namespace ExplainLsp.Explainers.Metrics;

/// <summary>How well predicted probabilities match what happened: a reliability diagram (DeGroot and Fienberg 1983) in bins of equal width.</summary>
internal static class Calibration
{
    // The normal quantile that leaves 2.5 % on either side.
    private const double Normal = 1.959963984540054;

    /// <summary>The bins that have rows, ascending; a probability on an edge belongs to the lower bin, as in scikit-learn.</summary>
    /// <param name="probabilities">Of the class, one a row; those that are not finite are left out.</param>
    /// <param name="isClass">Whether the row is of the class.</param>
    /// <param name="bins">Bins of [0, 1], 2 or more.</param>
    public static ImmutableArray<CalibrationBin> Bins(double[] probabilities, bool[] isClass, int bins)
    {
        double[] sums = new double[bins];
        int[] rows = new int[bins], hits = new int[bins];
        for (int row = 0; row < probabilities.Length; row++)
        {
            if (!double.IsFinite(probabilities[row]))
                continue;
            int bin = Math.Clamp((int)Math.Ceiling(probabilities[row] * bins) - 1, 0, bins - 1);
            sums[bin] += probabilities[row];
            rows[bin]++;
            hits[bin] += isClass[row] ? 1 : 0;
        }
        return [.. Enumerable.Range(0, bins).Where(bin => rows[bin] > 0).Select(bin =>
        {
            (double low, double high) = Wilson(hits[bin], rows[bin]);
            return new CalibrationBin(sums[bin] / rows[bin], (double)hits[bin] / rows[bin], low, high, rows[bin]);
        })];
    }

    /// <summary>Expected calibration error (Naeini et al. 2015): mean |observed − predicted| over the bins, weighted by rows.</summary>
    public static double ExpectedError(ImmutableArray<CalibrationBin> bins) =>
        bins.Sum(bin => bin.Rows * Math.Abs(bin.Observed - bin.Predicted)) / bins.Sum(bin => bin.Rows);

    /// <summary>95 % bounds of a share (Wilson 1927).</summary>
    internal static (double Low, double High) Wilson(int hits, int rows)
    {
        double share = (double)hits / rows, square = Normal * Normal / rows;
        double centre = (share + (square / 2)) / (1 + square);
        double half = Normal * Math.Sqrt((share * (1 - share) / rows) + (square / (4 * rows))) / (1 + square);
        return (Math.Max(0, centre - half), Math.Min(1, centre + half));
    }
}
