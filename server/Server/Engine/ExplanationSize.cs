using ExplainLsp.Explainers;

namespace ExplainLsp.Server.Engine;

/// <summary>What an explanation takes in memory, roughly: enough to bound a cache.</summary>
internal static class ExplanationSize
{
    private const int ObjectBytes = 256;

    /// <summary>Bytes, estimated.</summary>
    public static long Of(Explanation explanation) =>
        (4 * ObjectBytes) + explanation.Attributions.Sum(Of) + ((explanation.Tensor?.Values.Length ?? 0) * sizeof(double));

    private static long Of(Attribution attribution) =>
        ObjectBytes + ((attribution.Feature.Length + (attribution.Value?.Length ?? 0)) * sizeof(char)) + (attribution.Curve is { } curve
            ? curve.Grid.Sum(value => (value.Length * sizeof(char)) + (4 * sizeof(double))) + (curve.Individual.Sum(row => (long)row.Length) * sizeof(double))
            : 0);
}
