namespace ExplainLsp.Explainers.Gradients;

/// <summary>Rules for integrals over [0, 1], with the nodes and weights of Captum.</summary>
/// <param name="Nodes">Where the function is asked for, ascending.</param>
/// <param name="Weights">What each value counts.</param>
internal sealed record Quadrature(double[] Nodes, double[] Weights)
{
    /// <summary>The rules, the default first.</summary>
    public static readonly string[] Rules = ["gauss-legendre", "riemann-left", "riemann-middle", "riemann-right", "trapezoid"];

    /// <summary>The option <c>rule</c>.</summary>
    public static ExplainerOption RuleOption { get; } = new("rule", Rules[0], $"How the path is integrated: {string.Join(", ", Rules)}.");

    /// <summary>A rule of so many nodes.</summary>
    /// <remarks>
    /// The weights of <c>trapezoid</c> are Captum's: 1/n each, half at the ends. They add up to 1 − 1/n, so its attributions are too small
    /// by that share.
    /// </remarks>
    public static Quadrature Of(string rule, int steps)
    {
        if (rule == "gauss-legendre")
            return GaussLegendre(steps);
        double[] nodes = new double[steps];
        double[] weights = new double[steps];
        for (int i = 0; i < steps; i++)
        {
            weights[i] = 1.0 / steps;
            nodes[i] = rule switch
            {
                "riemann-left" => (double)i / steps,
                "riemann-middle" => (i + 0.5) / steps,
                "riemann-right" => (i + 1.0) / steps,
                _ => steps == 1 ? 0.5 : (double)i / (steps - 1),
            };
        }
        if (rule == "trapezoid" && steps > 1)
        {
            weights[0] /= 2;
            weights[^1] /= 2;
        }
        return new Quadrature(nodes, weights);
    }

    /// <summary>
    /// An order that starts in the middle and covers the whole interval early (bit reversal), so that what was summed so far is a coarse
    /// result; always the same, so that sums have the same bits.
    /// </summary>
    public static int[] SpreadOrder(int count)
    {
        int bits = 0;
        while (1 << bits < count)
            bits++;
        int[] order = new int[count];
        int filled = 0;
        for (int i = 0; i < 1 << bits; i++)
        {
            int reversed = 0;
            for (int bit = 0; bit < bits; bit++)
                reversed |= ((i >> bit) & 1) << (bits - 1 - bit);
            if (reversed < count)
                order[filled++] = (reversed + (count / 2)) % count;
        }
        return order;
    }

    /// <summary>Roots of the Legendre polynomial by Newton's method from Tricomi's guess (Press et al., Numerical Recipes, 4.6).</summary>
    private static Quadrature GaussLegendre(int n)
    {
        double[] nodes = new double[n];
        double[] weights = new double[n];
        for (int i = 0; i < (n + 1) / 2; i++)
        {
            double x = Math.Cos(Math.PI * (i + 0.75) / (n + 0.5));
            double derivative = 1;
            for (int step = 0; step < 100; step++)
            {
                double before = 0, value = 1;
                for (int degree = 0; degree < n; degree++)
                    (before, value) = (value, ((((2 * degree) + 1) * x * value) - (degree * before)) / (degree + 1));
                derivative = n * ((x * value) - before) / ((x * x) - 1);
                double change = value / derivative;
                x -= change;
                if (Math.Abs(change) < 1e-16)
                    break;
            }
            double weight = 1 / ((1 - (x * x)) * derivative * derivative);
            nodes[i] = 0.5 * (1 - x);
            nodes[n - 1 - i] = 0.5 * (1 + x);
            weights[i] = weights[n - 1 - i] = weight;
        }
        return new Quadrature(nodes, weights);
    }
}
