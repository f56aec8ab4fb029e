namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>Functions that are constant between their steps: their gradient is zero.</summary>
internal sealed class StepRule : IGradientRule
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Operators { get; } = ["Sign", "Floor", "Ceil", "Round", "Hardmax"];

    /// <inheritdoc/>
    public void Differentiate(GradientContext context)
    {
    }
}
