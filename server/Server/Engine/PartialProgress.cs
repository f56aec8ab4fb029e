using ExplainLsp.Explainers;

namespace ExplainLsp.Server.Engine;

/// <summary>Passes progress on, and coarse explanations to whoever shows them.</summary>
internal sealed class PartialProgress(IProgress<ExplanationProgress>? progress, Action<Explanation> partial) : IProgress<ExplanationProgress>
{
    /// <inheritdoc/>
    public void Report(ExplanationProgress value)
    {
        progress?.Report(value);
        if (value.Partial is { } coarse)
        {
            partial(coarse);
        }
    }
}
