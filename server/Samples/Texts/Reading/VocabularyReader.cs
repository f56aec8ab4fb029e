namespace ExplainLsp.Samples;

/// <summary>
/// Makes a tokenizer from <c>vocab.txt</c> (one token a line, its line number is its id) and <c>tokenizer_config.json</c>: BERT's, or plain
/// words found by a <c>pattern</c>.
/// </summary>
internal static class VocabularyReader
{
    private static readonly string[] SpecialTokens = ["pad_token", "unk_token", "cls_token", "sep_token", "mask_token"];

    /// <exception cref="SampleException">An empty vocabulary, or a tokenizer of another kind.</exception>
    public static Tokenizer Read(string vocabulary, TokenizerJson config)
    {
        var lines = vocabulary.ReplaceLineEndings("\n").Split('\n');
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var id = 0; id < lines.Length - (lines[^1].Length == 0 ? 1 : 0); id++)
            ids[lines[id]] = id;
        if (ids.Count == 0)
            throw new SampleException("vocab.txt is empty. Write one token a line, in the order of their ids.");
        var words = new Vocabulary(ids);
        return config.Part("pattern") is null ? Bert(words, config) : Words(words, config);
    }

    private static Tokenizer Bert(Vocabulary words, TokenizerJson config)
    {
        var kind = config.TextOr("tokenizer_class", "BertTokenizer");
        if (!kind.Contains("Bert", StringComparison.Ordinal) || kind.Contains("Roberta", StringComparison.Ordinal))
            throw new SampleException($"The tokenizer \"{kind}\" is not read from vocab.txt. Save its tokenizer.json beside the model.");
        var (start, end) = (Special(words, config, "cls_token", "[CLS]"), Special(words, config, "sep_token", "[SEP]"));
        var lowercase = config.FlagOr("do_lower_case", true);
        var single = new[] { TemplatePart.Of(start, 0), TemplatePart.Of(0, 0), TemplatePart.Of(end, 0) };
        return new Tokenizer(new TokenizerParts(
            Added(words, config),
            new BertNormalizer(true, config.FlagOr("tokenize_chinese_chars", true), config.FlagOr("strip_accents", lowercase), lowercase),
            new BertSplit(),
            new WordPieceModel(words, config.TextOr("unk_token", "[UNK]"), "##", 100),
            new TokenTemplate([.. single], [.. single, TemplatePart.Of(1, 1), TemplatePart.Of(end, 1)]),
            Limit(config),
            null));
    }

    private static Tokenizer Words(Vocabulary words, TokenizerJson config)
    {
        var limit = Limit(config);
        var padding = words.IdOf(config.TextOr("pad_token", "[PAD]"));
        return new Tokenizer(new TokenizerParts(
            Added(words, config),
            config.FlagOr("do_lower_case", false) ? new LowercaseNormalizer() : null,
            new PatternSplit(PatternReader.Expression(config, "pattern"), SplitBehaviour.Removed, invert: true),
            new WordLevelModel(words, config.TextOr("unk_token", "[UNK]")),
            TokenTemplate.Bare,
            limit,
            limit is not null && padding is { } id
                ? new Padding(limit.MaxLength, null, config.TextOr("padding_side", "right") == "left", id, 0, config.TextOr("pad_token", "[PAD]")) : null));
    }

    private static AddedToken[] Added(Vocabulary words, TokenizerJson config) =>
    [
        .. SpecialTokens
            .Select(key => config.TextOr(key, ""))
            .Where(token => token.Length > 0 && words.IdOf(token) is not null)
            .Distinct()
            .Select(token => new AddedToken(words.IdOf(token)!.Value, token, false, false, false, false)),
    ];

    private static (int Id, string Text) Special(Vocabulary words, TokenizerJson config, string key, string fallback)
    {
        var token = config.TextOr(key, fallback);
        return words.IdOf(token) is { } id ? (id, token) : throw config.Wrong(key, $"a token of vocab.txt, which lacks \"{token}\"");
    }

    // Hugging Face writes a huge number for "no limit".
    private static Truncation? Limit(TokenizerJson config) =>
        config.Part("model_max_length") is { } limit && limit.Value.TryGetInt32(out var length) && length is > 0 and < 1_000_000
            ? new Truncation(length, TruncationStrategy.LongestFirst, config.TextOr("truncation_side", "right") == "left") : null;
}
