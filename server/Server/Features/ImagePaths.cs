using ExplainLsp.Server.Protocol;
using ExplainLsp.Server.Rpc;

namespace ExplainLsp.Server.Features;

/// <summary>A picture that a document names.</summary>
/// <param name="Path">Its full path; the file is there.</param>
/// <param name="Range">Where the name stands.</param>
internal sealed record NamedImage(string Path, LspRange Range);

/// <summary>From a place in a document to the picture that is named there: relative to the document, then to the workspace's folders.</summary>
internal static class ImagePaths
{
    private const int LongestPath = 1024;

    /// <summary>The picture at a place; null where none is named or none is there. Opens no file.</summary>
    public static NamedImage? At(TextDocument document, Position place, IReadOnlyList<string> folders)
    {
        var line = document.Buffer.Line(place.Line);
        var bases = new[] { Path.GetDirectoryName(document.Path) }.OfType<string>().Concat(folders).Distinct().ToList();
        foreach (var candidate in ImagePathScanner.At(line, place.Character))
        {
            if (Find(candidate.Text, bases) is { } path)
            {
                return new NamedImage(path, new LspRange(new Position(place.Line, candidate.Start), new Position(place.Line, candidate.End)));
            }
        }

        return null;
    }

    /// <summary>The full path of an image that exists; null for none.</summary>
    /// <param name="text">A path or a <c>file:</c> URI as it stands in a document.</param>
    /// <param name="bases">Folders that it may be relative to, in order.</param>
    public static string? Find(string text, IReadOnlyList<string> bases)
    {
        if (text.Length > LongestPath || text.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        if (text.Contains("://", StringComparison.Ordinal))
        {
            return DocumentUri.ToPath(text) is { } named && IsThere(named) ? named : null;
        }

        foreach (var variant in Variants(text))
        {
            // Paths of other machines are not followed: looking there would tell them who looks.
            if (variant.StartsWith("//", StringComparison.Ordinal) || variant.StartsWith(@"\\", StringComparison.Ordinal))
            {
                continue;
            }

            if (Path.IsPathFullyQualified(variant) && IsThere(variant))
            {
                return Path.GetFullPath(variant);
            }

            foreach (var folder in bases)
            {
                var path = Path.GetFullPath(Path.Combine(folder, variant.TrimStart('/')));
                if (IsThere(path))
                {
                    return path;
                }
            }
        }

        return null;
    }

    private static IEnumerable<string> Variants(string text)
    {
        yield return text;
        if (text.Contains('%', StringComparison.Ordinal))
        {
            yield return Uri.UnescapeDataString(text);
        }

        if (Path.DirectorySeparatorChar == '/' && text.Contains('\\', StringComparison.Ordinal))
        {
            yield return text.Replace('\\', '/');
        }
    }

    private static bool IsThere(string path) => DocumentUri.IsImage(path) && File.Exists(path);
}
