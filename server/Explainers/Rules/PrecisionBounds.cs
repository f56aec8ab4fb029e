namespace ExplainLsp.Explainers.Rules;

/// <summary>Confidence bounds of a share: by Kullback-Leibler divergence for the search (Kaufmann and Kalyanakrishnan 2013), and Wilson's interval for what is told.</summary>
internal static class PrecisionBounds
{
    // The rate of exploration that Kaufmann and Kalyanakrishnan give for KL-LUCB.
    private const double Rate = 405.5;
    private const double Power = 1.1;

    /// <summary>The exploration rate β(t, δ) for a number of arms.</summary>
    public static double Exploration(int arms, int step, double delta)
    {
        double log = Math.Log(Rate * arms * Math.Pow(step, Power) / delta);
        return log + Math.Log(log);
    }

    /// <summary>The largest share whose divergence from the observed one is at most a level.</summary>
    public static double Upper(double share, double level) => Bisect(share, 1, level, share);

    /// <summary>The smallest such share.</summary>
    public static double Lower(double share, double level) => Bisect(share, 0, level, share);

    /// <summary>Wilson's 95 % interval of a share (Wilson 1927).</summary>
    public static (double Low, double High) Wilson(double share, int samples)
    {
        const double Z = 1.959963984540054;
        double square = Z * Z / samples;
        double centre = (share + (square / 2)) / (1 + square);
        double half = Z * Math.Sqrt((share * (1 - share) / samples) + (square / (4 * samples))) / (1 + square);
        return (Math.Max(0, centre - half), Math.Min(1, centre + half));
    }

    private static double Bisect(double inside, double outside, double level, double share)
    {
        for (int i = 0; i < 40; i++)
        {
            double middle = (inside + outside) / 2;
            if (Divergence(share, middle) <= level)
                inside = middle;
            else
                outside = middle;
        }
        return inside;
    }

    /// <summary>Of a Bernoulli variable with mean p from one with mean q.</summary>
    private static double Divergence(double p, double q)
    {
        double sum = 0;
        if (p > 0)
            sum += p * Math.Log(p / q);
        if (p < 1)
            sum += (1 - p) * Math.Log((1 - p) / (1 - q));
        return sum;
    }
}
