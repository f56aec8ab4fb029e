using System.Collections.Immutable;

namespace ExplainLsp.Samples;

/// <summary>One named model input of a batch, row-major.</summary>
/// <param name="Name">The model input's name.</param>
/// <param name="Data">A <c>float[]</c>, <c>double[]</c>, <c>long[]</c>, <c>int[]</c>, <c>bool[]</c> or <c>string[]</c> with room for the batch's capacity.</param>
/// <param name="RowShape">The shape of one row, without the batch dimension.</param>
public sealed record InputTensor(string Name, Array Data, ImmutableArray<int> RowShape);
