using System.Globalization;
using System.Text;

namespace ExplainLsp.Samples;

/// <summary>BERT's cleaning (Devlin et al. 2019): control characters out, spaces around Chinese characters, accents off, lower case.</summary>
/// <param name="cleanText">Whether control characters go and all white space becomes a space.</param>
/// <param name="handleChinese">Whether each Chinese character becomes a word.</param>
/// <param name="stripAccents">Whether accents go.</param>
/// <param name="lowercase">Whether letters become small.</param>
internal sealed class BertNormalizer(bool cleanText, bool handleChinese, bool stripAccents, bool lowercase) : INormalizer
{
    private static readonly AlignedRune Space = AlignedRune.Inserted(new Rune(' '));

    public AlignedRune[] Apply(AlignedRune[] text)
    {
        if (cleanText)
            text = Clean(text);
        if (handleChinese)
            text = [.. text.SelectMany(rune => Characters.IsChinese(rune.Value) ? [Space, rune, Space] : new[] { rune })];
        if (stripAccents)
            text = Array.FindAll(UnicodeNormalization.Decompose(text, compatibility: false), rune => !Characters.IsAccent(rune.Value));
        return lowercase ? new LowercaseNormalizer().Apply(text) : text;
    }

    private static AlignedRune[] Clean(AlignedRune[] text)
    {
        var kept = new List<AlignedRune>(text.Length);
        foreach (var rune in text)
        {
            var value = rune.Value;
            var isBreak = value.Value is '\t' or '\n' or '\r';
            if (!isBreak && (value.Value is 0 or 0xFFFD || IsControl(value)))
                continue;
            kept.Add(isBreak || Rune.IsWhiteSpace(value) ? rune with { Value = new Rune(' ') } : rune);
        }
        return [.. kept];
    }

    private static bool IsControl(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate;
}
