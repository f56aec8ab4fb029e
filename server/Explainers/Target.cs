namespace ExplainLsp.Explainers;

/// <summary>The scale on which a target is explained.</summary>
public enum TargetSpace
{
    /// <summary>The model's own score: log-odds or logit of a class, or a regression value in its unit.</summary>
    Raw,

    /// <summary>The probability of a class, 0 to 1.</summary>
    Probability,
}

/// <summary>The number that is explained: one element of one output, always named.</summary>
/// <param name="Output">The output's name in the model.</param>
/// <param name="Index">The class's index in the output, or the element of a regression output.</param>
/// <param name="Name">The class's name as people know it, or the output's name for a regression.</param>
/// <param name="Space">The scale of predicted value, base value and attributions.</param>
public sealed record Target(string Output, int Index, string Name, TargetSpace Space);
