using System.Collections.Immutable;
using System.Globalization;

namespace ExplainLsp.Explainers.Surrogates;

/// <summary>What LIME says of its fit, whatever the sample.</summary>
internal static class LimeFit
{
    /// <summary>The lime package's α.</summary>
    public const double RidgePenalty = 1;

    private const double PoorFit = 0.5;

    /// <summary>The surrogate's R² (left out when there is none), intercept and value at the instance.</summary>
    public static ImmutableSortedDictionary<string, object> Quality(double r2, double intercept, double atInstance)
    {
        var quality = ImmutableSortedDictionary<string, object>.Empty.Add("intercept", intercept).Add("localPrediction", atInstance);
        return double.IsNaN(r2) ? quality : quality.Add("r2", r2);
    }

    /// <summary>Warns of a surrogate that does not follow the model.</summary>
    public static IEnumerable<string> Warnings(double r2)
    {
        if (double.IsNaN(r2))
            yield return "The model gave the same value for everything drawn. LIME has nothing to explain here. Raise samples, or use kernel-shap.";
        else if (r2 < PoorFit)
            yield return string.Create(CultureInfo.InvariantCulture,
                $"The surrogate follows the model poorly here (R² {r2:F2}; 1 is perfect). Its coefficients may mislead. Compare with kernel-shap.");
    }
}
