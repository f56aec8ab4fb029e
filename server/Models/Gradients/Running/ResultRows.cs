using System.Collections.Immutable;
using Microsoft.ML.OnnxRuntime;

namespace ExplainLsp.Models.Gradients;

/// <summary>Rows of a result, gathered block by block. Safe for use from several threads.</summary>
/// <param name="tensor">What the graph calls it.</param>
/// <param name="file">The model.</param>
/// <param name="rows">Rows of the whole.</param>
internal sealed class ResultRows(string tensor, ModelFile file, int rows)
{
    private readonly Lock _lock = new();
    private float[]? _data;
    private ImmutableArray<int> _shape;

    /// <summary>What the graph calls it.</summary>
    public string Tensor => tensor;

    /// <summary>Takes a block's rows.</summary>
    /// <exception cref="ModelRunException">Its first dimension is not the rows, or its rows differ in shape.</exception>
    public void Take(OrtValue value, int start, int count, int padded)
    {
        var shape = value.GetTensorTypeAndShape().Shape;
        if (shape.Length == 0 || shape[0] != padded)
        {
            throw new ModelRunException(
                $"{file.DisplayName}: tensor {tensor} has shape [{string.Join(", ", shape)}] for {padded} rows, not rows first. Choose a tensor whose first dimension is the rows.");
        }

        ImmutableArray<int> row = [.. shape.Skip(1).Select(size => checked((int)size))];
        var size = row.Aggregate(1, (product, dimension) => checked(product * dimension));
        lock (_lock)
        {
            if (_data is null)
                (_data, _shape) = (new float[checked(rows * size)], row);
            else if (!_shape.SequenceEqual(row))
                throw new ModelRunException($"{file.DisplayName}: tensor {tensor} has rows of different shapes. Run rows of one shape at a time.");
        }

        TensorValues.Copy(value, _data.AsSpan(start * size, count * size));
    }

    /// <summary>The whole.</summary>
    public TensorBatch Finish(string name) => new(name, _data!, _shape);
}
