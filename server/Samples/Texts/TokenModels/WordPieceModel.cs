namespace ExplainLsp.Samples;

/// <summary>WordPiece (Schuster and Nakajima 2012; Devlin et al. 2019): the longest known start, again and again; a word that cannot be cut is unknown as a whole.</summary>
/// <param name="vocabulary">Pieces; those inside a word start with the prefix.</param>
/// <param name="unknown">The unknown token.</param>
/// <param name="prefix">What marks a piece inside a word: <c>##</c>.</param>
/// <param name="longestWord">Longer words, in characters, are unknown.</param>
internal sealed class WordPieceModel(Vocabulary vocabulary, string unknown, string prefix, int longestWord) : ITokenModel
{
    public int? IdOf(string piece) => vocabulary.IdOf(piece);

    public string? PieceOf(int id) => vocabulary.PieceOf(id);

    public void Cut(ReadOnlySpan<AlignedRune> word, List<TokenPiece> into)
    {
        var before = into.Count;
        for (var start = 0; start < word.Length;)
        {
            if (word.Length > longestWord || !TryLongest(word, start, into, out var end))
            {
                into.RemoveRange(before, into.Count - before);
                if (vocabulary.IdOf(unknown) is { } id)
                    into.Add(new TokenPiece(id, unknown, AlignedRune.Cover(word)));
                return;
            }
            start = end;
        }
    }

    private bool TryLongest(ReadOnlySpan<AlignedRune> word, int start, List<TokenPiece> into, out int end)
    {
        var text = (start > 0 ? prefix : "") + AlignedRune.Join(word[start..]);
        var length = text.Length;
        for (end = word.Length; end > start; end--)
        {
            if (vocabulary.ByText.TryGetValue(text.AsSpan(0, length), out var piece, out var id))
            {
                into.Add(new TokenPiece(id, piece, AlignedRune.Cover(word[start..end])));
                return true;
            }
            length -= word[end - 1].Value.Utf16SequenceLength;
        }
        return false;
    }
}
