namespace ExplainLsp.Explainers;

/// <summary>How far a computation is.</summary>
/// <param name="Done">Evaluations done.</param>
/// <param name="Total">Evaluations planned.</param>
public readonly record struct ExplanationProgress(long Done, long Total)
{
    /// <summary>What is counted: "rows", "model rows"; null for evaluations.</summary>
    public string? Unit { get; init; }

    /// <summary>The explanation as it stands so far, coarse or from fewer evaluations, to show while it is refined; null for none.</summary>
    public Explanation? Partial { get; init; }
}
