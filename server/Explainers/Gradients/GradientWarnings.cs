namespace ExplainLsp.Explainers.Gradients;

/// <summary>What readers of some maps must know.</summary>
internal static class GradientWarnings
{
    /// <summary>The known failure of guided backpropagation and deconvolution.</summary>
    public const string HardlyDependsOnWeights =
        "This map hardly depends on the weights (Adebayo et al. 2018). It shows edges of the picture, whatever the model learnt. Use hires-cam or integrated-gradients.";
}
