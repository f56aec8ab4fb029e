using ExplainLsp.Explainers;
using ExplainLsp.Models;
using ExplainLsp.Samples;
using ExplainLsp.Workspaces;

namespace ExplainLsp.Server.Engine;

/// <summary>Binds a model and samples that a user named together: what the nearest <c>explain.json</c> says of the pair, else what the files tell.</summary>
/// <param name="sessions">Open models.</param>
public sealed class SampleBinder(SessionCache sessions)
{
    /// <summary>What the workspace needs to know of a model, from the cache of open ones.</summary>
    public ModelSignature SignatureOf(string modelPath, CancellationToken cancellation)
    {
        using var lease = sessions.Rent(modelPath, cancellation);
        return ModelSignature.Of(lease.Session);
    }

    /// <summary>The samples that a path names: rows of a table, an image, a tensor, a list of images, a folder of them.</summary>
    /// <param name="modelPath">The model's path.</param>
    /// <param name="path">The samples' file or folder, as it is to be shown.</param>
    /// <param name="labelColumn">The column of labels by name; null for the manifest's, or the one that looks like it.</param>
    /// <param name="cancellation">Honoured between files.</param>
    /// <exception cref="ModelException">The model cannot be used.</exception>
    /// <exception cref="SampleException">The samples cannot be read, or do not fit the model.</exception>
    /// <exception cref="ManifestException">The manifest has a syntax error, or names what the model does not have.</exception>
    /// <exception cref="ExplainerException">There is no such label column.</exception>
    public SampleSource Open(string modelPath, string path, string? labelColumn, CancellationToken cancellation)
    {
        var signature = SignatureOf(modelPath, cancellation);
        if (Directory.Exists(path) || ImageFiles.IsGrid(path) || (signature.TakesImages && !IsTable(path)))
        {
            return GridSourceReader.Read(path, BindGrid(modelPath, path, cancellation), cancellation);
        }

        var file = new SampleFile(path, Table.Read(path, cancellation));
        if (signature.TakesGrids && ImageList.Of(file.Table) is not null)
        {
            return GridSourceReader.OfTable(file, BindGrid(modelPath, path, cancellation));
        }

        try
        {
            return new TableSource(file, Bind(modelPath, file, labelColumn, cancellation));
        }
        catch (SampleException misfit) when (signature.TakesImages)
        {
            throw new SampleException($"{misfit.Message} The model takes images: name an image, a folder, or a list with a column of image files.", misfit);
        }
    }

    /// <summary>The binding of a model and an image, a tensor, or a list or folder of them.</summary>
    /// <param name="modelPath">The model's path.</param>
    /// <param name="path">The file or folder.</param>
    /// <param name="cancellation">Stops the opening of the model.</param>
    /// <exception cref="ModelException">The model cannot be used.</exception>
    /// <exception cref="SampleException">The model takes no image.</exception>
    /// <exception cref="ManifestException">The manifest has a syntax error, or names what the model does not have.</exception>
    public GridBinding BindGrid(string modelPath, string path, CancellationToken cancellation)
    {
        var workspace = Workspace.Around(path);
        RefuseBrokenManifest(workspace.ManifestPathFor(path));
        return workspace.BindGrid(modelPath, path, SignatureOf, cancellation);
    }

    /// <summary>The binding of a model and a table.</summary>
    /// <param name="modelPath">The model's path.</param>
    /// <param name="samples">The table.</param>
    /// <param name="labelColumn">The column of labels by name; null for the manifest's, or the one that looks like it.</param>
    /// <param name="cancellation">Stops the opening of the model.</param>
    /// <exception cref="ModelException">The model cannot be used.</exception>
    /// <exception cref="SampleException">The columns do not fit.</exception>
    /// <exception cref="ManifestException">The manifest has a syntax error, or names what the model does not have.</exception>
    /// <exception cref="ExplainerException">There is no such label column.</exception>
    public TableBinding Bind(string modelPath, SampleFile samples, string? labelColumn, CancellationToken cancellation)
    {
        if (samples.Table.Header.IsEmpty)
        {
            throw new SampleException(samples.Table.Issues is [{ Row: not null } issue, ..]
                ? $"{samples.Path}: {issue.Message}"
                : $"{samples.Path} is empty. Add a header line and rows.");
        }

        if (labelColumn is not null && !samples.Table.Header.Contains(labelColumn))
        {
            throw new ExplainerException(LabelReader.Unknown(labelColumn, samples));
        }

        var workspace = Workspace.Around(samples.Path);
        RefuseBrokenManifest(workspace.ManifestPathFor(samples.Path));
        return workspace.Bind(modelPath, samples.Path, samples.Table, SignatureOf, labelColumn, cancellation);
    }

    private static bool IsTable(string path) => TableFormats.IsTable(path) || Path.GetExtension(path).Equals(".txt", StringComparison.OrdinalIgnoreCase);

    // An editor shows the error and goes on with the last good manifest; a command has none, and must not guess what was meant.
    private static void RefuseBrokenManifest(string path)
    {
        if (File.Exists(path) && Manifest.Parse(path, File.ReadAllText(path)) is { IsWellFormed: false } broken)
        {
            throw new ManifestException($"{path}: {broken.Diagnostics[0].Message}");
        }
    }
}
