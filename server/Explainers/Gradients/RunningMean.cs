namespace ExplainLsp.Explainers.Gradients;

/// <summary>Mean and variance of rows of numbers that come one after another (Welford 1962).</summary>
internal sealed class RunningMean(int width)
{
    private readonly double[] means = new double[width];
    private readonly double[] squares = new double[width];

    /// <summary>Rows so far.</summary>
    public int Count { get; private set; }

    /// <summary>The means, a copy.</summary>
    public double[] Means => [.. means];

    /// <summary>The variances of the population (divided by n).</summary>
    public double[] Variances => Array.ConvertAll(squares, square => square / Math.Max(1, Count));

    /// <summary>The standard errors of the means, for independent rows.</summary>
    public double[] StandardErrors => Array.ConvertAll(squares, square => Count < 2 ? 0 : Math.Sqrt(square / (Count - 1) / Count));

    /// <summary>Takes a row.</summary>
    public void Add(ReadOnlySpan<double> row)
    {
        Count++;
        for (int i = 0; i < row.Length; i++)
        {
            double before = row[i] - means[i];
            means[i] += before / Count;
            squares[i] += before * (row[i] - means[i]);
        }
    }
}
