using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Grids;

/// <summary>What methods for images and tensors ask of their request.</summary>
internal static class GridRequest
{
    /// <summary>The image or tensor.</summary>
    /// <exception cref="ExplainerException">Another kind of sample.</exception>
    public static GridSample GridOf(LocalRequest request, string method) => request.Sample as GridSample
        ?? throw new ExplainerException($"{method} explains images and tensors only. Use kernel-shap or occlusion for rows of tables.");
}
