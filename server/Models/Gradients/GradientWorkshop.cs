using System.Collections.Immutable;
using ExplainLsp.Models.Onnx;
using ExplainLsp.Models.Running;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;

namespace ExplainLsp.Models.Gradients;

/// <summary>
/// Differentiates one model: makes it ready on first use, and keeps what was asked for. Safe for use from several threads, none of which
/// waits for what another one asked for.
/// </summary>
/// <param name="file">The model's file.</param>
/// <param name="read">Reads its bytes.</param>
/// <param name="inputs">What the model wants.</param>
/// <param name="options">Threads and memory.</param>
internal sealed class GradientWorkshop(ModelFile file, Func<byte[]> read, InputPlan inputs, ModelSessionOptions options) : IDisposable
{
    /// <summary>Gradient models that keep an open session of ONNX Runtime; older ones open theirs again when they are run.</summary>
    private const int MostOpen = 8;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, SharedBuild<GradientModel>> _models = new(StringComparer.Ordinal);
    private readonly LinkedList<GradientModel> _recent = new();
    private readonly SharedBuild<Prepared> _prepared = new(() => Prepare(file, read()));
    private bool _disposed;

    /// <summary>The model extended by a derivative.</summary>
    public GradientModel Gradient(GradientRequest request, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (request.Wrt.IsDefaultOrEmpty)
            throw new ArgumentException("With respect to what is not said.", nameof(request));
        SharedBuild<GradientModel>? build;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var key = KeyOf(request);
            if (!_models.TryGetValue(key, out build))
            {
                build = new(() => new GradientModel(file, _prepared.Get(CancellationToken.None).Source, inputs, options, request));
                _models.Add(key, build);
            }
        }

        var model = build.Get(cancellation);
        lock (_lock)
            Touch(model);
        return model;
    }

    /// <summary>The model's inner tensors.</summary>
    public ImmutableArray<LayerTensor> Layers(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_lock)
            ObjectDisposedException.ThrowIf(_disposed, this);
        return _prepared.Get(cancellation).Layers;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            foreach (var build in _models.Values)
                build.WhenMade(model => model.Dispose());
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

    private static Prepared Prepare(ModelFile file, byte[] bytes)
    {
        try
        {
            var model = ModelProto.Parser.ParseFrom(bytes);
            var original = model.Graph.Node.ToArray();
            var source = GradientSource.Prepare(model, file.DisplayName, Path.GetDirectoryName(file.Path)!);
            return new Prepared(source, LayerList.Of(original, source.Facts));
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
