using System.Collections.Concurrent;
using System.Collections.Immutable;
using ExplainLsp.Models;
using ExplainLsp.Samples;
using Microsoft.Extensions.FileSystemGlobbing;

namespace ExplainLsp.Workspaces;

/// <summary>
/// Folders with models, sample files and manifests, and the answer to "which model explains this file?". Files are looked for when
/// they are asked for and remembered until <see cref="Invalidate"/>. Safe for use from several threads.
/// </summary>
public sealed class Workspace
{
    private static readonly string[] modelExtensions = [".onnx"];

    private readonly ConcurrentDictionary<string, ImmutableArray<string>> models = new();
    private readonly ConcurrentDictionary<string, (DateTime Written, long Length, ModelSignature Signature)> signatures = new();
    private readonly ManifestStore manifests = new();

    /// <summary>A workspace of some folders; the same folder twice is one.</summary>
    public Workspace(IEnumerable<string> folders) =>
        Folders = [.. folders.Select(folder => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))).Distinct()];

    /// <summary>The folders' full paths.</summary>
    public ImmutableArray<string> Folders { get; }

    /// <summary>The workspace of a file outside any: the folder of the nearest <c>explain.json</c> above it, else its own folder.</summary>
    public static Workspace Around(string path)
    {
        var own = Path.GetDirectoryName(Path.GetFullPath(path))!;
        for (var folder = own; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, Manifest.FileName)))
                return new Workspace([folder]);
        }
        return new Workspace([own]);
    }

    /// <summary>Full paths of the models in all folders. What tools put there (<c>node_modules</c>, <c>.git</c>, <c>out</c> …) is left out.</summary>
    public ImmutableArray<string> Models(CancellationToken cancellation) => [.. Folders.SelectMany(folder => ModelsIn(folder, cancellation)).Distinct()];

    /// <summary>Full paths of the tables in all folders: CSV, TSV, JSON lines, Parquet, Arrow.</summary>
    public ImmutableArray<string> SampleFiles(CancellationToken cancellation) =>
        [.. Folders.SelectMany(folder => WorkspaceFiles.Find(folder, TableFormats.Extensions, cancellation)).Distinct()];

    /// <summary>Full paths of the images in all folders, at most a few thousand.</summary>
    public ImmutableArray<string> Images(CancellationToken cancellation) =>
        [.. Folders.SelectMany(folder => WorkspaceFiles.Find(folder, ImageFiles.Extensions, cancellation)).Distinct()];

    /// <summary>
    /// The manifest in force for a file: the nearest one in its folder or above, up to the workspace's folder. One with a syntax error
    /// leaves its last readable version in force. Null for none.
    /// </summary>
    public Manifest? ManifestFor(string path)
    {
        path = Path.GetFullPath(path);
        var root = FolderOf(path);
        for (var folder = Path.GetDirectoryName(path); folder is not null; folder = folder == root ? null : Path.GetDirectoryName(folder))
        {
            if (manifests.InForce(Path.Combine(folder, Manifest.FileName)) is { } manifest)
                return manifest;
            if (root is null)
                break;
        }
        return null;
    }

    /// <summary>The path at which a manifest for a file is or would be written: the nearest one that exists, else at the workspace's root.</summary>
    public string ManifestPathFor(string path) =>
        ManifestFor(path)?.Path ?? Path.Combine(FolderOf(path) ?? Path.GetDirectoryName(Path.GetFullPath(path))!, Manifest.FileName);

    /// <summary>Takes an editor's text of a manifest instead of the file's; null to go back to the file.</summary>
    public void SetManifestText(string path, string? text) => manifests.SetText(Path.GetFullPath(path), text);

    /// <summary>Everything that is wrong with a manifest: what its text shows, and what only the files and models show.</summary>
    /// <exception cref="OperationCanceledException">Cancelled between two files.</exception>
    public ImmutableArray<ManifestDiagnostic> Diagnose(string manifestPath, ModelSignatureSource source, CancellationToken cancellation)
    {
        if (manifests.Current(Path.GetFullPath(manifestPath)) is not { } manifest)
            return [];
        if (!manifest.IsWellFormed)
            return manifest.Diagnostics;
        var check = new ManifestCheck(manifest, (path, token) => Signature(path, source, token));
        return [.. manifest.Diagnostics, .. check.Run(cancellation)];
    }

    /// <summary>The model that explains a file: the manifest's, else the nearest whose inputs the header names or whose column count fits.</summary>
    /// <param name="samplePath">The file's full path.</param>
    /// <param name="table">Its content, perhaps not saved yet.</param>
    /// <param name="source">Opens models.</param>
    /// <param name="cancellation">Honoured between models.</param>
    public BindingResult<TableBinding> Bind(string samplePath, Table table, ModelSignatureSource source, CancellationToken cancellation)
    {
        samplePath = Path.GetFullPath(samplePath);
        if (table.Header.IsEmpty)
            return BindingResult<TableBinding>.None("The file is empty. Add a header line and rows.");
        return Named(samplePath, source, (binder, path, signature) => binder.Bind(path, signature, table, null, "named in explain.json"), cancellation)
            ?? NearestForTable(samplePath, table, source, cancellation);
    }

    /// <summary>Binds a file to a model that was asked for, with what the nearest manifest says of that model.</summary>
    /// <param name="modelPath">The model's path.</param>
    /// <param name="samplePath">The sample file's path.</param>
    /// <param name="table">Its content.</param>
    /// <param name="source">Opens models.</param>
    /// <param name="labelColumn">The target column; null for the manifest's or a proposal.</param>
    /// <param name="cancellation">Stops the opening.</param>
    /// <exception cref="ModelException">The model cannot be used.</exception>
    /// <exception cref="SampleException">The columns do not fit, or the label column does not exist.</exception>
    /// <exception cref="ManifestException">The manifest names an output that the model does not have.</exception>
    public TableBinding Bind(
        string modelPath, string samplePath, Table table, ModelSignatureSource source, string? labelColumn, CancellationToken cancellation)
    {
        modelPath = Path.GetFullPath(modelPath);
        samplePath = Path.GetFullPath(samplePath);
        var (manifest, entry) = EntryOf(modelPath, samplePath);
        return new Binder(manifest, entry).Bind(modelPath, Signature(modelPath, source, cancellation), table, labelColumn, "asked for by name");
    }

    /// <summary>
    /// The model that explains an image or a tensor: the manifest's, else the nearest whose one input is shaped like a picture.
    /// </summary>
    /// <param name="samplePath">The file's full path; of a folder, that of one of its images.</param>
    /// <param name="source">Opens models.</param>
    /// <param name="cancellation">Honoured between models.</param>
    public BindingResult<GridBinding> BindGrid(string samplePath, ModelSignatureSource source, CancellationToken cancellation)
    {
        samplePath = Path.GetFullPath(samplePath);
        return Named(samplePath, source, (binder, path, signature) => binder.BindGrid(path, signature, "named in explain.json"), cancellation)
            ?? NearestForGrid(samplePath, source, cancellation);
    }

    /// <summary>Binds an image or a tensor to a model that was asked for, with what the nearest manifest says of that model.</summary>
    /// <param name="modelPath">The model's path.</param>
    /// <param name="samplePath">The sample file's path, or a folder's.</param>
    /// <param name="source">Opens models.</param>
    /// <param name="cancellation">Stops the opening.</param>
    /// <exception cref="ModelException">The model cannot be used.</exception>
    /// <exception cref="SampleException">The model takes no image.</exception>
    /// <exception cref="ManifestException">The manifest names an output that the model does not have.</exception>
    public GridBinding BindGrid(string modelPath, string samplePath, ModelSignatureSource source, CancellationToken cancellation)
    {
        modelPath = Path.GetFullPath(modelPath);
        var (manifest, entry) = EntryOf(modelPath, Path.GetFullPath(samplePath));
        return new Binder(manifest, entry).BindGrid(modelPath, Signature(modelPath, source, cancellation), "asked for by name");
    }

    /// <summary>Whether a manifest names a file, so that a model is expected to explain it.</summary>
    public bool Names(string samplePath) =>
        ManifestFor(samplePath) is { } manifest && EntriesFor(manifest, Path.GetFullPath(samplePath)).Length > 0;

    /// <summary>Forgets what is remembered of a file that was made, changed or removed.</summary>
    public void Invalidate(string path)
    {
        path = Path.GetFullPath(path);
        models.Clear();
        signatures.TryRemove(path, out _);
        manifests.Forget(path);
    }

    /// <summary>The answer of the manifest in force; null when it does not name the file.</summary>
    private BindingResult<TBinding>? Named<TBinding>(
        string samplePath, ModelSignatureSource source, Func<Binder, string, ModelSignature, TBinding> bind, CancellationToken cancellation)
        where TBinding : ModelBinding
    {
        if (ManifestFor(samplePath) is not { } manifest || EntriesFor(manifest, samplePath) is not [var only, ..] entries)
            return null;
        if (entries.Length > 1)
        {
            return new BindingResult<TBinding>(null, [.. entries.Select(entry => manifest.FullPath(entry.Model.Value)).Distinct()],
                $"explain.json names {entries.Length} models for this file. Choose one.");
        }
        try
        {
            var modelPath = manifest.FullPath(only.Model.Value);
            if (!File.Exists(modelPath))
                return BindingResult<TBinding>.None($"The model {only.Model.Value} does not exist ({Manifest.FileName}, line {only.Model.Range.StartLine + 1}). Correct the path.");
            var bound = bind(new Binder(manifest, only), modelPath, Signature(modelPath, source, cancellation));
            return new BindingResult<TBinding>(bound, [], bound.Reason);
        }
        catch (Exception e) when (e is ModelException or SampleException or ManifestException)
        {
            return BindingResult<TBinding>.None(e.Message);
        }
    }

    private BindingResult<TableBinding> NearestForTable(string samplePath, Table table, ModelSignatureSource source, CancellationToken cancellation)
    {
        var nearest = new NearestModel(ModelsByDistance(samplePath, cancellation));
        return nearest.Find(BindTo, fit => fit.Encoder.ByName, count => $"{count} models fit this file. Choose one.", cancellation)
            ?? BindingResult<TableBinding>.None(
                nearest.Misfit is null ? "No model was found for this file. Add an .onnx file to the workspace, or name one in explain.json."
                : nearest.Tried == 1 ? nearest.Misfit : $"No model in the workspace fits this file. {nearest.Misfit}");

        TableBinding? BindTo(string path)
        {
            var signature = Signature(path, source, cancellation);
            // A model that takes any number of columns fits every table, so that it fits says nothing.
            if (signature.Inputs is [{ RowShape: var shape }] && shape.Contains(-1))
                return null;
            var (manifest, entry) = EntryOf(path, samplePath);
            return new Binder(manifest, entry).Bind(path, signature, table, null, null);
        }
    }

    private BindingResult<GridBinding> NearestForGrid(string samplePath, ModelSignatureSource source, CancellationToken cancellation)
    {
        var nearest = new NearestModel(ModelsByDistance(samplePath, cancellation));
        return nearest.Find(BindTo, _ => true, count => $"{count} models take images. Choose one.", cancellation)
            ?? BindingResult<GridBinding>.None(
                "No model that takes images was found for this file. Add an .onnx file to the workspace, or name one in explain.json."
                + (nearest.Misfit is null ? "" : $" {nearest.Misfit}"));

        GridBinding? BindTo(string path)
        {
            var signature = Signature(path, source, cancellation);
            if (!GridInput.IsImageLike(signature))
                return null;
            var (manifest, entry) = EntryOf(path, samplePath);
            return new Binder(manifest, entry).BindGrid(path, signature, "it takes images");
        }
    }

    private IEnumerable<IGrouping<int, string>> ModelsByDistance(string samplePath, CancellationToken cancellation)
    {
        var folder = Path.GetDirectoryName(samplePath)!;
        return ModelsIn(FolderOf(samplePath) ?? folder, cancellation)
            .GroupBy(path => Steps(folder, Path.GetDirectoryName(path)!))
            .OrderBy(group => group.Key);
    }

    /// <summary>What the manifest nearest to the sample, else the one nearest to the model, says of a model.</summary>
    private (Manifest? Manifest, ManifestModel? Entry) EntryOf(string modelPath, string samplePath)
    {
        foreach (var manifest in new[] { ManifestFor(samplePath), ManifestFor(modelPath) })
        {
            var entries = manifest?.Models.Where(entry => manifest.FullPath(entry.Model.Value) == modelPath).ToArray() ?? [];
            if (entries.Length > 0)
                return (manifest, entries.FirstOrDefault(entry => Matches(manifest!, entry, samplePath)) ?? entries[0]);
        }
        return (null, null);
    }

    /// <summary>Entries whose samples name the file; one that names it without a wildcard goes before globs.</summary>
    private static ManifestModel[] EntriesFor(Manifest manifest, string samplePath)
    {
        var exact = manifest.Models.Where(entry => entry.Samples.Any(glob => manifest.FullPath(glob.Value) == samplePath)).ToArray();
        return exact.Length > 0 ? exact : [.. manifest.Models.Where(entry => Matches(manifest, entry, samplePath))];
    }

    private static bool Matches(Manifest manifest, ManifestModel entry, string samplePath)
    {
        if (entry.Samples.IsEmpty)
            return false;
        var matcher = new Matcher();
        matcher.AddIncludePatterns(entry.Samples.Select(glob => glob.Value.Replace('\\', '/')));
        return matcher.Match(manifest.RelativePath(samplePath)).HasMatches;
    }

    private ModelSignature Signature(string path, ModelSignatureSource source, CancellationToken cancellation)
    {
        var file = new FileInfo(path);
        if (file.Exists && signatures.TryGetValue(path, out var known) && known.Written == file.LastWriteTimeUtc && known.Length == file.Length)
            return known.Signature;
        var signature = source(path, cancellation);
        if (file.Exists)
            signatures[path] = (file.LastWriteTimeUtc, file.Length, signature);
        return signature;
    }

    private ImmutableArray<string> ModelsIn(string folder, CancellationToken cancellation) =>
        models.GetOrAdd(folder, _ => WorkspaceFiles.Find(folder, modelExtensions, cancellation));

    /// <summary>The innermost workspace folder that holds a file; null for none.</summary>
    private string? FolderOf(string path) => Folders
        .Where(folder => Path.GetFullPath(path).StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal) || folder == Path.GetPathRoot(folder))
        .MaxBy(folder => folder.Length);

    /// <summary>Steps up and down from one folder to another.</summary>
    private static int Steps(string from, string to)
    {
        var relative = Path.GetRelativePath(from, to);
        return relative == "." ? 0 : relative.Split(Path.DirectorySeparatorChar).Length;
    }
}
