using System.Diagnostics;

namespace ExplainLsp.Explainers.Tables;

/// <summary>Tells how far a computation in parts is, and a few times a second what it has found so far.</summary>
/// <param name="progress">Told; null for nobody.</param>
/// <param name="unit">What is counted.</param>
/// <param name="planned">How much there will be in all; null where each report says it.</param>
internal sealed class PartialResults(IProgress<ExplanationProgress>? progress, string unit, long? planned) : IProgress<ExplanationProgress>
{
    private static readonly TimeSpan interval = TimeSpan.FromMilliseconds(250);

    private long before, done, total;
    private long shown = Stopwatch.GetTimestamp();

    /// <summary>The part that begins now stands behind what is done.</summary>
    public void BeginPart() => before = done;

    /// <inheritdoc/>
    public void Report(ExplanationProgress value)
    {
        done = before + value.Done;
        total = Math.Max(done, planned ?? value.Total);
        progress?.Report(new ExplanationProgress(done, total) { Unit = unit });
    }

    /// <summary>Shows a result, unless one was shown a moment ago.</summary>
    /// <param name="result">Makes it.</param>
    public void Show(Func<Explanation> result)
    {
        if (progress is null || Stopwatch.GetElapsedTime(shown) < interval)
            return;
        progress.Report(new ExplanationProgress(done, total) { Unit = unit, Partial = result() });
        shown = Stopwatch.GetTimestamp();
    }
}
