using System.Collections.Immutable;

namespace ExplainLsp.Explainers;

/// <summary>How the prediction moves with two features together: two-way partial dependence, or second-order accumulated local effects.</summary>
/// <param name="First">The feature along the rows.</param>
/// <param name="Second">The feature along the columns.</param>
/// <param name="FirstGrid">Its values as text, ascending numbers or categories.</param>
/// <param name="SecondGrid">The other's.</param>
/// <param name="FirstNumeric">Its values as numbers; empty for categories.</param>
/// <param name="SecondNumeric">The other's.</param>
/// <param name="Values">First × second, row-major, in the target's space; NaN where no data tells.</param>
public sealed record Surface(
    string First, string Second, ImmutableArray<string> FirstGrid, ImmutableArray<string> SecondGrid,
    ImmutableArray<double> FirstNumeric, ImmutableArray<double> SecondNumeric, ImmutableArray<double> Values);
