using System.Collections.Immutable;

namespace ExplainLsp.Explainers;

/// <summary>Another row, close to the explained one, of which the model says something else (Wachter et al. 2017; Mothilal et al. 2020).</summary>
/// <param name="Changes">The cells that differ, in the order of the columns.</param>
/// <param name="PredictedName">What the model says of it: a class, or the target's name.</param>
/// <param name="PredictedValue">The target's value for it, in the target's space.</param>
/// <param name="Distance">Sum over the changed columns of |change| / median absolute deviation (1 for a category; the mean absolute deviation where the median one is 0).</param>
/// <param name="Plausibility">Share of the background's rows that lie at least as far from their own nearest neighbour as this row from its; near 0 means unlike anything seen.</param>
public sealed record Counterfactual(
    ImmutableArray<CellChange> Changes, string PredictedName, double PredictedValue, double Distance, double Plausibility);

/// <summary>A changed cell.</summary>
/// <param name="Feature">The column.</param>
/// <param name="From">The cell as the user wrote it.</param>
/// <param name="To">What it becomes, in the file's way of writing.</param>
public sealed record CellChange(string Feature, string From, string To);
