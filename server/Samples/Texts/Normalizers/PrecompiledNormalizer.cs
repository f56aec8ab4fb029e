using System.Globalization;
using System.Text;

namespace ExplainLsp.Samples;

/// <summary>
/// SentencePiece's precompiled character map, applied as the tokenizers library does: a short grapheme cluster is looked up as a whole,
/// then its characters one by one.
/// </summary>
internal sealed class PrecompiledNormalizer(CharacterMap map) : INormalizer
{
    // Longer clusters are looked up by character only.
    private const int LongestCluster = 5;

    public AlignedRune[] Apply(AlignedRune[] text)
    {
        var mapped = new List<AlignedRune>(text.Length);
        var joined = AlignedRune.Join(text);
        var (at, offset) = (0, 0);
        while (at < text.Length)
        {
            var end = at;
            for (var stop = offset + StringInfo.GetNextTextElementLength(joined, offset); offset < stop; end++)
                offset += text[end].Value.Utf16SequenceLength;
            AddCluster(text.AsSpan(at..end), mapped);
            at = end;
        }
        return [.. mapped];
    }

    private void AddCluster(ReadOnlySpan<AlignedRune> cluster, List<AlignedRune> into)
    {
        if (Length(cluster) <= LongestCluster && TryAdd(cluster, into))
            return;
        for (var i = 0; i < cluster.Length; i++)
        {
            if (!TryAdd(cluster.Slice(i, 1), into))
                into.Add(cluster[i]);
        }
    }

    private bool TryAdd(ReadOnlySpan<AlignedRune> part, List<AlignedRune> into)
    {
        if (map.Find(AlignedRune.Join(part)) is not { } found)
            return false;
        var origin = AlignedRune.Cover(part) ?? new TextSpan(-1, -1);
        foreach (var rune in found.EnumerateRunes())
            into.Add(new AlignedRune(rune, origin.Start, origin.End));
        return true;
    }

    private static int Length(ReadOnlySpan<AlignedRune> part)
    {
        var bytes = 0;
        foreach (var rune in part)
            bytes += rune.Value.Utf8SequenceLength;
        return bytes;
    }
}
