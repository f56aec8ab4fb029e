namespace ExplainLsp.Samples;

/// <summary>A step that cuts a text into words; no token reaches over a cut.</summary>
internal interface IPreTokenizer
{
    /// <summary>Cuts one piece further.</summary>
    IEnumerable<TextPiece> Split(TextPiece piece);
}

/// <summary>A part of a text between two cuts.</summary>
/// <param name="Runes">Its characters, 1 or more.</param>
/// <param name="IsFirst">Whether it starts where the text starts.</param>
internal readonly record struct TextPiece(ReadOnlyMemory<AlignedRune> Runes, bool IsFirst)
{
    /// <summary>A part of this piece.</summary>
    public TextPiece Slice(Range range) => new(Runes[range], IsFirst && range.Start.Value == 0);
}
