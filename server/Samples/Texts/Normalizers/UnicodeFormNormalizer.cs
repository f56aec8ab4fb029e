namespace ExplainLsp.Samples;

/// <summary>One of Unicode's four normal forms.</summary>
/// <param name="compose">Whether letters and marks are put together (C), or taken apart (D).</param>
/// <param name="compatibility">Whether characters that only look different become the same (K).</param>
internal sealed class UnicodeFormNormalizer(bool compose, bool compatibility) : INormalizer
{
    public AlignedRune[] Apply(AlignedRune[] text) =>
        compose ? UnicodeNormalization.Compose(text, compatibility) : UnicodeNormalization.Decompose(text, compatibility);
}
