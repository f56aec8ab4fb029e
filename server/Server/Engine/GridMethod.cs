using ExplainLsp.Explainers;
using ExplainLsp.Models;

namespace ExplainLsp.Server.Engine;

/// <summary>The method for images and tensors where the user named none.</summary>
internal static class GridMethod
{
    /// <summary>
    /// In order of trust: HiResCAM shows only what the model used, and needs a layer of feature maps and its gradient; integrated
    /// gradients need the gradient alone; occlusion needs nothing but the model.
    /// </summary>
    private static readonly string[] preferred = ["hires-cam", "integrated-gradients", "occlusion"];

    /// <summary>The first of the preferred methods that can explain this sample.</summary>
    public static ILocalExplainer Default(EngineQuestion question, PreparedSample sample, CancellationToken cancellation)
    {
        var methods = preferred.Select(id => ExplainerCatalog.Local.FirstOrDefault(method => method.Id == id && method.Kinds.HasFlag(SampleKinds.Grids)))
            .OfType<ILocalExplainer>().ToArray();
        return methods.FirstOrDefault(method => Works(method, question, sample, cancellation)) ?? methods[^1];
    }

    private static bool Works(ILocalExplainer method, EngineQuestion question, PreparedSample sample, CancellationToken cancellation)
    {
        var trial = new LocalRequest(
            question.PredictorFor(question.Choice.At(0, question.Query.Space)), sample.Sample, null, new Dictionary<string, string>(), 0);
        try
        {
            method.Explain(trial, null, cancellation);
            return true;
        }
        catch (Exception exception) when (exception is ExplainerException or ModelException)
        {
            return false;
        }
    }
}
