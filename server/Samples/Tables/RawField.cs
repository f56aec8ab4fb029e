namespace ExplainLsp.Samples;

/// <summary>
/// A field in the text of a record, by the rules of the parser (RFC 4180 with recovery): a quote at the start opens, a doubled quote
/// inside is a quote, a single one closes, and whatever follows up to the delimiter is taken as it is.
/// </summary>
internal static class RawField
{
    /// <summary>Where the field that starts at <paramref name="start"/> ends: at its delimiter or at the record's end.</summary>
    public static int End(ReadOnlySpan<char> text, int start, int recordEnd, char delimiter)
    {
        var at = start;
        if (at < recordEnd && text[at] == '"')
        {
            for (at++; ; at += 2)
            {
                var quote = text[at..recordEnd].IndexOf('"');
                if (quote < 0)
                    return recordEnd;
                at += quote;
                if (at + 1 >= recordEnd || text[at + 1] != '"')
                    break;
            }
        }
        var end = text[at..recordEnd].IndexOf(delimiter);
        return end < 0 ? recordEnd : at + end;
    }

    /// <summary>The value of a raw field: the text itself, or what stands between its quotes.</summary>
    public static ReadOnlySpan<char> Value(ReadOnlySpan<char> raw)
    {
        if (raw is not ['"', ..])
            return raw;
        if (raw.Length >= 2 && raw[^1] == '"' && raw[1..^1].IndexOf('"') < 0)
            return raw[1..^1];
        var value = new char[raw.Length];
        var length = 0;
        var quoted = true;
        for (var at = 1; at < raw.Length; at++)
        {
            if (quoted && raw[at] == '"')
            {
                if (at + 1 < raw.Length && raw[at + 1] == '"')
                    at++;
                else
                {
                    quoted = false;
                    continue;
                }
            }
            value[length++] = raw[at];
        }
        return value.AsSpan(0, length);
    }
}
