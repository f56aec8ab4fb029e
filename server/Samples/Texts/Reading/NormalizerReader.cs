namespace ExplainLsp.Samples;

/// <summary>Reads the <c>normalizer</c> of a tokenizer.</summary>
internal static class NormalizerReader
{
    /// <exception cref="SampleException">Of an unknown kind, or malformed.</exception>
    public static INormalizer? Read(TokenizerJson? json) => json is not { } found ? null : found.Type switch
    {
        "Sequence" => new NormalizerSequence([.. found.List("normalizers").Select(step => Read(step)!)]),
        "BertNormalizer" => Bert(found),
        "Lowercase" => new LowercaseNormalizer(),
        "StripAccents" => new StripAccentsNormalizer(),
        "NFC" => new UnicodeFormNormalizer(compose: true, compatibility: false),
        "NFD" => new UnicodeFormNormalizer(compose: false, compatibility: false),
        "NFKC" => new UnicodeFormNormalizer(compose: true, compatibility: true),
        "NFKD" => new UnicodeFormNormalizer(compose: false, compatibility: true),
        "Nmt" => new NmtNormalizer(),
        "Strip" => new StripNormalizer(found.FlagOr("strip_left", true), found.FlagOr("strip_right", true)),
        "Prepend" => new PrependNormalizer(found.Text("prepend")),
        "Replace" => new ReplaceNormalizer(PatternReader.Read(found), found.Text("content")),
        "Precompiled" => new PrecompiledNormalizer(Map(found)),
        "ByteLevel" => new ByteLevelNormalizer(),
        _ => throw found.Unknown("normalizer"),
    };

    private static BertNormalizer Bert(TokenizerJson json)
    {
        var lowercase = json.FlagOr("lowercase", true);
        return new BertNormalizer(
            json.FlagOr("clean_text", true), json.FlagOr("handle_chinese_chars", true), json.FlagOr("strip_accents", lowercase), lowercase);
    }

    private static CharacterMap Map(TokenizerJson json)
    {
        try
        {
            return new CharacterMap(Convert.FromBase64String(json.Text("precompiled_charsmap")), json.Origin);
        }
        catch (FormatException)
        {
            throw json.Wrong("precompiled_charsmap", "base64");
        }
    }
}
