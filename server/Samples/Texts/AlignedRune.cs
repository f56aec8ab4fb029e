using System.Text;

namespace ExplainLsp.Samples;

/// <summary>A character on its way through a tokenizer, with the stretch of the original text that it came from.</summary>
/// <param name="Value">The character as it is now.</param>
/// <param name="Start">Where its origin starts, UTF-16; −1 for a character that a step put in.</param>
/// <param name="End">Where its origin ends, exclusive.</param>
internal readonly record struct AlignedRune(Rune Value, int Start, int End)
{
    /// <summary>A character that the text does not have.</summary>
    public static AlignedRune Inserted(Rune value) => new(value, -1, -1);

    /// <summary>A text, each character at its own place; half a surrogate pair becomes U+FFFD.</summary>
    public static AlignedRune[] Of(ReadOnlySpan<char> text)
    {
        var runes = new List<AlignedRune>(text.Length);
        for (var at = 0; at < text.Length;)
        {
            Rune.DecodeFromUtf16(text[at..], out var rune, out var length);
            runes.Add(new AlignedRune(rune, at, at + length));
            at += length;
        }
        return [.. runes];
    }

    /// <summary>The characters as a string.</summary>
    public static string Join(ReadOnlySpan<AlignedRune> runes)
    {
        var text = new StringBuilder(runes.Length);
        foreach (var rune in runes)
            text.Append(rune.Value);
        return text.ToString();
    }

    /// <summary>The smallest stretch of the original from which all of them came; null when all were put in.</summary>
    public static TextSpan? Cover(ReadOnlySpan<AlignedRune> runes)
    {
        var (start, end) = (int.MaxValue, -1);
        foreach (var rune in runes)
        {
            if (rune.Start < 0)
                continue;
            start = Math.Min(start, rune.Start);
            end = Math.Max(end, rune.End);
        }
        return end < 0 ? null : new TextSpan(start, end);
    }
}

/// <summary>A stretch of a text, UTF-16 code units.</summary>
/// <param name="Start">Its first.</param>
/// <param name="End">The one after its last.</param>
public readonly record struct TextSpan(int Start, int End)
{
    /// <summary>Its length, 0 or more.</summary>
    public int Length => End - Start;
}
