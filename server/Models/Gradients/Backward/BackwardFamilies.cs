using ExplainLsp.Models.Gradients.Backward.DeepLift;
using ExplainLsp.Models.Gradients.Backward.Relevance;

namespace ExplainLsp.Models.Gradients.Backward;

/// <summary>Which family of backward rules a choice means.</summary>
internal static class BackwardFamilies
{
    /// <summary>The family; null for the gradient itself.</summary>
    public static IBackwardFamily? For(BackwardRules rules) => rules.Kind switch
    {
        BackwardKind.Gradient => null,
        BackwardKind.GuidedBackpropagation or BackwardKind.Deconvolution => new RectifierFamily(rules.Kind),
        BackwardKind.DeepLift => new DeepLiftFamily(),
        BackwardKind.LrpEpsilon or BackwardKind.LrpGamma or BackwardKind.LrpZPlus or BackwardKind.LrpComposite => new RelevanceFamily(rules),
        var kind => throw new ArgumentOutOfRangeException(nameof(rules), kind, null),
    };
}
