namespace ExplainLsp.Samples;

/// <summary>Cuts one after the other.</summary>
internal sealed class PreTokenizerSequence(IReadOnlyList<IPreTokenizer> steps) : IPreTokenizer
{
    public IEnumerable<TextPiece> Split(TextPiece piece) =>
        steps.Aggregate((IEnumerable<TextPiece>)[piece], (pieces, step) => pieces.SelectMany(step.Split));
}
