using System.Collections.Immutable;
using ExplainLsp.Models.Onnx;
using ExplainLsp.Models.Running;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;

namespace ExplainLsp.Models.Gradients;

/// <summary>Differentiates one model: makes it ready on first use, and keeps what was asked for. Safe for use from several threads.</summary>
/// <param name="file">The model's file.</param>
/// <param name="bytes">Its bytes.</param>
/// <param name="inputs">What the model wants.</param>
/// <param name="options">Threads and memory.</param>
internal sealed class GradientWorkshop(ModelFile file, byte[] bytes, InputPlan inputs, ModelSessionOptions options) : IDisposable
{
    /// <summary>Gradient models that keep an open session of ONNX Runtime; older ones open theirs again when they are run.</summary>
    private const int MostOpen = 8;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, GradientModel> _models = new(StringComparer.Ordinal);
    private readonly LinkedList<GradientModel> _recent = new();
    private byte[]? _bytes = bytes;
    private Prepared? _prepared;
    private bool _disposed;

    /// <summary>The model extended by a derivative.</summary>
    public GradientModel Gradient(GradientRequest request, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (request.Wrt.IsDefaultOrEmpty)
            throw new ArgumentException("With respect to what is not said.", nameof(request));
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var key = KeyOf(request);
            if (!_models.TryGetValue(key, out var model))
            {
                var source = Prepare().Source;
                cancellation.ThrowIfCancellationRequested();
                model = new GradientModel(file, source, inputs, options, request);
                _models.Add(key, model);
            }

            Touch(model);
            return model;
        }
    }

    /// <summary>The model's inner tensors.</summary>
    public ImmutableArray<LayerTensor> Layers(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return Prepare().Layers;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            foreach (var model in _models.Values)
                model.Dispose();
        }
    }

    private static string KeyOf(GradientRequest request) => string.Join(
        '\n', request.Output, string.Join('\t', request.Wrt), request.Tail, request.Rules, string.Join('\t', request.Feed), string.Join('\t', request.Fetch));

    private void Touch(GradientModel model)
    {
        _recent.Remove(model);
        _recent.AddFirst(model);
        while (_recent.Count > MostOpen)
        {
            _recent.Last!.Value.Release();
            _recent.RemoveLast();
        }
    }

    private Prepared Prepare()
    {
        if (_prepared is not null)
            return _prepared;
        try
        {
            var model = ModelProto.Parser.ParseFrom(_bytes);
            var original = model.Graph.Node.ToArray();
            var source = GradientSource.Prepare(model, file.DisplayName, Path.GetDirectoryName(file.Path)!);
            _prepared = new Prepared(source, LayerList.Of(original, source.Facts));
            _bytes = null;
            return _prepared;
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw GradientFailure.TooBig(file.DisplayName, $"its graph cannot be read whole ({exception.Message})");
        }
        catch (OnnxRuntimeException exception)
        {
            throw OrtFailure.WhileOpening(file, exception);
        }
    }

    private sealed record Prepared(GradientSource Source, ImmutableArray<LayerTensor> Layers);
}
