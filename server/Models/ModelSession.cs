using System.Collections.Immutable;

namespace ExplainLsp.Models;

/// <summary>
/// A model that runs: tensors in, scores out, in batches, cancellable. Hides ZipMap, label/probability pairs, single- and multi-column
/// inputs, fixed batch sizes. A row's scores are the same bits whatever batch it runs in and however many threads run.
/// Safe for use from several threads.
/// </summary>
public sealed class ModelSession : IDisposable
{
    private ModelSession() { }

    /// <summary>The file that runs.</summary>
    public ModelFile File => throw new NotImplementedException();

    /// <summary>What the model wants, in its own order.</summary>
    public ImmutableArray<SessionInput> Inputs => throw new NotImplementedException();

    /// <summary>What can be explained, the most likely first (probabilities before logits before values).</summary>
    public ImmutableArray<SessionOutput> Outputs => throw new NotImplementedException();

    /// <summary>Opens a model.</summary>
    /// <param name="file">A file that was read, and so checked.</param>
    /// <param name="options">Threads and memory.</param>
    /// <exception cref="ModelException">Unknown operator or opset, no usable input or output, changed since it was read.</exception>
    public static ModelSession Open(ModelFile file, ModelSessionOptions options) => throw new NotImplementedException();

    /// <summary>Runs rows through the model, in blocks sized by the memory budget.</summary>
    /// <param name="inputs">One tensor an input, <paramref name="rows"/> rows each.</param>
    /// <param name="rows">Rows to run, 1 or more.</param>
    /// <param name="output">Which of <see cref="Outputs"/> to read.</param>
    /// <param name="scores">Receives rows × <see cref="SessionOutput.Width"/> scores, row-major, as the model gives them (its own kind).</param>
    /// <param name="cancellation">Honoured between and inside blocks.</param>
    /// <exception cref="ModelRunException">The model failed while it computed.</exception>
    public void Run(
        IReadOnlyList<ModelTensor> inputs, int rows, SessionOutput output, Span<double> scores, CancellationToken cancellation) =>
        throw new NotImplementedException();

    /// <inheritdoc/>
    public void Dispose() => throw new NotImplementedException();
}

/// <summary>How a model runs.</summary>
/// <param name="Threads">Threads that compute, 1 or more.</param>
/// <param name="MemoryBudget">Bytes that the inputs and outputs of one run may take.</param>
public sealed record ModelSessionOptions(int Threads, long MemoryBudget)
{
    /// <summary>Half the cores, at least 1, at most 4; 64 MiB.</summary>
    public static ModelSessionOptions Default { get; } = new(Math.Clamp(Environment.ProcessorCount / 2, 1, 4), 64L << 20);
}
