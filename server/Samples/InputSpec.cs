namespace ExplainLsp.Samples;

/// <summary>An input that a model wants, in words that need no model.</summary>
/// <param name="Name">The input's name.</param>
/// <param name="ElementType"><c>float</c>, <c>double</c>, <c>long</c>, <c>int</c>, <c>bool</c> or <c>string</c>.</param>
/// <param name="RowShape">The shape of one row, without the batch dimension; −1 where the model leaves it open.</param>
public sealed record InputSpec(string Name, Type ElementType, IReadOnlyList<int> RowShape);
