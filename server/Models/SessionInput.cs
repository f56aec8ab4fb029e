using System.Collections.Immutable;

namespace ExplainLsp.Models;

/// <summary>An input of a model that runs.</summary>
/// <param name="Name">Its name in the graph.</param>
/// <param name="ElementType"><c>float</c>, <c>double</c>, <c>long</c>, <c>int</c>, <c>bool</c> or <c>string</c>.</param>
/// <param name="RowShape">The shape of one row, without the batch dimension; −1 where the model leaves it open.</param>
public sealed record SessionInput(string Name, Type ElementType, ImmutableArray<int> RowShape);
