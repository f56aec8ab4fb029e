using System.Text;

namespace ExplainLsp.Samples;

/// <summary>Lower case, character by character.</summary>
internal sealed class LowercaseNormalizer : INormalizer
{
    public AlignedRune[] Apply(AlignedRune[] text)
    {
        var lowered = new List<AlignedRune>(text.Length);
        Span<Rune> room = stackalloc Rune[2];
        foreach (var rune in text)
        {
            foreach (var value in Characters.Lower(rune.Value, room))
                lowered.Add(rune with { Value = value });
        }
        return [.. lowered];
    }
}
