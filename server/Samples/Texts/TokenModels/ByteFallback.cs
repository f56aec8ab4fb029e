using System.Text;

namespace ExplainLsp.Samples;

/// <summary>Unknown characters spelled by the pieces of their bytes, <c>&lt;0xE2&gt;</c>, where the vocabulary has all of them.</summary>
internal sealed class ByteFallback(Vocabulary vocabulary)
{
    private readonly int[] ids = vocabulary.Bytes();

    /// <summary>Adds a text's bytes; false, and nothing added, where one has no piece.</summary>
    /// <param name="text">The unknown characters.</param>
    /// <param name="into">Ids, each with the number of its character in <paramref name="text"/>.</param>
    public bool TryAdd(ReadOnlySpan<AlignedRune> text, List<(int Id, int Rune)> into)
    {
        var before = into.Count;
        Span<byte> bytes = stackalloc byte[4];
        for (var i = 0; i < text.Length; i++)
        {
            foreach (var unit in bytes[..text[i].Value.EncodeToUtf8(bytes)])
            {
                if (ids[unit] < 0)
                {
                    into.RemoveRange(before, into.Count - before);
                    return false;
                }
                into.Add((ids[unit], i));
            }
        }
        return true;
    }
}
