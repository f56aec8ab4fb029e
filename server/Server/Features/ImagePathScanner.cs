using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ExplainLsp.Server.Rpc;

namespace ExplainLsp.Server.Features;

/// <summary>A text that may be a path, and where it stands in its line.</summary>
/// <param name="Text">The text, unquoted.</param>
/// <param name="Start">First UTF-16 unit in the line.</param>
/// <param name="End">One past the last.</param>
internal sealed record PathCandidate(string Text, int Start, int End);

/// <summary>
/// Finds what may be an image's path at a place in a line of any language: quoted texts, Markdown links, cells of tables, values after a
/// key, whole lines and bare words. It only reads the line; whether a file is there is for <see cref="ImagePaths"/> to say.
/// </summary>
internal static partial class ImagePathScanner
{
    // Minified files have lines of megabytes; no path is that long.
    private const int Reach = 2048;

    private static readonly string[] Endings = [".png", ".jpg", ".jpeg", ".bmp", ".webp", ".gif"];

    /// <summary>The candidates at a place, the most specific first; all end like an image.</summary>
    /// <param name="line">The line, without its break.</param>
    /// <param name="character">The place, in UTF-16 units.</param>
    public static IEnumerable<PathCandidate> At(string line, int character)
    {
        var from = Math.Max(0, character - Reach);
        var window = line[from..Math.Min(line.Length, character + Reach)];
        var place = Math.Clamp(character - from, 0, window.Length);
        if (!Endings.Any(ending => window.Contains(ending, StringComparison.OrdinalIgnoreCase)))
        {
            return [];
        }

        return Spans(window, place)
            .Select(span => Trimmed(window, span.Start, span.End))
            .Where(span => DocumentUri.IsImage(window[span.Start..span.End]))
            .Distinct()
            .Select(span => new PathCandidate(Unescaped(window[span.Start..span.End]), from + span.Start, from + span.End));
    }

    private static IEnumerable<(int Start, int End)> Spans(string line, int place)
    {
        foreach (var quote in "\"'`")
        {
            if (Between(line, place, quote, quote) is { } quoted)
            {
                yield return quoted;
            }
        }

        foreach (Match link in MarkdownLink().Matches(line))
        {
            // Anywhere on the link means its picture: the words of an image are as good a place to rest on.
            if (link.Index <= place && place <= link.Index + link.Length)
            {
                var path = link.Groups["path"];
                yield return (path.Index, path.Index + path.Length);
            }
        }

        foreach (var separator in "\t,;|")
        {
            if (line.Contains(separator, StringComparison.Ordinal))
            {
                yield return Cell(line, place, separator);
            }
        }

        foreach (var (key, length) in new[] { (": ", 2), ("= ", 2), ("=", 1), ("- ", 2) })
        {
            var at = place >= length ? line.LastIndexOf(key, Math.Min(place, line.Length) - 1, StringComparison.Ordinal) : -1;
            if (at >= 0)
            {
                var comment = line.IndexOf(" #", at, StringComparison.Ordinal);
                yield return (at + length, comment > place ? comment : line.Length);
            }
        }

        yield return (0, line.Length);
        yield return Word(line, place);
    }

    private static (int Start, int End)? Between(string line, int place, char open, char close)
    {
        var start = place - 1;
        while (start >= 0 && (line[start] != open || IsEscaped(line, start)))
        {
            start--;
        }

        var end = place;
        while (end < line.Length && (line[end] != close || IsEscaped(line, end)))
        {
            end++;
        }

        return start >= 0 && end < line.Length ? (start + 1, end) : null;
    }

    private static bool IsEscaped(string line, int at)
    {
        var slashes = 0;
        while (at - slashes > 0 && line[at - slashes - 1] == '\\')
        {
            slashes++;
        }

        return slashes % 2 == 1;
    }

    private static (int Start, int End) Cell(string line, int place, char separator)
    {
        var start = place == 0 ? 0 : line.LastIndexOf(separator, place - 1) + 1;
        var end = line.IndexOf(separator, place);
        return (start, end < 0 ? line.Length : end);
    }

    private static (int Start, int End) Word(string line, int place)
    {
        var (start, end) = (place, place);
        while (start > 0 && IsWord(line[start - 1]))
        {
            start--;
        }

        while (end < line.Length && IsWord(line[end]))
        {
            end++;
        }

        while (end > start && line[end - 1] is '.' or ':' or '!' or '?')
        {
            end--;
        }

        return (start, end);
    }

    private static bool IsWord(char character) => !char.IsWhiteSpace(character) && !"\"'`<>()[]{},;|=*".Contains(character, StringComparison.Ordinal);

    private static (int Start, int End) Trimmed(string line, int start, int end)
    {
        while (start < end && (char.IsWhiteSpace(line[start]) || line[start] is '"' or '\'' or '<'))
        {
            start++;
        }

        while (end > start && (char.IsWhiteSpace(line[end - 1]) || line[end - 1] is '"' or '\'' or '>'))
        {
            end--;
        }

        return (start, end);
    }

    /// <summary>A path as it is without the escapes of strings: <c>\/</c>, <c>\\</c>, <c>\u00e9</c>, doubled quotes of CSV.</summary>
    private static string Unescaped(string text)
    {
        if (!text.Contains('\\', StringComparison.Ordinal))
        {
            return text.Replace("\"\"", "\"", StringComparison.Ordinal);
        }

        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length && text[i + 1] is '\\' or '/' or '"' or '\'' or ' ')
            {
                plain.Append(text[++i]);
            }
            else if (text[i] == '\\' && i + 5 < text.Length && text[i + 1] == 'u'
                && ushort.TryParse(text.AsSpan(i + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
            {
                plain.Append((char)unit);
                i += 5;
            }
            else
            {
                plain.Append(text[i]);
            }
        }

        return plain.ToString();
    }

    [GeneratedRegex("""!?\[[^\]]*\]\(\s*(?<path><[^>]*>|[^)"]*[^)"\s])""")]
    private static partial Regex MarkdownLink();
}
