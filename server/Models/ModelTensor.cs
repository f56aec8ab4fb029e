namespace ExplainLsp.Models;

/// <summary>One named input of a batch, row-major; the first dimension, the rows, is given with the call.</summary>
/// <param name="Name">The input's name in the model.</param>
/// <param name="Data">
/// A <c>float[]</c>, <c>double[]</c>, <c>long[]</c>, <c>int[]</c>, <c>bool[]</c> or <c>string[]</c> with at least rows × product of
/// <paramref name="RowShape"/> elements; longer arrays are allowed, so that buffers can be used again.
/// </param>
/// <param name="RowShape">The shape of one row, without the batch dimension: <c>[F]</c> for a table, <c>[C, H, W]</c> for an image, empty for a scalar.</param>
public readonly record struct ModelTensor(string Name, Array Data, IReadOnlyList<int> RowShape);
