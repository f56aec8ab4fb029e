using ExplainLsp.Explainers.Gradients;
using ExplainLsp.Models;

namespace ExplainLsp.Explainers;

/// <summary>
/// Saliency (Simonyan et al. 2014): the gradient of the target with respect to each input element, by magnitude, or signed with
/// <c>absolute=false</c>. It says how the output would move under a small change, not what it is made of: it need not add up.
/// </summary>
public sealed class Saliency : PointExplainer
{
    /// <inheritdoc/>
    public override string Id => "saliency";

    /// <inheritdoc/>
    public override string Title => "Saliency";

    /// <inheritdoc/>
    public override IReadOnlyList<ExplainerOption> Options { get; } =
    [
        new("absolute", "true", "true: the gradient's magnitude; false: the gradient with its sign."),
        Layers.Option,
    ];

    internal override IAttributor Attributor(GradientRun run, OptionReader options)
    {
        bool absolute = options.Word("absolute", "true", "true", "false") == "true";
        return new GradientAttributor(
            run.Question, BackwardRules.Gradient, Layers.Chosen(run, options), absolute ? (gradient, _) => Math.Abs(gradient) : (gradient, _) => gradient);
    }
}
