using ExplainLsp.Explainers.Gradients;
using ExplainLsp.Models;

namespace ExplainLsp.Explainers;

/// <summary>
/// Deconvolution (Zeiler and Fergus 2014): the gradient, with rectifiers passing back only what is positive, wherever they were active or
/// not. Like guided backpropagation it hardly depends on the upper layers' weights (Adebayo et al. 2018; Sixt et al. 2020).
/// </summary>
public sealed class Deconvolution : PointExplainer
{
    /// <inheritdoc/>
    public override string Id => "deconvolution";

    /// <inheritdoc/>
    public override string Title => "Deconvolution";

    internal override IAttributor Attributor(GradientRun run, OptionReader options)
    {
        run.Warnings.Add(GradientWarnings.HardlyDependsOnWeights);
        return new GradientAttributor(run.Question, new BackwardRules(BackwardKind.Deconvolution), null, (gradient, _) => gradient);
    }
}
