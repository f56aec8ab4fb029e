using System.Text;

namespace ExplainLsp.Samples;

/// <summary>SentencePiece's words (Kudo and Richardson 2018): a visible character stands for the space and starts each word.</summary>
/// <param name="replacement">What stands for the space: ▁.</param>
/// <param name="prepend">Whether the text gets one in front, where it has none: <c>always</c> before each piece, <c>first</c>, or <c>never</c>.</param>
/// <param name="split">Whether words are cut apart.</param>
internal sealed class MetaspaceSplit(Rune replacement, string prepend, bool split) : IPreTokenizer
{
    public IEnumerable<TextPiece> Split(TextPiece piece)
    {
        var runes = Array.ConvertAll(piece.Runes.ToArray(), rune => rune.Value.Value == ' ' ? rune with { Value = replacement } : rune);
        if (runes[0].Value != replacement && (prepend == "always" || (prepend == "first" && piece.IsFirst)))
            runes = [AlignedRune.Inserted(replacement), .. runes];
        var whole = new TextPiece(runes, piece.IsFirst);
        if (!split)
        {
            yield return whole;
            yield break;
        }
        for (var start = 0; start < runes.Length;)
        {
            var end = start + 1;
            while (end < runes.Length && runes[end].Value != replacement)
                end++;
            yield return whole.Slice(start..end);
            start = end;
        }
    }
}
