using ExplainLsp.Samples;

namespace ExplainLsp.Workspaces;

/// <summary>Images and tensors by the names of their files.</summary>
public static class ImageFiles
{
    /// <summary>Images shown at most for a folder: more would not be looked at.</summary>
    private const int MostFiles = 100_000;

    /// <summary>The extensions of images.</summary>
    internal static IReadOnlyCollection<string> Extensions => extensions;

    private static readonly HashSet<string> extensions = new(StringComparer.OrdinalIgnoreCase) { ".png", ".jpg", ".jpeg", ".bmp", ".webp", ".gif" };

    /// <summary>Whether a name is an image's: PNG, JPEG, BMP, WebP, GIF.</summary>
    public static bool IsImage(string path) => extensions.Contains(Path.GetExtension(path));

    /// <summary>Whether a name is an image's or a tensor's (<c>.npy</c>, <c>.npz</c>).</summary>
    public static bool IsGrid(string path) => IsImage(path) || NumpyFile.IsNumpy(path);

    /// <summary>Full paths of the images of a folder and of the folders in it, in ordinal order.</summary>
    /// <exception cref="SampleException">The folder cannot be read.</exception>
    /// <exception cref="OperationCanceledException">Cancelled between two files.</exception>
    public static IReadOnlyList<string> In(string folder, CancellationToken cancellation)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Hidden, IgnoreInaccessible = true };
        try
        {
            var found = new List<string>();
            foreach (var path in Directory.EnumerateFiles(folder, "*", options))
            {
                cancellation.ThrowIfCancellationRequested();
                if (IsImage(path))
                    found.Add(path);
                if (found.Count == MostFiles)
                    break;
            }
            found.Sort(StringComparer.Ordinal);
            return found;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SampleException($"The folder {folder} cannot be read: {e.Message} Check the path and its permissions.", e);
        }
    }
}
