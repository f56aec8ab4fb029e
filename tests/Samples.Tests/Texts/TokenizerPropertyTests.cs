using System.Text;

namespace ExplainLsp.Samples.Tests.Texts;

/// <summary>What holds for any text: spans lie in it, in order, never overlap but within one character, and cover all that can be seen.</summary>
public class TokenizerPropertyTests
{
    private const int Texts = 2000;

    // Letters, marks, spaces, signs, digits and emoji of several scripts, half surrogates, invisible characters, long runs.
    private static readonly string[] Alphabet =
    [
        "a", "Z", "e", "\u0301", "é", "ß", "İ", "ﬁ", "ق", "ה", "ก", "ิ", "क", "्", "ष", "漢", "字", "ｶ", "ﾞ", "한", "ᄒ", "ᅡ", " ", "  ", "\t", "\n", "\r\n",
        "\u00A0", "\u200B", "\u200D", "\u202E", "\uFEFF", "\u0000", "\u0085", "1", "½", "٣", "Ⅷ", "!", "...", "__", "'s", "'LL", "▁", "Ġ", "<s>", "[MASK]", "<mask>",
        "😀", "👩‍👩‍👧", "🇩🇪", "𝒜", "𐐷", "\uD83D", "\uDE00", "\uFFFD", "™", "℃",
    ];

    [Theory]
    [MemberData(nameof(TokenizerCasesTests.Folders), MemberType = typeof(TokenizerCasesTests))]
    public void RandomTexts_SpansLieInOrderAndWithinTheText(string folder)
    {
        var tokenizer = TokenizerReader.Read(Fixture.Path($"tokenizers/{folder}"), CancellationToken.None);
        var random = new Random(20260701);
        for (var i = 0; i < Texts; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 24)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
            var encoding = tokenizer.Encode(text);
            var last = new TextSpan(0, 0);
            foreach (var span in encoding.Spans.OfType<TextSpan>())
            {
                Assert.True(span.Length > 0 && span.Start >= 0 && span.End <= text.Length, $"{span} in {Escaped(text)}");
                // Bytes, letters and marks of one character share its place; accents in another order than Unicode's change places.
                Assert.True(span.Start >= last.Start || folder.StartsWith("bert", StringComparison.Ordinal), $"{last}, then {span} in {Escaped(text)}");
                Assert.False(char.IsWhiteSpace(text[span.Start]) || char.IsWhiteSpace(text[span.End - 1]), $"{span} in {Escaped(text)}");
                last = span;
            }
            Assert.Equal(encoding.Ids.Length, encoding.Spans.Length);
            Assert.All(encoding.Ids, id => Assert.NotNull(tokenizer.TokenOf(id)));
        }
    }

    [Theory]
    [InlineData("roberta-bytebpe")]
    [InlineData("llama-bpe")]
    public void RandomTexts_EveryVisibleCharacterIsInASpan(string folder)
    {
        // These two normalise nothing away.
        var tokenizer = TokenizerReader.Read(Fixture.Path($"tokenizers/{folder}"), CancellationToken.None);
        var random = new Random(20260702);
        for (var i = 0; i < Texts; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 24)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
            var covered = new bool[text.Length];
            foreach (var span in tokenizer.Encode(text).Spans.OfType<TextSpan>())
                Array.Fill(covered, true, span.Start, span.Length);
            for (var at = 0; at < text.Length; at++)
                Assert.True(covered[at] || char.IsWhiteSpace(text[at]), $"{at} of {Escaped(text)}");
        }
    }

    [Theory]
    [InlineData("cafe\u0301", true, false, "caf\u00E9")]
    [InlineData("\u212B", true, false, "\u00C5")]
    [InlineData("\uD55C", false, false, "\u1112\u1161\u11AB")]
    [InlineData("\u1112\u1161\u11AB", true, false, "\uD55C")]
    [InlineData("q\u0307\u0323", false, false, "q\u0323\u0307")]
    [InlineData("\uFB01\u2122", true, true, "fiTM")]
    [InlineData("\u0958", true, false, "\u0915\u093C")]
    public void NormalForms_AreUnicodes(string text, bool compose, bool compatibility, string expected)
    {
        var form = (compose, compatibility) switch { (true, false) => "NFC", (false, false) => "NFD", (true, true) => "NFKC", _ => "NFKD" };
        var json = $$"""{ "normalizer": { "type": "{{form}}" }, "model": { "type": "WordLevel", "vocab": { "{{expected}}": 7 } } }""";

        var encoding = TokenizerReader.Parse(json, "tokenizer.json").Encode(text);

        Assert.Equal(7, Assert.Single(encoding.Ids));
        Assert.Equal(new TextSpan(0, text.Length), encoding.Spans[0]);
    }

    private static string Escaped(string text)
    {
        var escaped = new StringBuilder();
        foreach (var unit in text)
            escaped.Append(System.Globalization.CultureInfo.InvariantCulture, $"\\u{(int)unit:X4}");
        return escaped.ToString();
    }
}
