using System.Collections.Immutable;

namespace ExplainLsp.Explainers.Gradients;

/// <summary>The mean gradient along the straight path from a baseline to a sample, of the inputs or of a layer that is fed.</summary>
/// <param name="question">The model and the target.</param>
internal sealed class PathIntegral(GradientQuestion question)
{
    /// <summary>What there is after some nodes.</summary>
    /// <param name="sum">Weighted gradients so far.</param>
    /// <param name="weight">The weights so far.</param>
    /// <param name="done">Nodes so far.</param>
    public delegate void Watch(double[] sum, double weight, int done);

    /// <summary>Σ weight · gradient(from + node · (to − from)) over the nodes, with respect to the inputs.</summary>
    public double[] OfInputs(double[] from, double[] to, Quadrature rule, Watch? watch) =>
        Sum(from, to, rule, (points, rows) => question.OfInputs(Models.BackwardRules.Gradient, points, rows).Values, watch);

    /// <summary>The same with respect to a layer that is fed with points between two activations.</summary>
    public double[] OfFedLayer(string layer, ImmutableArray<int> shape, double[] from, double[] to, Quadrature rule, Watch? watch) =>
        Sum(from, to, rule, (points, _) => question.OfFedLayer(layer, points, shape).Values, watch);

    /// <summary>The same with respect to a layer, while the inputs go from one point to another.</summary>
    public (double[] Sum, ImmutableArray<int> Shape) OfLayer(string layer, double[] from, double[] to, Quadrature rule)
    {
        ImmutableArray<int> shape = [];
        double[] sum = Sum(from, to, rule, (points, rows) =>
        {
            LayerGradients inner = question.OfLayer(layer, points, rows);
            shape = inner.RowShape;
            return inner.Values;
        }, null);
        return (sum, shape);
    }

    private delegate double[] Gradients(double[] points, int rows);

    private static double[] Sum(double[] from, double[] to, Quadrature rule, Gradients gradients, Watch? watch)
    {
        int[] order = Quadrature.SpreadOrder(rule.Nodes.Length);
        int most = GradientQuestion.RowsPerRun(from.Length);
        double[]? sum = null;
        double weight = 0;
        // The first call is small when someone waits for a first picture.
        for (int start = 0, size = watch is null ? most : GradientQuestion.FirstRows(from.Length); start < order.Length; start += size, size = most)
        {
            int rows = Math.Min(size, order.Length - start);
            double[] points = new double[rows * from.Length];
            for (int row = 0; row < rows; row++)
            {
                double node = rule.Nodes[order[start + row]];
                for (int i = 0; i < from.Length; i++)
                    points[(row * from.Length) + i] = from[i] + (node * (to[i] - from[i]));
            }
            double[] values = gradients(points, rows);
            sum ??= new double[values.Length / rows];
            for (int row = 0; row < rows; row++)
            {
                double share = rule.Weights[order[start + row]];
                weight += share;
                for (int i = 0; i < sum.Length; i++)
                    sum[i] += share * values[(row * sum.Length) + i];
            }
            watch?.Invoke(sum, weight, start + rows);
        }
        return sum!;
    }
}
