namespace ExplainLsp.Samples;

/// <summary>Takes away marks that stand apart from their letters; a form D before it sets them apart.</summary>
internal sealed class StripAccentsNormalizer : INormalizer
{
    public AlignedRune[] Apply(AlignedRune[] text) => Array.FindAll(text, rune => !Characters.IsAccent(rune.Value));
}
