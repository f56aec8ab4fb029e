using System.Collections.Immutable;

namespace ExplainLsp.Models;

/// <summary>
/// A model extended by its own derivative: reverse-mode differentiation by rewriting the ONNX graph into standard operators, run by the
/// stock ONNX Runtime. The seed (a weight for each element of the output) is an input, so one rewritten model serves every class.
/// Safe for use from several threads. Got from <see cref="ModelSession.Gradient"/>, which keeps it.
/// </summary>
public sealed class GradientModel : IDisposable
{
    /// <summary>What it computes.</summary>
    public GradientRequest Request => throw new NotImplementedException();

    /// <summary>Elements of the output a row, after the tail.</summary>
    public int Width => throw new NotImplementedException();

    /// <summary>What a reader must know of these gradients (a quantised model, a gradient passed straight through).</summary>
    public ImmutableArray<string> Warnings => throw new NotImplementedException();

    /// <summary>Runs forward and backward, in blocks sized by the memory budget.</summary>
    /// <param name="inputs">One tensor a model input and a <see cref="GradientRequest.Feed"/>, <paramref name="rows"/> rows each.</param>
    /// <param name="rows">Rows, 1 or more.</param>
    /// <param name="seed">Weights of the output's elements: rows × <see cref="Width"/>.</param>
    /// <param name="references">DeepLIFT only: the references, one tensor a model input, rows as in <paramref name="inputs"/>.</param>
    /// <param name="cancellation">Honoured within 100 ms.</param>
    /// <exception cref="ModelRunException">The model failed while it computed.</exception>
    public GradientBatch Run(
        IReadOnlyList<ModelTensor> inputs, int rows, ReadOnlySpan<float> seed, IReadOnlyList<ModelTensor>? references, CancellationToken cancellation) =>
        throw new NotImplementedException();

    /// <summary>Writes the rewritten model: it passes the ONNX checker's rules and runs in any ONNX Runtime.</summary>
    public void Save(string path) => throw new NotImplementedException();

    /// <inheritdoc/>
    public void Dispose() => throw new NotImplementedException();
}

/// <summary>What a run gives back.</summary>
/// <param name="Scores">The output after the tail, rows × width.</param>
/// <param name="Gradients">One a tensor of <see cref="GradientRequest.Wrt"/>, in that order.</param>
/// <param name="Activations">One a tensor of <see cref="GradientRequest.Fetch"/>, in that order.</param>
public sealed record GradientBatch(double[] Scores, ImmutableArray<TensorBatch> Gradients, ImmutableArray<TensorBatch> Activations);

/// <summary>Rows of a tensor.</summary>
/// <param name="Name">The tensor's name.</param>
/// <param name="Data">Row-major, rows × product of <paramref name="RowShape"/>.</param>
/// <param name="RowShape">The shape of one row.</param>
public sealed record TensorBatch(string Name, float[] Data, ImmutableArray<int> RowShape);

/// <summary>An inner tensor of a model, with what ONNX Runtime infers of it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Node">The node that writes it, by name; may be empty.</param>
/// <param name="Operator">That node's operator.</param>
/// <param name="ElementType">In ONNX words: <c>float</c>.</param>
/// <param name="Shape">With the batch dimension; −1 where open; empty where the rank is not known.</param>
public sealed record LayerTensor(string Name, string Node, string Operator, string ElementType, ImmutableArray<int> Shape);
