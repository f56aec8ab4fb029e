using ExplainLsp.Server.Engine;
using ExplainLsp.Server.Features;
using ExplainLsp.Server.Protocol;

namespace ExplainLsp.Server.Rpc;

/// <summary>The language server on a pair of streams: it lives until <c>exit</c>, the end of its input, or the end of the client's process.</summary>
public sealed class LanguageServer : IDisposable
{
    // Explanations compute on pool threads. With one a core, a cancel or a hover would wait half a second for the pool to add the thread
    // that reads it.
    private const int PoolThreads = 16;

    private readonly MessageGate _gate;
    private readonly ClientLog _log = new();
    private readonly Connection _rpc;
    private readonly ServerState _state = new();
    private readonly TaskCompletionSource _parentEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _ending = new();
    private readonly DocumentSync _documents;
    private readonly WorkspaceSync _workspace;
    private readonly SettingsSync _settings;
    private readonly WorkProgress _progress;
    private readonly EditorFeatures _features;
    private InitializeParams? _client;

    private LanguageServer(Stream input, Stream output)
    {
        _gate = new MessageGate(output, input, WireFormat.CreateFormatter());
        _rpc = new Connection(_gate, _log);
        _documents = new DocumentSync(_state);
        _workspace = new WorkspaceSync(_rpc, _state, _log);
        _settings = new SettingsSync(_rpc, _state, _log);
        _progress = new WorkProgress(_rpc);
        _features = new EditorFeatures(_rpc, _state, _log, _progress, _ending.Token);
    }

    /// <summary>Serves one client until it leaves.</summary>
    /// <param name="input">What the client writes.</param>
    /// <param name="output">What the client reads; nothing else may write there.</param>
    /// <param name="cancellation">Ends the server as if the client had left.</param>
    /// <returns>The process' exit code: 0 after <c>shutdown</c>, else 1.</returns>
    public static async Task<int> RunAsync(Stream input, Stream output, CancellationToken cancellation)
    {
        ThreadPool.GetMinThreads(out _, out var completionThreads);
        ThreadPool.SetMinThreads(PoolThreads, completionThreads);
        using var server = new LanguageServer(input, output);
        await server.ServeAsync(cancellation).ConfigureAwait(false);
        return server._gate.ShutDown ? 0 : 1;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _features.Dispose();
        _rpc.Dispose();
        _ending.Dispose();
    }

    private async Task ServeAsync(CancellationToken cancellation)
    {
        _log.Attach(_rpc);
        var endpoints = new Endpoints(_rpc, _state, _log);
        endpoints.OnOrderedRequest<InitializeParams, InitializeResult>("initialize", Initialize);
        endpoints.OnNotification<InitializedParams>("initialized", _ => Initialized());
        _documents.Register(endpoints);
        _workspace.Register(endpoints);
        _settings.Register(endpoints);
        _progress.Register(endpoints);
        _features.Register(endpoints, _documents, _workspace, _settings);

        _gate.ShuttingDown += _ending.Cancel;
        _rpc.StartListening();
        using var stop = cancellation.Register(() => _parentEnded.TrySetResult());
        await Task.WhenAny(_rpc.Completion, _parentEnded.Task).ConfigureAwait(false);
        await _ending.CancelAsync().ConfigureAwait(false);
    }

    private InitializeResult Initialize(InitializeParams parameters)
    {
        _client = parameters;
        _workspace.Initialize(parameters);
        _settings.Initialize(parameters);
        _features.Initialize(parameters);
        _progress.ClientShowsOurs = parameters.Capabilities.Window?.WorkDoneProgress is true;
        if (parameters.ProcessId is { } processId)
        {
            _ = WatchParentAsync(processId);
        }

        return new InitializeResult(
            new ServerCapabilities(
                "utf-16", new TextDocumentSyncOptions(OpenClose: true, Change: 2), HoverProvider: true, new CodeLensOptions(ResolveProvider: false),
                InlayHintProvider: true, new WorkspaceServerCapabilities(new WorkspaceFoldersOptions(Supported: true, ChangeNotifications: true))),
            new ServerInfo("explainlsp", ProductVersion.Text));
    }

    private void Initialized()
    {
        _ = _settings.PullAsync();
        _ = _workspace.WatchAsync(_client!.Capabilities);
    }

    private async Task WatchParentAsync(int processId)
    {
        try
        {
            await ParentWatch.EndOfAsync(processId, _ending.Token).ConfigureAwait(false);
            _parentEnded.TrySetResult();
        }
        catch (OperationCanceledException)
        {
            // The server ended first.
        }
    }
}
