namespace ExplainLsp.Models;

/// <summary>How a backward pass treats operators.</summary>
public enum BackwardKind
{
    /// <summary>The gradient itself.</summary>
    Gradient,

    /// <summary>Guided backpropagation (Springenberg et al. 2015): rectifiers pass only what is positive forwards and backwards.</summary>
    GuidedBackpropagation,

    /// <summary>Deconvolution (Zeiler and Fergus 2014): rectifiers pass what is positive backwards.</summary>
    Deconvolution,

    /// <summary>
    /// DeepLIFT, rescale rule (Shrikumar et al. 2017): multipliers Δout/Δin against a reference at non-linear operators. What a run gives back
    /// as gradients are the multipliers: times input less reference they add up to the difference of the outputs.
    /// </summary>
    DeepLift,

    /// <summary>
    /// LRP-ε (Bach et al. 2015): relevance in proportion to contributions, divided by z ± ε. What a run gives back as gradients, here and for
    /// all kinds of LRP, is the relevance itself; it starts as the output's value times the seed.
    /// </summary>
    LrpEpsilon,

    /// <summary>LRP-γ (Montavon et al. 2019): positive contributions count γ more.</summary>
    LrpGamma,

    /// <summary>LRP-z⁺ (Montavon et al. 2017): only positive contributions.</summary>
    LrpZPlus,

    /// <summary>
    /// LRP composite (Montavon et al. 2019): z⁺ in the third of the weighted layers that is next to the input, γ in the middle third, ε in the
    /// third next to the output.
    /// </summary>
    LrpComposite,
}

/// <summary>A choice of backward rules: a gradient method is a choice of rules on one machinery.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Epsilon">ε of LRP-ε, in the unit of activations.</param>
/// <param name="Gamma">γ of LRP-γ.</param>
public sealed record BackwardRules(BackwardKind Kind, double Epsilon = 1e-9, double Gamma = 0.25)
{
    /// <summary>The gradient itself.</summary>
    public static BackwardRules Gradient { get; } = new(BackwardKind.Gradient);
}
