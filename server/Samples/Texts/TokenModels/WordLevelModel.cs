namespace ExplainLsp.Samples;

/// <summary>One id a word; words that the vocabulary lacks become the unknown token.</summary>
internal sealed class WordLevelModel(Vocabulary vocabulary, string? unknown) : ITokenModel
{
    public int? IdOf(string piece) => vocabulary.IdOf(piece);

    public string? PieceOf(int id) => vocabulary.PieceOf(id);

    public void Cut(ReadOnlySpan<AlignedRune> word, List<TokenPiece> into)
    {
        var text = AlignedRune.Join(word);
        if (vocabulary.IdOf(text) is { } id)
            into.Add(new TokenPiece(id, text, AlignedRune.Cover(word)));
        else if (unknown is not null && vocabulary.IdOf(unknown) is { } unknownId)
            into.Add(new TokenPiece(unknownId, unknown, AlignedRune.Cover(word)));
    }
}
