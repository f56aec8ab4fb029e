using System.Text;

namespace ExplainLsp.Samples;

/// <summary>Cuts at every character of a kind.</summary>
/// <param name="matches">The kind.</param>
/// <param name="behaviour">What becomes of these characters.</param>
internal sealed class CharacterSplit(Func<Rune, bool> matches, SplitBehaviour behaviour) : IPreTokenizer
{
    public IEnumerable<TextPiece> Split(TextPiece piece)
    {
        var start = 0;
        for (var at = 0; at <= piece.Runes.Length; at++)
        {
            var atEnd = at == piece.Runes.Length;
            if (!atEnd && !matches(piece.Runes.Span[at].Value))
                continue;
            if (at > start)
                yield return piece.Slice(start..at);
            start = at;
            if (atEnd)
                yield break;
            var end = at + 1;
            while (behaviour == SplitBehaviour.Contiguous && end < piece.Runes.Length && matches(piece.Runes.Span[end].Value))
                end++;
            if (behaviour != SplitBehaviour.Removed)
                yield return piece.Slice(at..end);
            (start, at) = (end, end - 1);
        }
    }
}
