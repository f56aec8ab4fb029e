using System.Text;

namespace ExplainLsp.Samples;

/// <summary>The words of GPT-2 (Radford et al. 2019), each spelled in the characters that stand for bytes.</summary>
/// <param name="addPrefixSpace">Whether a piece gets a space in front, where it has none.</param>
/// <param name="useRegex">Whether it is cut into words.</param>
internal sealed class ByteLevelSplit(bool addPrefixSpace, bool useRegex) : IPreTokenizer
{
    // English contractions; letters, digits or other signs with the space before them; white space, its last left to the next word.
    private static readonly PatternSplit Words = new(
        new RuneRegex(@"'(?:s|t|re|ve|m|ll|d)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"), SplitBehaviour.Isolated, invert: false);

    public IEnumerable<TextPiece> Split(TextPiece piece)
    {
        if (addPrefixSpace && piece.Runes.Span[0].Value.Value != ' ')
            piece = piece with { Runes = new[] { AlignedRune.Inserted(new Rune(' ')) }.Concat(piece.Runes.ToArray()).ToArray() };
        return (useRegex ? Words.Split(piece) : [piece]).Select(word => word with { Runes = ByteAlphabet.Spell(word.Runes.Span) });
    }
}
