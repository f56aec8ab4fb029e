namespace ExplainLsp.Explainers.Metrics;

/// <summary>Metrics of predicted values against true ones.</summary>
internal static class ValueMetrics
{
    /// <summary>Coefficient of determination: 1 − residual sum of squares / sum of squares around the mean.</summary>
    public static double R2(double[] labels, double[] scores, int width)
    {
        double mean = labels.Average();
        double residual = 0, total = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            double off = labels[row] - scores[row];
            residual += off * off;
            total += (labels[row] - mean) * (labels[row] - mean);
        }
        return 1 - (residual / total);
    }

    /// <summary>Root of the mean squared error, in the target's unit.</summary>
    public static double RootMeanSquaredError(double[] labels, double[] scores)
    {
        double sum = 0;
        for (int row = 0; row < labels.Length; row++)
            sum += (labels[row] - scores[row]) * (labels[row] - scores[row]);
        return Math.Sqrt(sum / labels.Length);
    }

    /// <summary>Mean absolute error, in the target's unit.</summary>
    public static double MeanAbsoluteError(double[] labels, double[] scores, int width)
    {
        double sum = 0;
        for (int row = 0; row < labels.Length; row++)
            sum += Math.Abs(labels[row] - scores[row]);
        return sum / labels.Length;
    }
}
