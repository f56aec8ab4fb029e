using System.Collections.Immutable;

namespace ExplainLsp.Samples;

/// <summary>One image of a list.</summary>
/// <param name="Path">The file, absolute where the list's own path is.</param>
/// <param name="Name">As the list writes it: <c>test/Bag/00018.png</c>.</param>
/// <param name="Label">The class that the list says it is; null where it says none.</param>
/// <param name="Row">The row of the table, or the place in the folder, from 0.</param>
public sealed record ImageListItem(string Path, string Name, string? Label, int Row);

/// <summary>Images by name: a table with a column of image paths, or a folder. The files need not exist until they are read.</summary>
/// <param name="Items">One a row of the table, or one a file of the folder.</param>
/// <param name="Column">The column of the paths; null for a folder.</param>
/// <param name="LabelColumn">The column of the labels; null where there is none.</param>
public sealed record ImageList(ImmutableArray<ImageListItem> Items, string? Column, string? LabelColumn)
{
    // The first cells tell what a column holds.
    private const int CellsLookedAt = 20;
    private const int MostImages = 100_000;

    private static readonly string[] pathNames =
        ["file", "path", "image", "filename", "file_name", "file name", "filepath", "file_path", "image_path", "imagepath", "image_file", "img", "img_path", "picture", "photo", "uri"];

    private static readonly string[] labelNames = ["label", "class", "target", "category", "class_name", "label_name", "species", "y", "truth", "ground_truth"];

    /// <summary>Whether a name ends as an image or a tensor file does: only a hint, the content decides when it is read.</summary>
    public static bool LooksLikeImage(ReadOnlySpan<char> name)
    {
        var extension = Path.GetExtension(name.Trim());
        foreach (var known in (ReadOnlySpan<string>)[".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".bmp", ".webp", ".gif", ".npy", ".npz"])
        {
            if (extension.Equals(known, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }

    /// <summary>
    /// Finds the column of image paths: one named <c>file</c>, <c>path</c>, <c>image</c> and the like whose first cells end as images do, else
    /// the first column whose first cells all do. Null when the table has none.
    /// </summary>
    public static int? ColumnOf(Table table)
    {
        var columns = Enumerable.Range(0, table.Header.Length).Where(column => HoldsImages(table, column)).ToList();
        foreach (var name in pathNames)
        {
            foreach (var column in columns)
            {
                if (table.Header[column].Trim().Equals(name, StringComparison.OrdinalIgnoreCase))
                    return column;
            }
        }
        return columns.Count > 0 ? columns[0] : null;
    }

    /// <summary>The images of a table; null when no column holds image paths.</summary>
    /// <param name="table">The table.</param>
    /// <param name="tablePath">Its path: relative image paths start in its folder.</param>
    /// <param name="column">The column of the paths; null to find it.</param>
    /// <param name="labelColumn">The column of the labels; null to find it: <c>label</c>, <c>class</c>, <c>target</c> and the like.</param>
    /// <exception cref="SampleException">A named column that the table has not.</exception>
    public static ImageList? Of(Table table, string tablePath, string? column = null, string? labelColumn = null)
    {
        if ((column is null ? ColumnOf(table) : Find(table, column)) is not { } paths)
            return null;
        var labels = labelColumn is null ? Labels(table, paths) : Find(table, labelColumn);
        var folder = Path.GetDirectoryName(tablePath) ?? "";
        var items = ImmutableArray.CreateBuilder<ImageListItem>(table.RowCount);
        for (var row = 0; row < table.RowCount; row++)
        {
            var name = table.Cell(row, paths).Trim();
            var label = labels is { } at ? table.Cell(row, at) : null;
            items.Add(new ImageListItem(Locate(folder, name), name, label is null || Cells.IsMissing(label) ? null : label, row));
        }
        return new ImageList(items.MoveToImmutable(), table.Header[paths], labels is { } found ? table.Header[found] : null);
    }

    /// <summary>The images of a folder and its sub-folders, by name; the first sub-folder's name is the label.</summary>
    /// <exception cref="SampleException">Missing, unreadable, or without images.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static ImageList OfFolder(string folder, CancellationToken cancellation = default)
    {
        var names = new List<string>();
        try
        {
            var options = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 8, IgnoreInaccessible = true };
            foreach (var path in Directory.EnumerateFiles(folder, "*", options))
            {
                cancellation.ThrowIfCancellationRequested();
                if (LooksLikeImage(path))
                    names.Add(Path.GetRelativePath(folder, path).Replace('\\', '/'));
                if (names.Count > MostImages)
                    throw new SampleException($"{folder} holds more than {MostImages} images. Name one of its sub-folders.");
            }
        }
        catch (DirectoryNotFoundException e)
        {
            throw new SampleException($"{folder} does not exist. Check the path.", e);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException and not SampleException)
        {
            throw new SampleException($"{folder} cannot be read. Check that it is a folder, and its permissions.", e);
        }
        if (names.Count == 0)
            throw new SampleException($"{folder} holds no image (PNG, JPEG, BMP, WebP, GIF) and no .npy. Name a folder that does.");
        names.Sort(StringComparer.Ordinal);
        return new ImageList(
            [.. names.Select((name, i) => new ImageListItem(Path.Combine(folder, name), name, name.Contains('/') ? name[..name.IndexOf('/')] : null, i))], null, null);
    }

    private static bool HoldsImages(Table table, int column)
    {
        var seen = 0;
        for (var row = 0; row < table.RowCount && row < CellsLookedAt; row++)
        {
            var cell = table.Cell(row, column);
            if (Cells.IsMissing(cell))
                continue;
            if (!LooksLikeImage(cell))
                return false;
            seen++;
        }
        return seen > 0;
    }

    private static int? Labels(Table table, int paths)
    {
        foreach (var name in labelNames)
        {
            for (var column = 0; column < table.Header.Length; column++)
            {
                if (column != paths && table.Header[column].Trim().Equals(name, StringComparison.OrdinalIgnoreCase))
                    return column;
            }
        }
        return null;
    }

    private static int Find(Table table, string column)
    {
        var found = table.Header.IndexOf(column);
        return found >= 0 ? found : throw new SampleException($"The table has no column {Cells.Quote(column)}. Its columns are {string.Join(", ", table.Header.Take(20))}.");
    }

    private static string Locate(string folder, string name)
    {
        var path = Path.DirectorySeparatorChar == '/' ? name.Replace('\\', '/') : name;
        return path.Contains('\0') ? Path.Combine(folder, path.Replace("\0", "")) : Path.Combine(folder, path);
    }
}
