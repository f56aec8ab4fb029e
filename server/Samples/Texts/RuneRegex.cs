using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ExplainLsp.Samples;

/// <summary>
/// A regular expression over whole characters. The runtime's works on UTF-16 halves, so that <c>\p{L}</c> never matches a letter beyond
/// U+FFFF; here such characters stand as one of the same category.
/// </summary>
internal sealed class RuneRegex
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Regex regex;

    /// <exception cref="ArgumentException">The pattern cannot be read.</exception>
    public RuneRegex(string pattern) => regex = new Regex(Possessive(pattern), RegexOptions.CultureInvariant, Patience);

    /// <summary>Stretches of a text, in order and without gaps: those that match, and those between.</summary>
    public List<(Range Range, bool IsMatch)> Split(ReadOnlySpan<AlignedRune> text)
    {
        var projected = Project(text);
        var parts = new List<(Range, bool)>();
        var last = 0;
        foreach (var match in regex.EnumerateMatches(projected))
        {
            if (match.Index > last)
                parts.Add((last..match.Index, false));
            if (match.Length > 0)
                parts.Add((match.Index..(match.Index + match.Length), true));
            last = match.Index + match.Length;
        }
        if (last < text.Length)
            parts.Add((last..text.Length, false));
        return parts;
    }

    /// <summary>One UTF-16 unit a character.</summary>
    private static string Project(ReadOnlySpan<AlignedRune> text)
    {
        var units = new char[text.Length];
        for (var i = 0; i < text.Length; i++)
            units[i] = text[i].Value.IsBmp ? (char)text[i].Value.Value : Standing(text[i].Value);
        return new string(units);
    }

    // Rare characters of each category, which no pattern names.
    private static char Standing(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.UppercaseLetter => '\u10A0',
        UnicodeCategory.LowercaseLetter => '\u2D00',
        UnicodeCategory.ModifierLetter => '\u02EE',
        UnicodeCategory.OtherLetter => '\uA500',
        UnicodeCategory.NonSpacingMark => '\u0F18',
        UnicodeCategory.SpacingCombiningMark => '\u0F3E',
        UnicodeCategory.DecimalDigitNumber => '\uA620',
        UnicodeCategory.LetterNumber => '\u2180',
        UnicodeCategory.OtherNumber => '\u2CFD',
        UnicodeCategory.OtherPunctuation => '\uA60D',
        UnicodeCategory.DashPunctuation => '\u2E17',
        UnicodeCategory.MathSymbol => '\u2A00',
        UnicodeCategory.ModifierSymbol => '\uA700',
        UnicodeCategory.OtherSymbol => '\u2800',
        UnicodeCategory.Format => '\u2064',
        _ => '\uE000',
    };

    /// <summary>Possessive quantifiers (<c>a++</c>), which the runtime does not know, as atomic groups (<c>(?&gt;a+)</c>).</summary>
    private static string Possessive(string pattern) => Regex.Replace(
        pattern, @"((?:\[(?:\\.|[^\]\\])*\]|\\p\{[^}]*\}|\\.|[^\\()\[\]|*+?{}])(?:[*+?]|\{\d+(?:,\d*)?\}))\+", "(?>$1)", RegexOptions.CultureInvariant);
}
