using ExplainLsp.Models;
using ExplainLsp.Samples;
using Microsoft.ML.OnnxRuntime;

namespace ExplainLsp.Benchmarks.KernelShap;

/// <summary>ONNX Runtime with nothing around it, on masked rows that were made beforehand.</summary>
internal sealed class BareModel : IDisposable
{
    /// <summary>Coalitions in one call, as many as keep the runtime busy.</summary>
    private const int Coalitions = 64;

    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions = new();
    private readonly OrtValue _input;
    private readonly int _rows;

    /// <summary>Opens the model with the threads that the engine takes, and masks random coalitions.</summary>
    /// <param name="path">A model with one float input.</param>
    /// <param name="masker">Makes the rows.</param>
    public BareModel(string path, Masker masker)
    {
        using var options = new SessionOptions { IntraOpNumThreads = ModelSessionOptions.Default.Threads };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        _session = new InferenceSession(path, options);

        var random = new Random(0);
        var present = new bool[Coalitions * masker.Features.Count];
        foreach (ref var each in present.AsSpan())
        {
            each = random.Next(2) == 1;
        }

        var batch = masker.Allocate(Coalitions);
        masker.Fill(present, batch);
        _rows = batch.Rows;
        var tensor = batch.Tensors.Single();
        var columns = tensor.RowShape.Single();
        _input = OrtValue.CreateTensorValueFromMemory(
            OrtMemoryInfo.DefaultInstance, ((float[])tensor.Data).AsMemory(0, _rows * columns), [_rows, columns]);
    }

    /// <summary>Runs the model over at least this many rows.</summary>
    public void Run(long rows)
    {
        string[] inputs = [_session.InputNames[0]];
        // The last output of a classifier holds the probabilities; the engine asks for nothing else either.
        string[] outputs = [_session.OutputNames[^1]];
        for (long done = 0; done < rows; done += _rows)
        {
            using var results = _session.Run(_runOptions, inputs, [_input], outputs);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _input.Dispose();
        _runOptions.Dispose();
        _session.Dispose();
    }
}
