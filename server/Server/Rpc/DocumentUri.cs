namespace ExplainLsp.Server.Rpc;

/// <summary>URIs and paths.</summary>
public static class DocumentUri
{
    /// <summary>The full path of a file's URI; null for other schemes and what is no URI.</summary>
    public static string? ToPath(string uri) =>
        System.Uri.TryCreate(uri, UriKind.Absolute, out var parsed) && parsed.IsFile ? Path.GetFullPath(parsed.LocalPath) : null;

    /// <summary>Whether a path is a table's, by its ending.</summary>
    public static bool IsTable(string path) => Samples.TableFormats.IsTable(path);

    /// <summary>Whether a path is a picture's, by its ending.</summary>
    public static bool IsImage(string path) => Path.GetExtension(path).ToLowerInvariant() is ".png" or ".jpg" or ".jpeg" or ".bmp" or ".webp" or ".gif";

    /// <summary>A path as a file's URI, escaped as editors do.</summary>
    public static string FromPath(string path) =>
        "file://" + (path.StartsWith('/') ? "" : "/") + string.Join('/', path.Replace('\\', '/').Split('/').Select(System.Uri.EscapeDataString));

    /// <summary>The last part of a URI, for people.</summary>
    public static string NameOf(string uri) =>
        ToPath(uri) is { } path ? Path.GetFileName(path) : System.Uri.UnescapeDataString(uri[(uri.LastIndexOfAny(['/', ':']) + 1)..]);
}
