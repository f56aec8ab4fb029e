using ExplainLsp.Explainers;

namespace ExplainLsp.Server.Engine;

/// <summary>What an explanation takes in memory, roughly: enough to bound a cache.</summary>
internal static class ExplanationSize
{
    private const int ObjectBytes = 256;
    private const int TextBytes = 40;

    /// <summary>Bytes, estimated.</summary>
    public static long Of(Explanation explanation) =>
        (4 * ObjectBytes) + explanation.Attributions.Sum(Of) + ((explanation.Tensor?.Values.Length ?? 0) * sizeof(double))
        + Of(explanation.Samples) + explanation.Surfaces.Sum(Of)
        + (ObjectBytes * ((explanation.Anchor?.Conditions.Length ?? 0) + explanation.Counterfactuals.Sum(each => 1L + each.Changes.Length) + explanation.Neighbours.Length));

    // Cells share their text with the table, or with each other where it repeats.
    private static long Of(SampleAttributions? samples) => samples is null ? 0
        : ObjectBytes + ((long)samples.Rows.Length * ObjectBytes) + ((long)samples.Texts.Length * ((2 * sizeof(float)) + TextBytes));

    private static long Of(Surface surface) =>
        ObjectBytes + ((long)surface.Values.Length * sizeof(double)) + ((surface.FirstGrid.Length + surface.SecondGrid.Length) * (sizeof(double) + TextBytes));

    private static long Of(Attribution attribution) =>
        ObjectBytes + ((attribution.Feature.Length + (attribution.Value?.Length ?? 0)) * sizeof(char)) + (attribution.Curve is { } curve
            ? curve.Grid.Sum(value => (value.Length * sizeof(char)) + (4 * sizeof(double))) + (curve.Individual.Sum(row => (long)row.Length) * sizeof(double))
            : 0);
}
