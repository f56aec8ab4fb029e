using System.Text.Json;

namespace ExplainLsp.Samples;

/// <summary>Reads the <c>model</c> of a tokenizer.</summary>
internal static class TokenModelReader
{
    /// <exception cref="SampleException">Of an unknown kind, or malformed.</exception>
    public static ITokenModel Read(TokenizerJson json) => KindOf(json) switch
    {
        "WordPiece" => new WordPieceModel(
            Words(json), json.TextOr("unk_token", "[UNK]"), json.TextOr("continuing_subword_prefix", "##"), json.WholeOrNull("max_input_chars_per_word") ?? 100),
        "WordLevel" => new WordLevelModel(Words(json), json.TextOr("unk_token", "<unk>")),
        "BPE" => new BytePairModel(Words(json), [.. json.List("merges").Select(Merge)], BytePair(json), json.Origin),
        "Unigram" => Unigram(json),
        _ => throw json.Unknown("tokenizer model"),
    };

    // Old files do not say.
    private static string KindOf(TokenizerJson json) => json.Type.Length > 0 ? json.Type
        : json.Part("merges") is not null ? "BPE"
        : json.Part("vocab")?.Value.ValueKind == JsonValueKind.Array ? "Unigram"
        : json.Part("continuing_subword_prefix") is not null ? "WordPiece" : "WordLevel";

    private static Vocabulary Words(TokenizerJson json)
    {
        if (json.Part("vocab") is not { Value.ValueKind: JsonValueKind.Object } vocabulary)
            throw json.Wrong("vocab", "an object of ids by token");
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var entry in vocabulary.Value.EnumerateObject())
        {
            ids[entry.Name] = entry.Value.ValueKind == JsonValueKind.Number && entry.Value.TryGetInt32(out var id)
                ? id : throw json.Wrong($"vocab.{entry.Name}", "a whole number");
        }
        return new Vocabulary(ids);
    }

    private static BytePairSettings BytePair(TokenizerJson json) => new(
        json.Part("unk_token")?.AsText("unk_token"),
        json.TextOr("continuing_subword_prefix", ""),
        json.TextOr("end_of_word_suffix", ""),
        json.FlagOr("fuse_unk", false),
        json.FlagOr("byte_fallback", false),
        json.FlagOr("ignore_merges", false));

    private static (string Left, string Right) Merge(TokenizerJson merge)
    {
        if (merge.Value.ValueKind == JsonValueKind.Array && merge.Value.GetArrayLength() == 2)
            return ((merge with { Value = merge.Value[0] }).AsText("merges"), (merge with { Value = merge.Value[1] }).AsText("merges"));
        return merge.AsText("merges").Split(' ') is [var left, var right] ? (left, right) : throw merge.Wrong("merges", "a list of pairs");
    }

    private static UnigramModel Unigram(TokenizerJson json)
    {
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        var scores = new List<double>();
        foreach (var entry in json.List("vocab"))
        {
            if (entry.Value.ValueKind != JsonValueKind.Array || entry.Value.GetArrayLength() != 2 || entry.Value[1].ValueKind != JsonValueKind.Number)
                throw json.Wrong("vocab", "a list of tokens with scores");
            ids.TryAdd((entry with { Value = entry.Value[0] }).AsText("vocab"), scores.Count);
            scores.Add(entry.Value[1].GetDouble());
        }
        var unknown = json.Whole("unk_id");
        if (unknown < 0 || unknown >= scores.Count)
            throw json.Wrong("unk_id", $"an id from 0 to {scores.Count - 1}");
        return new UnigramModel(new Vocabulary(ids), [.. scores], unknown, json.FlagOr("byte_fallback", false));
    }
}
