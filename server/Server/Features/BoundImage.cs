using ExplainLsp.Figures;
using ExplainLsp.Server.Engine;
using ExplainLsp.Server.Rpc;
using ExplainLsp.Workspaces;

namespace ExplainLsp.Server.Features;

/// <summary>A picture with the model that explains it.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Source">The picture alone, or the list that names it.</param>
/// <param name="Row">Its number in the source.</param>
internal sealed record BoundImage(string Path, GridSource Source, int Row)
{
    /// <summary>Its URI.</summary>
    public string Uri => DocumentUri.FromPath(Path);

    /// <summary>A question with everything left to the engine.</summary>
    public ExplanationQuery Query => new(Source);

    /// <summary>The picture in a row of a list; null where the row names no file.</summary>
    public static BoundImage? InList(GridSource list, int row) =>
        row >= 0 && row < list.Count && list.Items[row].File.Length > 0 ? new BoundImage(System.IO.Path.GetFullPath(list.Items[row].File), list, row) : null;

    /// <summary>A picture by itself: its label is its folder's name, where that is a class.</summary>
    public static BoundImage Alone(string path, GridBinding model, CancellationToken cancellation) =>
        new(path, GridSourceReader.Read(path, model, cancellation), 0);

    /// <summary>Where it is, for people: relative to the folder of the workspace that holds it.</summary>
    public static string PlaceOf(string path, IReadOnlyList<string> folders)
    {
        var folder = folders.Where(folder => path.StartsWith(folder + System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal)).MaxBy(folder => folder.Length);
        return Words.OneLine(folder is null ? System.IO.Path.GetFileName(path) : System.IO.Path.GetRelativePath(folder, path).Replace('\\', '/'));
    }
}
