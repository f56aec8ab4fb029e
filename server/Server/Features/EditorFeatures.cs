using ExplainLsp.Server.Protocol;
using ExplainLsp.Server.Rpc;
using StreamJsonRpc;

namespace ExplainLsp.Server.Features;

/// <summary>All features over one engine, and what must happen to them when documents, files, folders or settings change.</summary>
/// <param name="rpc">The connection.</param>
/// <param name="state">The server's state.</param>
/// <param name="log">The log.</param>
/// <param name="progress">Progress of what takes long.</param>
/// <param name="ending">Ends everything.</param>
internal sealed class EditorFeatures(JsonRpc rpc, ServerState state, ClientLog log, WorkProgress progress, CancellationToken ending) : IDisposable
{
    private readonly StatusFeature _status = new(rpc);
    private ClientCapabilities _client = new(null, null);
    private readonly EngineSource _engines = new();
    private BoundTables? _tables;
    private HoverFeature? _hover;
    private ImageHoverFeature? _images;
    private DiagnosticsFeature? _diagnostics;

    /// <summary>Registers every feature's methods.</summary>
    public void Register(Endpoints endpoints, DocumentSync documents, WorkspaceSync workspace, SettingsSync settings)
    {
        _tables = new BoundTables(_engines);
        _images = new ImageHoverFeature(_tables, _engines, progress, log);
        _hover = new HoverFeature(_tables, _images, _engines, progress, log);
        _diagnostics = new DiagnosticsFeature(rpc, _tables, _engines, state, log, ending);
        _hover.Register(endpoints);
        new CodeLensFeature(_tables, _status).Register(endpoints);
        new ModelChoiceFeature(rpc, _tables).Register(endpoints);
        new InlayHintFeature(_tables, _engines, state).Register(endpoints);
        var partial = new PartialViews(rpc);
        new TablePageFeature(_tables, _engines).Register(endpoints);
        new PanelFeature(_tables, _engines).Register(endpoints);
        var exports = new ExportFeature();
        exports.Register(endpoints);
        new RowPanelFeature(_tables, _engines, progress, exports).Register(endpoints);
        new GlobalPanelFeature(_tables, _engines, progress, partial, exports).Register(endpoints);
        new ImagePanelFeature(_tables, _engines, progress, partial).Register(endpoints);
        new ContactSheetFeature(_tables, _engines, progress, partial).Register(endpoints);
        endpoints.OnNotification<ThemeParams>(CustomRequests.Theme, theme => state.Change(snapshot => snapshot with { Theme = theme }));

        documents.Changed += DocumentChanged;
        documents.Closed += DocumentClosed;
        workspace.FoldersChanged += () =>
        {
            _tables.Open(state.Snapshot());
            LookAgain();
        };
        workspace.FilesChanged += FilesChanged;
        settings.Changed += (_, now) =>
        {
            _engines.Use(now);
            LookAgain();
        };
        progress.Working += _status.Working;
    }

    /// <summary>What the client can do, and its colours.</summary>
    public void Initialize(InitializeParams parameters)
    {
        _client = parameters.Capabilities;
        _tables!.Open(state.Snapshot());
        if (parameters.InitializationOptions?.Theme is { } theme)
        {
            state.Change(snapshot => snapshot with { Theme = theme });
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _hover?.Dispose();
        _images?.Dispose();
        _engines.Dispose();
    }

    private void DocumentChanged(TextDocument document)
    {
        if (document.IsManifest)
        {
            _tables!.SetManifest(document.Path!, document.Text);
            LookAgain();
        }
        else
        {
            _diagnostics!.Schedule(document);
        }
    }

    private void DocumentClosed(string uri)
    {
        _diagnostics!.Clear(uri);
        if (DocumentUri.ToPath(uri) is { } path && Path.GetFileName(path) == Workspaces.Manifest.FileName)
        {
            _tables!.SetManifest(path, null);
            LookAgain();
        }
    }

    private void FilesChanged(IReadOnlyList<string> paths)
    {
        _tables!.Invalidate(paths);
        LookAgain();
        foreach (var path in paths)
        {
            switch (Path.GetExtension(path).ToLowerInvariant())
            {
                case ".onnx":
                    _status.Stale(path, "The model changed on disk. Explain again.");
                    break;
                case ".json":
                    _status.Stale(null, "explain.json changed. Explain again.");
                    break;
            }
        }
    }

    /// <summary>What binds to what may have changed: forget it, look at open documents again, and let the client ask again.</summary>
    private void LookAgain()
    {
        _diagnostics!.ScheduleAll();
        if (_client.Workspace?.InlayHint?.RefreshSupport is true)
        {
            Refresh("workspace/inlayHint/refresh");
        }

        if (_client.Workspace?.CodeLens?.RefreshSupport is true)
        {
            Refresh("workspace/codeLens/refresh");
        }
    }

    private void Refresh(string method) =>
        _ = rpc.InvokeAsync(method).ContinueWith(
            task => _ = task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
}
