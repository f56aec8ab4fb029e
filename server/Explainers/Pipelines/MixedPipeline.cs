using ExplainLsp.Models;

namespace ExplainLsp.Explainers.Pipelines;

/// <summary>What is done where a pipeline mixes columns, so that a model's inner values belong to no single column: perturbation.</summary>
internal static class MixedPipeline
{
    private const long Coalitions = 2048;

    /// <summary>Explains by exact-shap or kernel-shap, and says so.</summary>
    /// <param name="pipeline">A pipeline with an obstacle.</param>
    /// <param name="what">What stands behind it: "trees".</param>
    /// <param name="request">The question.</param>
    /// <param name="progress">Told how far it is; null for nobody.</param>
    /// <param name="cancellation">Honoured within 100 ms.</param>
    public static Explanation Explain(
        FeaturePipeline pipeline, string what, LocalRequest request, IProgress<ExplanationProgress>? progress, CancellationToken cancellation)
    {
        var masker = request.Masker ?? throw new ExplainerException("Values by perturbation need background rows.");
        var (method, options) = ExplainerCatalog.Default(masker, Coalitions * masker.RowsPerCoalition);
        Explanation found = method.Explain(request with { Options = options }, progress, cancellation);
        return found with
        {
            Quality = found.Quality.Add("pipeline", "mixes-columns"),
            Warnings =
            [
                .. found.Warnings,
                $"The pipeline before the {what} does not keep columns apart ({pipeline.Obstacle}), so these values come from perturbation ({method.Id}), not from the {what}.",
            ],
        };
    }
}
