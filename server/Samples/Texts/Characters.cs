using System.Globalization;
using System.Text;

namespace ExplainLsp.Samples;

/// <summary>Questions about characters in the words of the tokenizers.</summary>
internal static class Characters
{
    /// <summary>Punctuation as BERT sees it: Unicode's, and all of ASCII's that is neither letter, digit nor space.</summary>
    public static bool IsPunctuation(Rune rune) => rune.IsAscii
        ? rune.Value is >= '!' and <= '/' or >= ':' and <= '@' or >= '[' and <= '`' or >= '{' and <= '~'
        : Rune.IsPunctuation(rune);

    /// <summary>A mark that takes no place of its own: an accent.</summary>
    public static bool IsAccent(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark;

    /// <summary>A character of a word: letter, digit, mark or connector.</summary>
    public static bool IsWord(Rune rune) => Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark
        or UnicodeCategory.ConnectorPunctuation or UnicodeCategory.LetterNumber;

    /// <summary>A Chinese character, in the ranges that BERT sets apart.</summary>
    public static bool IsChinese(Rune rune) => rune.Value is >= 0x4E00 and <= 0x9FFF or >= 0x3400 and <= 0x4DBF
        or >= 0x20000 and <= 0x2A6DF or >= 0x2A700 and <= 0x2B73F or >= 0x2B740 and <= 0x2B81F or >= 0x2B820 and <= 0x2CEAF
        or >= 0xF900 and <= 0xFAFF or >= 0x2F800 and <= 0x2FA1F;

    /// <summary>Lower case, character by character whatever stands around it: one character, and two for İ.</summary>
    public static ReadOnlySpan<Rune> Lower(Rune rune, Span<Rune> room)
    {
        // The only character whose lower case is two characters in every language.
        if (rune.Value == 0x130)
        {
            (room[0], room[1]) = (new Rune('i'), new Rune(0x307));
            return room[..2];
        }
        room[0] = Rune.ToLowerInvariant(rune);
        return room[..1];
    }
}
