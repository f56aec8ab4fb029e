using System.Text;

namespace ExplainLsp.Samples;

/// <summary>A token that is looked for in the text before anything is cut.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Content">Its text.</param>
/// <param name="SingleWord">Whether it counts only between characters that belong to no word.</param>
/// <param name="LeftStrip">Whether it takes the white space before it.</param>
/// <param name="RightStrip">Whether it takes the white space after it.</param>
/// <param name="Normalized">Whether it is looked for in the normalised text.</param>
internal sealed record AddedToken(int Id, string Content, bool SingleWord, bool LeftStrip, bool RightStrip, bool Normalized);

/// <summary>Finds added tokens: from left to right, the longest at each place.</summary>
internal sealed class AddedTokens
{
    private readonly Dictionary<Rune, List<(Rune[] Pattern, AddedToken Token)>> byFirst = [];

    /// <param name="tokens">Tokens.</param>
    /// <param name="normalizer">What happens to the text before they are looked for; null for nothing.</param>
    public AddedTokens(IEnumerable<AddedToken> tokens, INormalizer? normalizer)
    {
        foreach (var token in tokens)
        {
            var runes = AlignedRune.Of(token.Content);
            var pattern = Array.ConvertAll(normalizer?.Apply(runes) ?? runes, rune => rune.Value);
            if (pattern.Length == 0)
                continue;
            if (!byFirst.TryGetValue(pattern[0], out var known))
                byFirst[pattern[0]] = known = [];
            known.Add((pattern, token));
        }
        foreach (var known in byFirst.Values)
            known.Sort((one, other) => other.Pattern.Length.CompareTo(one.Pattern.Length));
    }

    /// <summary>The text in order: tokens, and what lies between them.</summary>
    public IEnumerable<(Range Range, AddedToken? Token)> Find(AlignedRune[] text)
    {
        var last = 0;
        for (var at = 0; at < text.Length;)
        {
            if (TokenAt(text, at) is not { } found)
            {
                at++;
                continue;
            }
            var (start, end) = (at, at + found.Pattern.Length);
            at = end;
            if (found.Token.SingleWord && (IsWordAt(text, start - 1) || IsWordAt(text, end)))
                continue;
            while (found.Token.LeftStrip && start > last && Rune.IsWhiteSpace(text[start - 1].Value))
                start--;
            while (found.Token.RightStrip && end < text.Length && Rune.IsWhiteSpace(text[end].Value))
                end++;
            if (start > last)
                yield return (last..start, null);
            yield return (start..end, found.Token);
            (last, at) = (end, end);
        }
        if (last < text.Length)
            yield return (last..text.Length, null);
    }

    private (Rune[] Pattern, AddedToken Token)? TokenAt(AlignedRune[] text, int at)
    {
        if (!byFirst.TryGetValue(text[at].Value, out var known))
            return null;
        foreach (var candidate in known)
        {
            if (StartsWith(text.AsSpan(at), candidate.Pattern))
                return candidate;
        }
        return null;
    }

    private static bool StartsWith(ReadOnlySpan<AlignedRune> text, Rune[] pattern)
    {
        if (text.Length < pattern.Length)
            return false;
        for (var i = 0; i < pattern.Length; i++)
        {
            if (text[i].Value != pattern[i])
                return false;
        }
        return true;
    }

    private static bool IsWordAt(AlignedRune[] text, int at) => at >= 0 && at < text.Length && Characters.IsWord(text[at].Value);
}
