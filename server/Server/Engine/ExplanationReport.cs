using ExplainLsp.Explainers;

namespace ExplainLsp.Server.Engine;

/// <summary>An explanation with everything that a reader needs to place it: which model, which data, which row.</summary>
/// <param name="ModelPath">The model's path, as it is to be shown and written.</param>
/// <param name="ModelName">What people call it.</param>
/// <param name="ModelSha256">SHA-256 of its bytes, lower-case hex.</param>
/// <param name="Samples">The table.</param>
/// <param name="Prediction">The row and what the model says of it; null for a whole file.</param>
/// <param name="Explanation">Why.</param>
public sealed record ExplanationReport(
    string ModelPath, string ModelName, string ModelSha256, SampleFile Samples, RowPrediction? Prediction, Explanation Explanation)
{
    /// <summary>The method's name as the field writes it: <c>KernelSHAP</c>.</summary>
    public required string MethodTitle { get; init; }

    /// <summary>The row, from 0; null for a whole file.</summary>
    public int? Row => Prediction?.Row;
}
