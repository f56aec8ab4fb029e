using System.Buffers.Binary;
using System.Text;

namespace ExplainLsp.Samples;

/// <summary>
/// SentencePiece's <c>precompiled_charsmap</c>: the size of a double-array trie, the trie (32-bit units), and the texts that stand in,
/// each ended by a zero byte.
/// </summary>
internal sealed class CharacterMap
{
    private readonly uint[] units;
    private readonly byte[] texts;

    /// <exception cref="SampleException">Cut short.</exception>
    public CharacterMap(ReadOnlySpan<byte> bytes, string origin)
    {
        var size = bytes.Length < 4 ? uint.MaxValue : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        if (size % 4 != 0 || size == 0 || size > bytes.Length - 4)
            throw new SampleException($"The precompiled_charsmap of {origin} is cut short. Export the tokenizer again.");
        units = new uint[size / 4];
        for (var i = 0; i < units.Length; i++)
            units[i] = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(4 + (i * 4))..]);
        texts = bytes[(4 + (int)size)..].ToArray();
    }

    /// <summary>What stands in for a text: the entry of its shortest start that has one; null for none.</summary>
    public string? Find(string text)
    {
        var node = Child(0, units[0]);
        foreach (var unit in Encoding.UTF8.GetBytes(text))
        {
            node ^= unit;
            // A unit's low byte is its label; the sign bit marks a leaf.
            if (unit == 0 || node >= units.Length || (units[node] & 0x800000FF) != unit)
                return null;
            var found = units[node];
            node = Child(node, found);
            if ((found >> 8 & 1) != 0 && node < units.Length)
                return TextAt((int)(units[node] & 0x7FFFFFFF));
        }
        return null;
    }

    private static uint Child(uint node, uint unit) => node ^ (unit >> 10 << (int)((unit & 512) >> 6));

    private string? TextAt(int start)
    {
        if (start >= texts.Length)
            return null;
        var length = texts.AsSpan(start).IndexOf((byte)0);
        return Encoding.UTF8.GetString(length < 0 ? texts.AsSpan(start) : texts.AsSpan(start, length));
    }
}
