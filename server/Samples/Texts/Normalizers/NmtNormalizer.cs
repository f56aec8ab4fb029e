using System.Text;

namespace ExplainLsp.Samples;

/// <summary>The cleaning of SentencePiece's "nmt" rules: control characters out, spaces of every kind as a space.</summary>
internal sealed class NmtNormalizer : INormalizer
{
    public AlignedRune[] Apply(AlignedRune[] text)
    {
        var kept = new List<AlignedRune>(text.Length);
        foreach (var rune in text)
        {
            if (rune.Value.Value is >= 0x1 and <= 0x8 or 0xB or >= 0xE and <= 0x1F or 0x7F or 0x8F or 0x9F)
                continue;
            kept.Add(IsSpace(rune.Value.Value) ? rune with { Value = new Rune(' ') } : rune);
        }
        return [.. kept];
    }

    private static bool IsSpace(int value) => value is 0x9 or 0xA or 0xC or 0xD or 0x1680 or >= 0x200B and <= 0x200F
        or 0x2028 or 0x2029 or 0x2581 or 0xFEFF or 0xFFFD;
}
