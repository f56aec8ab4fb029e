namespace ExplainLsp.Explainers.Numerics;

/// <summary>How values of a margin become values of its probability, against one background row: multiplied by (p(x) − p(b)) / (m(x) − m(b)).</summary>
internal static class LogisticSlope
{
    /// <summary>What a reader must know of such values.</summary>
    public const string Warning =
        "Contributions of the log-odds were rescaled to the probability, background row by background row, as SHAP does. Use exact-shap or kernel-shap for Shapley values of the probability itself.";

    /// <summary>1 / (1 + e⁻ᵐ).</summary>
    public static double Logistic(double margin) => 1 / (1 + Math.Exp(-margin));

    /// <summary>The slope of the logistic function between two margins.</summary>
    public static double Between(double own, double other)
    {
        double p = Logistic(other), difference = own - other;
        return Math.Abs(difference) > 1e-12 ? (Logistic(own) - p) / difference : p * (1 - p);
    }
}
