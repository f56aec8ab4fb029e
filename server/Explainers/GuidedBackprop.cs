using ExplainLsp.Explainers.Gradients;
using ExplainLsp.Models;

namespace ExplainLsp.Explainers;

/// <summary>
/// Guided backpropagation (Springenberg et al. 2015): the gradient, with rectifiers passing back only what is positive, where they were
/// active. Sharp pictures that hardly depend on the upper layers' weights (Adebayo et al. 2018; Sixt et al. 2020), which the result says.
/// </summary>
public sealed class GuidedBackprop : PointExplainer
{
    /// <inheritdoc/>
    public override string Id => "guided-backprop";

    /// <inheritdoc/>
    public override string Title => "Guided backpropagation";

    internal override IAttributor Attributor(GradientRun run, OptionReader options)
    {
        run.Warnings.Add(GradientWarnings.HardlyDependsOnWeights);
        return new GradientAttributor(run.Question, new BackwardRules(BackwardKind.GuidedBackpropagation), null, (gradient, _) => gradient);
    }
}
