using System.Globalization;

namespace ExplainLsp.Explainers;

/// <summary>Warnings that several methods share.</summary>
internal static class Warnings
{
    /// <summary>What a predictor had to clip since a moment.</summary>
    /// <param name="predictor">The predictor.</param>
    /// <param name="clippedBefore">Its clipped rows at that moment.</param>
    public static IEnumerable<string> Of(Predictor predictor, long clippedBefore)
    {
        long clipped = predictor.ClippedRows - clippedBefore;
        if (clipped == 0)
            yield break;
        yield return string.Create(CultureInfo.InvariantCulture,
            $"{clipped:N0} model rows had a probability within 6e−8 of 0 or 1, whose log-odds were cut at ±16.6. Contributions in log-odds may be too small. Explain the probability instead.");
    }
}
