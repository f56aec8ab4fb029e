using System.Text;

namespace ExplainLsp.Samples;

/// <summary>Takes white space off the ends.</summary>
/// <param name="left">Whether from the start.</param>
/// <param name="right">Whether from the end.</param>
internal sealed class StripNormalizer(bool left, bool right) : INormalizer
{
    public AlignedRune[] Apply(AlignedRune[] text)
    {
        var (start, end) = (0, text.Length);
        while (right && end > start && Rune.IsWhiteSpace(text[end - 1].Value))
            end--;
        while (left && start < end && Rune.IsWhiteSpace(text[start].Value))
            start++;
        return text[start..end];
    }
}
