using System.Collections.Immutable;
using ExplainLsp.Server.Protocol;

namespace ExplainLsp.Server.Rpc;

/// <summary>Everything a read may look at, at one moment.</summary>
/// <param name="Documents">Open documents by URI.</param>
/// <param name="Folders">Workspace folders, full paths.</param>
/// <param name="Settings">The settings in force.</param>
/// <param name="Theme">The editor's colours; null before it told them.</param>
internal sealed record ServerSnapshot(
    ImmutableDictionary<string, TextDocument> Documents, ImmutableArray<string> Folders, ServerSettings Settings, ThemeParams? Theme)
{
    /// <summary>The open document with this URI; null when it is not open.</summary>
    public TextDocument? Find(string uri) => Documents.GetValueOrDefault(uri);

    /// <summary>The open document that shows this file; null when none does.</summary>
    public TextDocument? FindPath(string path) => Documents.Values.FirstOrDefault(document => document.Path == path);
}

/// <summary>The server's state: one immutable snapshot that ordered handlers replace.</summary>
internal sealed class ServerState
{
    private readonly Lock _gate = new();
    private ServerSnapshot _current = new(ImmutableDictionary<string, TextDocument>.Empty, [], new ServerSettings(), null);

    /// <summary>The state now.</summary>
    public ServerSnapshot Snapshot()
    {
        lock (_gate)
        {
            return _current;
        }
    }

    /// <summary>Replaces the state.</summary>
    public ServerSnapshot Change(Func<ServerSnapshot, ServerSnapshot> change)
    {
        lock (_gate)
        {
            return _current = change(_current);
        }
    }

    /// <summary>Whether a document is still at this version.</summary>
    public bool IsCurrent(TextDocument document) => ReferenceEquals(Snapshot().Find(document.Uri), document);
}
