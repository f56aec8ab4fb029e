using System.Text;

namespace ExplainLsp.Samples;

/// <summary>Replaces every match of a pattern; what stands in comes from all that it replaces.</summary>
internal sealed class ReplaceNormalizer(RuneRegex pattern, string content) : INormalizer
{
    public AlignedRune[] Apply(AlignedRune[] text)
    {
        var replaced = new List<AlignedRune>(text.Length);
        foreach (var (range, isMatch) in pattern.Split(text))
        {
            var part = text.AsSpan(range);
            if (isMatch)
                AddContent(AlignedRune.Cover(part) ?? new TextSpan(-1, -1), replaced);
            else
                replaced.AddRange(part);
        }
        return [.. replaced];
    }

    private void AddContent(TextSpan origin, List<AlignedRune> into)
    {
        foreach (var rune in content.EnumerateRunes())
            into.Add(new AlignedRune(rune, origin.Start, origin.End));
    }
}
