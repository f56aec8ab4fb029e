using ExplainLsp.Models;
using ExplainLsp.Samples;
using Microsoft.ML.OnnxRuntime;

namespace ExplainLsp.Benchmarks.Images;

/// <summary>ONNX Runtime with nothing around it, on copies of one sample, with the threads that the engine takes.</summary>
internal sealed class BareModel : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions = new();
    private readonly OrtValue _input;
    private readonly int _batch;

    /// <param name="path">A model with one float input.</param>
    /// <param name="sample">The sample.</param>
    /// <param name="batch">Copies in one call.</param>
    public BareModel(string path, GridSample sample, int batch)
    {
        using var options = new SessionOptions { IntraOpNumThreads = ModelSessionOptions.Default.Threads };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        _session = new InferenceSession(path, options);
        _batch = batch;
        var row = (float[])sample.Tensor.Data;
        var rows = new float[batch * sample.Grid.Elements];
        for (var i = 0; i < batch; i++)
            row.AsSpan(0, sample.Grid.Elements).CopyTo(rows.AsSpan(i * sample.Grid.Elements));
        long[] shape = [batch, .. sample.Tensor.RowShape.Select(size => (long)size)];
        _input = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, rows.AsMemory(), shape);
    }

    /// <summary>Runs the model over at least this many rows.</summary>
    public void Run(long rows)
    {
        for (long done = 0; done < rows; done += _batch)
        {
            using var results = _session.Run(_runOptions, [_session.InputNames[0]], [_input], [_session.OutputNames[0]]);
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
