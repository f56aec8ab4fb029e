namespace ExplainLsp.Explainers.Metrics;

/// <summary>Metrics of probabilities against class indices.</summary>
internal static class ClassMetrics
{
    // As NumPy's epsilon for double: keeps a single certain mistake from being infinite.
    private const double Smallest = 2.220446049250313e-16;

    /// <summary>Share of rows whose most probable class (the first among equals) is the label.</summary>
    public static double Accuracy(double[] labels, double[] scores, int width)
    {
        int right = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            ReadOnlySpan<double> classes = scores.AsSpan(row * width, width);
            int best = 0;
            for (int i = 1; i < width; i++)
            {
                if (classes[i] > classes[best])
                    best = i;
            }
            right += best == (int)labels[row] ? 1 : 0;
        }
        return (double)right / labels.Length;
    }

    /// <summary>Mean negative logarithm of the label's probability, in nats.</summary>
    public static double LogLoss(double[] labels, double[] scores, int width)
    {
        double sum = 0;
        for (int row = 0; row < labels.Length; row++)
            sum -= Math.Log(Math.Clamp(scores[(row * width) + (int)labels[row]], Smallest, 1 - Smallest));
        return sum / labels.Length;
    }
}
