namespace ExplainLsp.Server.Rpc;

/// <summary>Line breaks as LSP counts them: LF, CRLF, CR.</summary>
internal static class LineBreaks
{
    /// <summary>How many a text holds.</summary>
    public static int Count(ReadOnlySpan<char> text)
    {
        var count = 0;
        for (var rest = text; Next(rest) is var length and > 0; rest = rest[length..])
        {
            count++;
        }

        return count;
    }

    /// <summary>The offset after the nth line break, from 1; 0 for none.</summary>
    public static int EndOfNth(ReadOnlySpan<char> text, int n)
    {
        var offset = 0;
        for (; n > 0; n--)
        {
            offset += Next(text[offset..]);
        }

        return offset;
    }

    /// <summary>The length of the first line with its break; 0 when no break follows.</summary>
    private static int Next(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAny('\r', '\n');
        return end < 0 ? 0 : text[end..].StartsWith("\r\n") ? end + 2 : end + 1;
    }
}
