using System.Collections.Immutable;

namespace ExplainLsp.Explainers;

/// <summary>Attributions of many rows by one method: what beeswarms, dependence plots, decision plots and maps of rows show.</summary>
/// <param name="Rows">The rows' numbers in their file, from 0.</param>
/// <param name="Features">Column names, in the order of the matrices.</param>
/// <param name="Values">Cells as numbers, rows × features, row-major; NaN for missing ones, and for columns of text the category's rank of first appearance.</param>
/// <param name="Texts">Cells as the user wrote them, rows × features, row-major.</param>
/// <param name="Contributions">Attributions in the target's space, rows × features, row-major.</param>
/// <param name="Predicted">The model's value for each row, in the target's space.</param>
/// <param name="BaseValue">The value with every feature absent, in the target's space.</param>
/// <param name="TotalRows">Rows of the file; more than <paramref name="Rows"/> holds where only an even spread is kept.</param>
public sealed record SampleAttributions(
    ImmutableArray<int> Rows, ImmutableArray<string> Features, ImmutableArray<float> Values, ImmutableArray<string> Texts,
    ImmutableArray<float> Contributions, ImmutableArray<double> Predicted, double BaseValue, int TotalRows);
