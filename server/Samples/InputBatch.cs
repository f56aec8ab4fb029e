using System.Collections.Immutable;

namespace ExplainLsp.Samples;

/// <summary>Rows of model input, one tensor an input. A batch is a buffer: it is filled, run and filled again.</summary>
/// <param name="Tensors">One tensor an input of the model, in the model's order.</param>
/// <param name="Capacity">Rows that the tensors have room for.</param>
public sealed record InputBatch(ImmutableArray<InputTensor> Tensors, int Capacity)
{
    /// <summary>Rows filled, 0 to <see cref="Capacity"/>.</summary>
    public int Rows { get; set; }
}
