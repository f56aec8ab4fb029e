using System.Globalization;
using ExplainLsp.Explainers;
using ExplainLsp.Figures;

namespace ExplainLsp.Server.Engine;

/// <summary>How far a computation is, in words.</summary>
internal static class ProgressText
{
    // Before that an estimate would jump about.
    private const double LeastShare = 0.005;
    private static readonly TimeSpan LeastTime = TimeSpan.FromSeconds(1);

    /// <summary><c>1,024 of 4,000 rows, 12 s left</c>; without the time where it cannot be told yet.</summary>
    /// <param name="progress">How far it is.</param>
    /// <param name="unit">What is counted where the progress does not say.</param>
    /// <param name="elapsed">Since it began.</param>
    public static string Of(ExplanationProgress progress, string unit, TimeSpan elapsed)
    {
        var share = progress.Total > 0 ? (double)progress.Done / progress.Total : 0;
        var left = share is >= LeastShare and < 1 && elapsed >= LeastTime ? $", {NumberText.Time(elapsed.TotalMilliseconds * (1 - share) / share)} left" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{progress.Done:N0} of {progress.Total:N0} {progress.Unit ?? unit}{left}");
    }
}
