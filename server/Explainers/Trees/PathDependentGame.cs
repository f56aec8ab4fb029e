using ExplainLsp.Models;

namespace ExplainLsp.Explainers.Trees;

/// <summary>
/// Path-dependent TreeSHAP (Lundberg et al. 2020): an absent feature passes with the share of training rows that its branches kept. The
/// value of coalition T is Π z_j + …, a product of (1−t)·z_j + t·o_j whose integral over t gives Shapley values; Gauss-Legendre
/// quadrature is exact for it, and all its terms are positive, so nothing cancels in deep trees.
/// </summary>
internal sealed class PathDependentGame : ILeafGame
{
    private readonly double[] shares;
    private readonly (double[] Nodes, double[] Weights) quadrature;

    /// <param name="path">The leaf.</param>
    /// <param name="covers">Training rows that reach each node.</param>
    /// <param name="trees">The ensemble.</param>
    public PathDependentGame(LeafPath path, IReadOnlyList<double> covers, TreeEnsemble trees)
    {
        shares = [.. path.Steps.Select(steps => steps.Aggregate(1.0, (share, step) => share * ShareOf(step, covers, trees)))];
        quadrature = UnitQuadrature.Of((shares.Length / 2) + 1);
        Reach = shares.Aggregate(1.0, (product, share) => product * share);
    }

    /// <inheritdoc/>
    public double Reach { get; }

    /// <inheritdoc/>
    public void AddValues(ulong pattern, Span<double> values)
    {
        int count = shares.Length;
        Span<double> suffix = stackalloc double[LeafPath.MostFeatures + 1];
        for (int q = 0; q < quadrature.Nodes.Length; q++)
        {
            double t = quadrature.Nodes[q];
            suffix[count] = 1;
            for (int j = count - 1; j >= 0; j--)
                suffix[j] = suffix[j + 1] * Factor(pattern, j, t);
            double prefix = quadrature.Weights[q];
            for (int j = 0; j < count; j++)
            {
                values[j] += Gain(pattern, j) * prefix * suffix[j + 1];
                prefix *= Factor(pattern, j, t);
            }
        }
    }

    /// <inheritdoc/>
    public void AddInteractions(ulong pattern, Span<double> pairs)
    {
        int count = shares.Length;
        for (int q = 0; q < quadrature.Nodes.Length; q++)
        {
            double t = quadrature.Nodes[q];
            for (int j = 0, at = 0; j < count; j++)
            {
                for (int k = j + 1; k < count; k++, at++)
                {
                    double product = quadrature.Weights[q] * Gain(pattern, j) * Gain(pattern, k);
                    for (int other = 0; other < count; other++)
                        product *= other == j || other == k ? 1 : Factor(pattern, other, t);
                    pairs[at] += product;
                }
            }
        }
    }

    private double Factor(ulong pattern, int j, double t) => ((1 - t) * shares[j]) + ((pattern >> j & 1) == 0 ? 0 : t);

    private double Gain(ulong pattern, int j) => (pattern >> j & 1) - shares[j];

    private static double ShareOf(LeafStep step, IReadOnlyList<double> covers, TreeEnsemble trees)
    {
        double parent = covers[step.Node];
        int child = step.TakesTrue ? trees.TrueNodes[step.Node] : trees.FalseNodes[step.Node];
        // A node that no row reached is reached by no absent feature either; any share serves.
        return parent > 0 ? covers[child] / parent : 0.5;
    }
}
