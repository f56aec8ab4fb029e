namespace ExplainLsp.Samples;

/// <summary>Every byte of the text's UTF-8 as a visible character.</summary>
internal sealed class ByteLevelNormalizer : INormalizer
{
    public AlignedRune[] Apply(AlignedRune[] text) => ByteAlphabet.Spell(text);
}
