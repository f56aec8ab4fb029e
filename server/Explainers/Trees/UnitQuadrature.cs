using System.Collections.Concurrent;

namespace ExplainLsp.Explainers.Trees;

/// <summary>Gauss-Legendre quadrature on [0, 1]: n points integrate polynomials up to degree 2n − 1 exactly.</summary>
internal static class UnitQuadrature
{
    private static readonly ConcurrentDictionary<int, (double[] Nodes, double[] Weights)> Rules = new();

    /// <summary>The rule with so many points.</summary>
    public static (double[] Nodes, double[] Weights) Of(int points) => Rules.GetOrAdd(points, Make);

    private static (double[] Nodes, double[] Weights) Make(int points)
    {
        double[] nodes = new double[points], weights = new double[points];
        for (int i = 0; i < points; i++)
        {
            // Newton from Tricomi's estimate; converges in a few steps for any order that a path can have.
            double x = Math.Cos(Math.PI * (i + 0.75) / (points + 0.5)), slope = 1;
            for (int step = 0; step < 100; step++)
            {
                double previous = 1, value = x;
                for (int k = 2; k <= points; k++)
                    (previous, value) = (value, (((2 * k) - 1) * x * value - ((k - 1) * previous)) / k);
                slope = points * ((x * value) - previous) / ((x * x) - 1);
                double change = value / slope;
                x -= change;
                if (Math.Abs(change) < 1e-16)
                    break;
            }
            nodes[i] = (1 - x) / 2;
            weights[i] = 1 / ((1 - (x * x)) * slope * slope);
        }
        return (nodes, weights);
    }
}
