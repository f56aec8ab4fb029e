using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using ExplainLsp.Models;
using ExplainLsp.Samples;
using ExplainLsp.Server.Engine;
using ExplainLsp.Server.Protocol;
using ExplainLsp.Server.Rpc;
using ExplainLsp.Workspaces;
using StreamJsonRpc;

namespace ExplainLsp.Server.Features;

/// <summary>
/// Which model explains which table: asked of the workspace once a document version, remembered until files, folders or manifests change.
/// </summary>
/// <param name="engines">Opens models to see what they take and give.</param>
internal sealed class BoundTables(EngineSource engines)
{
    private readonly ConditionalWeakTable<TextDocument, Known> _documents = [];
    private readonly ConcurrentDictionary<string, (DateTime Written, SampleFile Samples)> _files = new();
    private Workspace _workspace = new([]);
    private int _generation;

    /// <summary>The folders changed; open manifests are read anew.</summary>
    public void Open(ServerSnapshot snapshot)
    {
        var workspace = new Workspace(snapshot.Folders);
        foreach (var manifest in snapshot.Documents.Values.Where(document => document.IsManifest))
        {
            workspace.SetManifestText(manifest.Path!, manifest.Text);
        }

        Volatile.Write(ref _workspace, workspace);
        Forget();
    }

    /// <summary>An open manifest's text changed; null when it was closed.</summary>
    public void SetManifest(string path, string? text)
    {
        _workspace.SetManifestText(path, text);
        Forget();
    }

    /// <summary>Files changed on disk.</summary>
    public void Invalidate(IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            _workspace.Invalidate(path);
        }

        Forget();
    }

    /// <summary>The table that a URI names and its model.</summary>
    public TableLookup Find(ServerSnapshot snapshot, string uri, CancellationToken cancellation)
    {
        var generation = Volatile.Read(ref _generation);
        if (snapshot.Find(uri) is not { } document)
        {
            return DocumentUri.ToPath(uri) is { } path && DocumentUri.IsTable(path) && File.Exists(path)
                ? Bind(uri, path, null, ReadFile(path, cancellation), cancellation)
                : TableLookup.None;
        }

        if (!document.IsTable)
        {
            return TableLookup.None;
        }

        if (_documents.TryGetValue(document, out var known) && known.Generation == generation)
        {
            return known.Lookup;
        }

        // A table without a file yet binds as if it lay at the workspace's root.
        var place = document.Path ?? Path.Combine(snapshot.Folders.FirstOrDefault() ?? Path.GetTempPath(), DocumentUri.NameOf(uri) + ".csv");
        var lookup = Bind(uri, place, document, new SampleFile(place, document.Table), cancellation);
        _documents.AddOrUpdate(document, new Known(generation, lookup));
        return lookup;
    }

    /// <summary>The table that a URI names, with its model.</summary>
    /// <exception cref="LocalRpcException">None, or several: the reason, in words.</exception>
    public BoundTable Require(ServerSnapshot snapshot, string uri, CancellationToken cancellation)
    {
        var lookup = Find(snapshot, uri, cancellation);
        return lookup.Bound ?? throw new LocalRpcException(
            lookup.Reason.Length > 0 ? lookup.Reason : $"No model explains {DocumentUri.NameOf(uri)}. Open a CSV or TSV file in the workspace, or choose a model for it.")
        {
            ErrorCode = PanelFeature.RequestFailed,
        };
    }

    /// <summary>The model that explains a picture, or the pictures of a folder.</summary>
    /// <param name="path">Its full path; of a folder, that of one of its pictures.</param>
    /// <param name="cancellation">Honoured between models.</param>
    public BindingResult<GridBinding> FindImage(string path, CancellationToken cancellation) => WorkspaceOf(path).BindGrid(path, Signature, cancellation);

    /// <summary>The model that explains a picture.</summary>
    /// <exception cref="LocalRpcException">None, or several: the reason, in words.</exception>
    public GridBinding RequireImage(string path, CancellationToken cancellation)
    {
        var result = FindImage(path, cancellation);
        return result.Bound ?? throw new LocalRpcException(result.Reason) { ErrorCode = PanelFeature.RequestFailed };
    }

    /// <summary>Full paths of the models that could explain a table.</summary>
    public ImmutableArray<string> Models(string? samplePath, CancellationToken cancellation) => WorkspaceOf(samplePath).Models(cancellation);

    /// <summary>Whether a model fits a table: the pair, or why not.</summary>
    public (TableBinding? Binding, string Reason) Try(string modelPath, SampleFile samples, CancellationToken cancellation)
    {
        try
        {
            return (WorkspaceOf(samples.Path).Bind(modelPath, samples.Path, samples.Table, Signature, null, cancellation), "");
        }
        catch (Exception exception) when (exception is ModelException or SampleException or ManifestException)
        {
            return (null, exception.Message);
        }
    }

    /// <summary>Whether a model fits a picture, or the pictures of a list: the pair, or why not.</summary>
    public (GridBinding? Binding, string Reason) TryImage(string modelPath, string path, CancellationToken cancellation)
    {
        try
        {
            return (WorkspaceOf(path).BindGrid(modelPath, path, Signature, cancellation), "");
        }
        catch (Exception exception) when (exception is ModelException or SampleException or ManifestException)
        {
            return (null, exception.Message);
        }
    }

    /// <summary>Where a choice of model for a table is written.</summary>
    public string ManifestPathFor(string samplePath) => WorkspaceOf(samplePath).ManifestPathFor(samplePath);

    /// <summary>What is wrong with a manifest.</summary>
    public ImmutableArray<ManifestDiagnostic> Diagnose(string manifestPath, CancellationToken cancellation) =>
        WorkspaceOf(manifestPath).Diagnose(manifestPath, Signature, cancellation);

    /// <summary>Full paths of the files whose rows can stand in for absent columns: the binding's, the table, its neighbours with these columns.</summary>
    public static IReadOnlyList<string> Backgrounds(BoundTable table)
    {
        var wanted = table.Binding.Encoder.Columns.Select(column => column.Name).ToHashSet();
        var folders = new[] { table.Samples.Path, table.Binding.BackgroundPath }.OfType<string>().Select(Path.GetDirectoryName).OfType<string>().Distinct();
        IEnumerable<string> near = folders.Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder).Where(DocumentUri.IsTable))
            .Order(StringComparer.Ordinal)
            .Where(path => HeaderOf(path).ToHashSet().IsSupersetOf(wanted));
        return [.. new[] { table.Binding.BackgroundPath, table.Samples.Path }.OfType<string>().Concat(near).Distinct()];
    }

    private void Forget() => Interlocked.Increment(ref _generation);

    private Workspace WorkspaceOf(string? path)
    {
        var workspace = Volatile.Read(ref _workspace);
        return path is null || workspace.Folders.Any(folder => path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            ? workspace
            : Workspace.Around(path);
    }

    private TableLookup Bind(string uri, string path, TextDocument? document, SampleFile samples, CancellationToken cancellation)
    {
        var workspace = WorkspaceOf(path);
        var result = workspace.Bind(path, samples.Table, Signature, cancellation);
        if (result.Bound is { } binding)
        {
            return new TableLookup(new BoundTable(uri, document, samples, binding), samples, [], result.Reason, false);
        }

        if (ImageList.Of(samples.Table) is not null && workspace.BindGrid(path, Signature, cancellation) is { } pictures
            && (pictures.Bound is not null || !pictures.Candidates.IsEmpty))
        {
            var list = pictures.Bound is { } model ? GridSourceReader.OfTable(samples, model) : null;
            return new TableLookup(null, samples, pictures.Candidates, pictures.Reason, false, list);
        }

        var folder = Path.GetDirectoryName(path);
        // JSON lines hold all sorts of things besides tables.
        var expected = workspace.Names(path) || (TableFormats.Of(path) != TableFormat.JsonLines && workspace.Models(cancellation).Any(model => Path.GetDirectoryName(model) == folder));
        return new TableLookup(null, samples, result.Candidates, result.Reason, IsProblem: expected && result.Candidates.IsEmpty);
    }

    private ModelSignature Signature(string path, CancellationToken cancellation)
    {
        using var lease = engines.Current.Sessions.Rent(path, cancellation);
        return ModelSignature.Of(lease.Session);
    }

    private SampleFile ReadFile(string path, CancellationToken cancellation)
    {
        const int most = 8;
        var written = File.GetLastWriteTimeUtc(path);
        if (_files.TryGetValue(path, out var known) && known.Written == written)
        {
            return known.Samples;
        }

        var samples = new SampleFile(path, Table.Read(path, cancellation));
        if (_files.Count >= most)
        {
            _files.Clear();
        }

        _files[path] = (written, samples);
        return samples;
    }

    private static ImmutableArray<string> HeaderOf(string path)
    {
        try
        {
            return TableFormats.IsBinary(path) ? Table.Read(path).Header : Table.Parse(File.ReadLines(path).FirstOrDefault(""), path).Header;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or SampleException)
        {
            return [];
        }
    }

    private sealed record Known(int Generation, TableLookup Lookup);
}
