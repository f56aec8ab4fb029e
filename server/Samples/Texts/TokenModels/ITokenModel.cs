namespace ExplainLsp.Samples;

/// <summary>Cuts a word into pieces of a vocabulary.</summary>
internal interface ITokenModel
{
    /// <summary>The id of a piece; null when the vocabulary has none.</summary>
    int? IdOf(string piece);

    /// <summary>The piece of an id; null when there is none.</summary>
    string? PieceOf(int id);

    /// <summary>Adds the pieces of a word, in order.</summary>
    void Cut(ReadOnlySpan<AlignedRune> word, List<TokenPiece> into);
}

/// <summary>A piece of a word.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Text">What the vocabulary calls it; for an unknown part of a Unigram word, the part itself.</param>
/// <param name="Span">Where it came from in the original, white space included; null for nowhere.</param>
internal readonly record struct TokenPiece(int Id, string Text, TextSpan? Span);
