namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>Operators whose output does not move with small moves of their inputs, or counts and picks: their gradient is zero.</summary>
internal sealed class NoGradientRule : IGradientRule
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Operators { get; } = ["OneHot", "ArgMax", "ArgMin", "NonZero", "EyeLike", "Bernoulli", "Multinomial"];

    /// <inheritdoc/>
    public void Differentiate(GradientContext context)
    {
    }
}
