using ExplainLsp.Server.Protocol;
using StreamJsonRpc;

namespace ExplainLsp.Server.Rpc;

/// <summary>Workspace folders and files that change on disk, in order of arrival.</summary>
/// <param name="rpc">The connection.</param>
/// <param name="state">The server's state.</param>
/// <param name="log">Where failures go.</param>
internal sealed class WorkspaceSync(JsonRpc rpc, ServerState state, ClientLog log)
{
    private static readonly string[] Watched = ["**/*.onnx", "**/explain.json", .. Samples.TableFormats.Extensions.Select(extension => "**/*" + extension)];

    /// <summary>The folders changed.</summary>
    public event Action? FoldersChanged;

    /// <summary>Files changed on disk: full paths.</summary>
    public event Action<IReadOnlyList<string>>? FilesChanged;

    /// <summary>Registers the methods.</summary>
    public void Register(Endpoints endpoints)
    {
        endpoints.OnNotification<DidChangeWorkspaceFoldersParams>("workspace/didChangeWorkspaceFolders", parameters =>
        {
            var removed = Paths(parameters.Event.Removed).ToHashSet();
            state.Change(snapshot => snapshot with
            {
                Folders = [.. snapshot.Folders.Where(folder => !removed.Contains(folder)).Union(Paths(parameters.Event.Added))],
            });
            FoldersChanged?.Invoke();
        });
        endpoints.OnNotification<DidChangeWatchedFilesParams>("workspace/didChangeWatchedFiles", parameters =>
            FilesChanged?.Invoke([.. parameters.Changes.Select(change => DocumentUri.ToPath(change.Uri)).OfType<string>().Distinct()]));
    }

    /// <summary>The folders that the client opened with.</summary>
    public void Initialize(InitializeParams parameters)
    {
        var folders = parameters.WorkspaceFolders is { Count: > 0 } given
            ? Paths(given)
            : parameters.RootUri is { } root ? Paths([new WorkspaceFolder(root, null)]) : [];
        state.Change(snapshot => snapshot with { Folders = [.. folders.Distinct()] });
    }

    /// <summary>Asks the client to watch files.</summary>
    public async Task WatchAsync(ClientCapabilities capabilities)
    {
        if (capabilities.Workspace?.DidChangeWatchedFiles?.DynamicRegistration is not true)
        {
            return;
        }

        var options = new DidChangeWatchedFilesRegistrationOptions([.. Watched.Select(glob => new FileSystemWatcherPattern(glob))]);
        try
        {
            await rpc.InvokeWithParameterObjectAsync<object?>(
                "client/registerCapability",
                new RegistrationParams([new Registration("watched-files", "workspace/didChangeWatchedFiles", options)])).ConfigureAwait(false);
        }
        catch (RemoteInvocationException exception)
        {
            log.Warning($"The client does not watch files; changes on disk are seen when a file is asked about. {exception.Message}");
        }
    }

    private static IEnumerable<string> Paths(IEnumerable<WorkspaceFolder> folders) =>
        folders.Select(folder => DocumentUri.ToPath(folder.Uri)).OfType<string>().Select(Path.TrimEndingDirectorySeparator);
}
