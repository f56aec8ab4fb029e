using System.Text;

namespace ExplainLsp.Samples;

/// <summary>Puts a text in front, unless there is nothing.</summary>
internal sealed class PrependNormalizer(string prefix) : INormalizer
{
    private readonly AlignedRune[] prefix = [.. prefix.EnumerateRunes().Select(AlignedRune.Inserted)];

    public AlignedRune[] Apply(AlignedRune[] text) => text.Length == 0 ? text : [.. prefix, .. text];
}
