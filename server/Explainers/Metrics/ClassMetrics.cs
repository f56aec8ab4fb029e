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
            right += Predicted(scores.AsSpan(row * width, width)) == (int)labels[row] ? 1 : 0;
        return (double)right / labels.Length;
    }

    /// <summary>The most probable class, the first among equals.</summary>
    public static int Predicted(ReadOnlySpan<double> classes)
    {
        int best = 0;
        for (int i = 1; i < classes.Length; i++)
        {
            if (classes[i] > classes[best])
                best = i;
        }
        return best;
    }

    /// <summary>Mean negative logarithm of the label's probability, in nats.</summary>
    public static double LogLoss(double[] labels, double[] scores, int width)
    {
        double sum = 0;
        for (int row = 0; row < labels.Length; row++)
            sum += Loss(scores[(row * width) + (int)labels[row]]);
        return sum / labels.Length;
    }

    /// <summary>Negative logarithm of the label's probability, in nats.</summary>
    public static double Loss(double probability) => -Math.Log(Math.Clamp(probability, Smallest, 1 - Smallest));

    /// <summary>Mean squared error of one class's probability where there are two; summed over the classes where there are more (Brier 1950).</summary>
    public static double Brier(double[] labels, double[] scores, int width)
    {
        double sum = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            for (int i = width == 2 ? 1 : 0; i < width; i++)
            {
                double off = scores[(row * width) + i] - ((int)labels[row] == i ? 1 : 0);
                sum += off * off;
            }
        }
        return sum / labels.Length;
    }
}
