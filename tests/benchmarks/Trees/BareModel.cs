using ExplainLsp.Models;
using Microsoft.ML.OnnxRuntime;

namespace ExplainLsp.Benchmarks.Trees;

/// <summary>ONNX Runtime with nothing around it, on rows that were made beforehand.</summary>
internal sealed class BareModel : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions = new();
    private readonly OrtValue _input;

    /// <summary>Opens the model with as many threads as the engine takes.</summary>
    /// <param name="path">A model with one float input.</param>
    /// <param name="values">The rows, one after another.</param>
    /// <param name="columns">Columns of a row.</param>
    /// <param name="threads">Threads of ONNX Runtime.</param>
    public BareModel(string path, float[] values, int columns, int threads)
    {
        using var options = new SessionOptions { IntraOpNumThreads = threads };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        _session = new InferenceSession(path, options);
        _input = OrtValue.CreateTensorValueFromMemory(values, [values.Length / columns, columns]);
    }

    /// <summary>Runs all rows once.</summary>
    public void Run()
    {
        // The last output of a classifier holds the probabilities.
        using var results = _session.Run(_runOptions, [_session.InputNames[0]], [_input], [_session.OutputNames[^1]]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _input.Dispose();
        _runOptions.Dispose();
        _session.Dispose();
    }
}
