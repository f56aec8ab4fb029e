using System.Text;

namespace ExplainLsp.Samples;

/// <summary>BERT's words (Devlin et al. 2019): white space goes, each punctuation mark stands alone.</summary>
internal sealed class BertSplit : IPreTokenizer
{
    private static readonly PreTokenizerSequence Steps = new PreTokenizerSequence(
        [new CharacterSplit(Rune.IsWhiteSpace, SplitBehaviour.Removed), new CharacterSplit(Characters.IsPunctuation, SplitBehaviour.Isolated)]);

    public IEnumerable<TextPiece> Split(TextPiece piece) => Steps.Split(piece);
}
