using System.Text;

namespace ExplainLsp.Samples;

/// <summary>Reads the <c>pre_tokenizer</c> of a tokenizer.</summary>
internal static class PreTokenizerReader
{
    /// <exception cref="SampleException">Of an unknown kind, or malformed.</exception>
    public static IPreTokenizer? Read(TokenizerJson? json) => json is not { } found ? null : found.Type switch
    {
        "Sequence" => new PreTokenizerSequence([.. found.List("pretokenizers").Select(step => Read(step)!)]),
        "BertPreTokenizer" => new BertSplit(),
        "Whitespace" => new PatternSplit(new RuneRegex(@"\w+|[^\w\s]+"), SplitBehaviour.Removed, invert: true),
        "WhitespaceSplit" => new CharacterSplit(Rune.IsWhiteSpace, SplitBehaviour.Removed),
        "Punctuation" => new CharacterSplit(Characters.IsPunctuation, found.Choice("behavior", SplitBehaviour.Isolated)),
        "Digits" => new CharacterSplit(Rune.IsNumber, found.FlagOr("individual_digits", false) ? SplitBehaviour.Isolated : SplitBehaviour.Contiguous),
        "CharDelimiterSplit" => new CharacterSplit(Only(found, "delimiter").Equals, SplitBehaviour.Removed),
        "Split" => new PatternSplit(PatternReader.Read(found), found.Choice("behavior", SplitBehaviour.Removed), found.FlagOr("invert", false)),
        "Metaspace" => new MetaspaceSplit(Only(found, "replacement"), Scheme(found), found.FlagOr("split", true)),
        "ByteLevel" => new ByteLevelSplit(found.FlagOr("add_prefix_space", true), found.FlagOr("use_regex", true)),
        _ => throw found.Unknown("pre-tokenizer"),
    };

    // Files from before prepend_scheme say add_prefix_space.
    private static string Scheme(TokenizerJson json) =>
        json.TextOr("prepend_scheme", json.FlagOr("add_prefix_space", true) ? "always" : "never");

    private static Rune Only(TokenizerJson json, string key)
    {
        var text = json.Text(key);
        return Rune.TryGetRuneAt(text.Length > 0 ? text : "\0", 0, out var rune) && rune.Utf16SequenceLength == text.Length
            ? rune : throw json.Wrong(key, "one character");
    }
}
