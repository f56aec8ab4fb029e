using System.Collections.Immutable;
using ExplainLsp.Samples;
using ExplainLsp.Workspaces;

namespace ExplainLsp.Server.Engine;

/// <summary>Finds the images and tensors that a path names. Only names and headers are read here, never pictures.</summary>
public static class GridSourceReader
{
    /// <summary>Reads an image, an <c>.npy</c> or <c>.npz</c> (one tensor or a stack), a CSV or TSV list of them, or a folder of images.</summary>
    /// <param name="path">The file or folder, as it is to be shown.</param>
    /// <param name="binding">The model.</param>
    /// <param name="cancellation">Honoured between files.</param>
    /// <exception cref="SampleException">Nothing there, no image in the folder, or a table that lists none.</exception>
    public static GridSource Read(string path, GridBinding binding, CancellationToken cancellation)
    {
        if (Directory.Exists(path))
        {
            return OfFolder(path, binding, cancellation);
        }

        if (!File.Exists(path))
        {
            throw new SampleException($"{path} does not exist. Name an image, an .npy file, a list of images (CSV) or a folder.");
        }

        if (NumpyFile.IsNumpy(path))
        {
            return OfTensor(path, binding, cancellation);
        }

        return !ImageFiles.IsImage(path) && TableFormats.IsTable(path)
            ? OfTable(new SampleFile(path, Table.Read(path, cancellation)), binding)
            : new GridSource(path, [ItemOf(path, binding)], binding);
    }

    /// <summary>The rows of a list of images; its text may be newer than the file. Paths are relative to the list's folder.</summary>
    /// <exception cref="SampleException">No column of the table holds names of image files.</exception>
    public static GridSource OfTable(SampleFile file, GridBinding binding)
    {
        var list = ImageList.Of(file.Table, binding.TargetName)
            ?? throw new SampleException($"{file.Name} has no column of image files (PNG, JPEG, BMP, WebP, GIF, npy), and {binding.ModelName} takes images. Add a column of paths relative to {file.Name}.");
        var folder = Path.GetDirectoryName(Path.GetFullPath(file.Path))!;
        return new GridSource(file.Path, [.. Enumerable.Range(0, file.Table.RowCount).Select(row => ItemOf(file, list, row, folder, binding))], binding);
    }

    private static GridSource OfFolder(string path, GridBinding binding, CancellationToken cancellation)
    {
        var images = ImageFiles.In(path, cancellation);
        return images.Count == 0
            ? throw new SampleException($"The folder {path} holds no image (PNG, JPEG, BMP, WebP, GIF). Name another folder, or a file.")
            : new GridSource(path, [.. images.Select(image => ItemOf(image, binding))], binding);
    }

    private static GridSource OfTensor(string path, GridBinding binding, CancellationToken cancellation)
    {
        var rows = path.EndsWith(".npz", StringComparison.OrdinalIgnoreCase) ? 1 : TensorSample.ReadRows(path, binding.Input, cancellation).Count;
        var name = Path.GetFileName(path);
        return new GridSource(
            path,
            rows == 1
                ? [new GridItem(path, new SamplePlace(path, null, null, name), null, null)]
                : [.. Enumerable.Range(0, rows).Select(row => new GridItem(path, new SamplePlace(path, row, null, $"{name}[{row}]"), row, null))],
            binding);
    }

    private static GridItem ItemOf(string path, GridBinding binding) =>
        new(path, new SamplePlace(path, null, null, Path.GetFileName(path)), null, FolderLabel(path, binding));

    private static GridItem ItemOf(SampleFile file, ImageList list, int row, string folder, GridBinding binding)
    {
        var table = file.Table;
        var line = table.LineOf(row);
        var cell = list.FileColumn < table.FieldCount(row) ? table.Cell(row, list.FileColumn).Trim() : "";
        var place = new SamplePlace(file.Path, row, line, $"{file.Name}, {Figures.NumberText.Row(row, line + 1)}");
        if (cell.Length == 0)
        {
            return new GridItem("", place, null, null) { Problem = $"There is no file in column '{table.Header[list.FileColumn]}'. Write the path of an image." };
        }

        var path = Path.Combine(folder, cell.Replace('\\', '/'));
        var label = list.LabelColumn is { } column && column < table.FieldCount(row) && table.Cell(row, column).Trim() is { Length: > 0 } written
            ? written
            : FolderLabel(path, binding);
        return new GridItem(path, place with { Words = $"{place.Words}, {Path.GetFileName(cell)}" }, null, label);
    }

    /// <summary>The class that the image's folder is named after (one folder a class is how image sets are kept); null for none.</summary>
    private static string? FolderLabel(string path, GridBinding binding) =>
        Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(path))) is { Length: > 0 } folder && binding.ClassOfFolder(folder) is { } index
            ? binding.ClassNames[index]
            : null;
}
