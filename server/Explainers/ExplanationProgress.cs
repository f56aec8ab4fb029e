namespace ExplainLsp.Explainers;

/// <summary>How far a computation is.</summary>
/// <param name="Done">Evaluations done.</param>
/// <param name="Total">Evaluations planned.</param>
public readonly record struct ExplanationProgress(long Done, long Total);
