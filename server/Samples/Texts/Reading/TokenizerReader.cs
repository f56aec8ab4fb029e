using System.Text.Json;

namespace ExplainLsp.Samples;

/// <summary>Finds and reads the tokenizer of a model's folder: <c>tokenizer.json</c>, else <c>vocab.txt</c> with <c>tokenizer_config.json</c>.</summary>
public static class TokenizerReader
{
    private const string TokenizerName = "tokenizer.json", VocabularyName = "vocab.txt", ConfigName = "tokenizer_config.json";

    /// <summary>Whether a folder has a tokenizer.</summary>
    public static bool IsIn(string folder) =>
        File.Exists(Path.Combine(folder, TokenizerName)) || File.Exists(Path.Combine(folder, VocabularyName));

    /// <summary>The tokenizer of a folder.</summary>
    /// <exception cref="SampleException">None there, unreadable, or of a kind that is not known.</exception>
    public static Tokenizer Read(string folder, CancellationToken cancellation)
    {
        if (File.Exists(Path.Combine(folder, TokenizerName)))
            return Parse(TextFile.Read(Path.Combine(folder, TokenizerName), cancellation), TokenizerName);
        if (!File.Exists(Path.Combine(folder, VocabularyName)))
            throw new SampleException($"{folder} has neither {TokenizerName} nor {VocabularyName}. Save the model's tokenizer beside it.");
        var config = Path.Combine(folder, ConfigName);
        return VocabularyReader.Read(
            TextFile.Read(Path.Combine(folder, VocabularyName), cancellation),
            File.Exists(config) ? Json(TextFile.Read(config, cancellation), ConfigName) : Json("{}", ConfigName));
    }

    /// <summary>Reads the text of a <c>tokenizer.json</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="origin">The file's name, for messages.</param>
    /// <exception cref="SampleException">Malformed, or of a kind that is not known.</exception>
    public static Tokenizer Parse(string text, string origin)
    {
        var json = Json(text, origin);
        if (json.Part("model") is not { } model)
            throw json.Wrong("model", "given");
        return new Tokenizer(new TokenizerParts(
            [.. json.List("added_tokens").Select(Added)],
            NormalizerReader.Read(json.Part("normalizer")),
            PreTokenizerReader.Read(json.Part("pre_tokenizer")),
            TokenModelReader.Read(model),
            TemplateReader.Read(json.Part("post_processor")),
            LengthReader.Truncation(json.Part("truncation")),
            LengthReader.Padding(json.Part("padding"))));
    }

    private static AddedToken Added(TokenizerJson token) => new(
        token.Whole("id"), token.Text("content"), token.FlagOr("single_word", false), token.FlagOr("lstrip", false),
        token.FlagOr("rstrip", false), token.FlagOr("normalized", true));

    private static TokenizerJson Json(string text, string origin)
    {
        try
        {
            return new TokenizerJson(JsonSerializer.Deserialize<JsonElement>(text), origin);
        }
        catch (JsonException exception)
        {
            throw new SampleException($"{origin} is not JSON (line {exception.LineNumber + 1}). Export the tokenizer again.");
        }
    }
}
