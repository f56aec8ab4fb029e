using System.Collections.Immutable;

namespace ExplainLsp.Workspaces;

/// <summary>The files of a folder that matter, without what tools put there. Bounded: a home folder must not be read to its end.</summary>
internal static class WorkspaceFiles
{
    private const int DeepestFolder = 12;
    private const int MostFolders = 20_000;
    private const int MostFiles = 2_000;

    private static readonly HashSet<string> ignored =
        new(StringComparer.OrdinalIgnoreCase) { "node_modules", ".git", "out", "bin", "obj", ".venv", "venv", "__pycache__", "site-packages" };

    /// <summary>Full paths of the files with one of some extensions, in ordinal order.</summary>
    public static ImmutableArray<string> Find(string root, IReadOnlyCollection<string> extensions, CancellationToken cancellation)
    {
        var found = new List<string>();
        var waiting = new Queue<(string Folder, int Depth)>();
        waiting.Enqueue((root, 0));
        for (var folders = 0; folders < MostFolders && found.Count < MostFiles && waiting.TryDequeue(out var next); folders++)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                foreach (var entry in new DirectoryInfo(next.Folder).EnumerateFileSystemInfos())
                {
                    // A link may lead out of the workspace, or round in a circle.
                    var isLink = entry.Attributes.HasFlag(FileAttributes.ReparsePoint);
                    if (entry is DirectoryInfo && !isLink && next.Depth < DeepestFolder && !ignored.Contains(entry.Name))
                        waiting.Enqueue((entry.FullName, next.Depth + 1));
                    else if (entry is FileInfo && extensions.Contains(entry.Extension, StringComparer.OrdinalIgnoreCase))
                        found.Add(entry.FullName);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // A folder that cannot be read holds nothing for us.
            }
        }
        found.Sort(StringComparer.Ordinal);
        return [.. found];
    }
}
