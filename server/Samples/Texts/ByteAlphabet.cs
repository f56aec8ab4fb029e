using System.Text;

namespace ExplainLsp.Samples;

/// <summary>The visible characters that stand for bytes in byte-level vocabularies (Radford et al. 2019).</summary>
internal static class ByteAlphabet
{
    private static readonly Rune[] Letters = Spell();

    /// <summary>Every byte of a text's UTF-8 as its character; each comes from the whole character whose byte it is.</summary>
    public static AlignedRune[] Spell(ReadOnlySpan<AlignedRune> text)
    {
        var spelled = new List<AlignedRune>(text.Length);
        Span<byte> bytes = stackalloc byte[4];
        foreach (var rune in text)
        {
            foreach (var unit in bytes[..rune.Value.EncodeToUtf8(bytes)])
                spelled.Add(rune with { Value = Letters[unit] });
        }
        return [.. spelled];
    }

    private static Rune[] Spell()
    {
        var letters = new Rune[256];
        var next = 256;
        for (var unit = 0; unit < 256; unit++)
        {
            var isVisible = unit is >= '!' and <= '~' or >= 0xA1 and <= 0xAC or >= 0xAE;
            letters[unit] = new Rune(isVisible ? unit : next++);
        }
        return letters;
    }
}
