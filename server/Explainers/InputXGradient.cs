using ExplainLsp.Explainers.Gradients;
using ExplainLsp.Models;

namespace ExplainLsp.Explainers;

/// <summary>
/// Input × gradient (Shrikumar et al. 2016): each element times the gradient with respect to it; with <c>layer</c>, each activation times
/// its gradient. For a network of rectifiers without biases this is what the output is made of; else it need not add up.
/// </summary>
public sealed class InputXGradient : PointExplainer
{
    /// <inheritdoc/>
    public override string Id => "input-x-gradient";

    /// <inheritdoc/>
    public override string Title => "Input × gradient";

    /// <inheritdoc/>
    public override IReadOnlyList<ExplainerOption> Options { get; } = [Layers.Option];

    internal override IAttributor Attributor(GradientRun run, OptionReader options) => new GradientAttributor(
        run.Question, BackwardRules.Gradient, Layers.Chosen(run, options), (gradient, value) => gradient * value);
}
