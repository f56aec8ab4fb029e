using System.Text.Json;
using System.Text.Json.Nodes;

namespace ExplainLsp.Samples.Tests.Texts;

/// <summary>Ids, masks, types, tokens and spans as Hugging Face's own library gives them, for tokenizers of every kind.</summary>
public class TokenizerCasesTests
{
    // Unigram's character map makes some of the library's own offsets doubtful; there the reference says nothing, and says how often.
    private const int DoubtfulSpans = 9;

    public static TheoryData<string> Folders => ["bert-cased", "bert-uncased", "llama-bpe", "roberta-bytebpe", "xlmr-unigram"];

    [Theory]
    [MemberData(nameof(Folders))]
    public void EveryCase_IsAsTheLibrarySays(string folder)
    {
        var text = File.ReadAllText(Fixture.Path($"tokenizers/{folder}/tokenizer.json"));
        var plain = TokenizerReader.Parse(text, "tokenizer.json");
        var (wrong, doubtful) = (new List<string>(), 0);
        foreach (var line in File.ReadLines(Fixture.Path($"tokenizers/{folder}/cases.jsonl")))
        {
            var known = JsonNode.Parse(line)!;
            var tokenizer = known["truncation"] is null && known["padding"] is null ? plain : TokenizerReader.Parse(With(text, known), "tokenizer.json");
            var found = tokenizer.Encode((string)known["text"]!, (string?)known["pair"], (bool?)known["add_special_tokens"] ?? true);
            doubtful += DoubtsOf(folder, found, known);
            wrong.AddRange(Differences(folder, found, known).Select(difference => $"{known["name"]}: {difference}"));
        }
        Assert.InRange(doubtful, 0, DoubtfulSpans);
        Assert.True(wrong.Count == 0, $"{wrong.Count} differences\n{string.Join('\n', wrong.Take(20))}");
    }

    private static IEnumerable<string> Differences(string folder, TextEncoding found, JsonNode known)
    {
        if (Written(found.Ids) != Written(known["ids"]!))
            yield return $"ids {Written(found.Ids)}, not {Written(known["ids"]!)}";
        else if (Written(found.AttentionMask) != Written(known["attention_mask"]!))
            yield return "mask";
        else if (Written(found.TypeIds) != Written(known["type_ids"]!))
            yield return $"types {Written(found.TypeIds)}, not {Written(known["type_ids"]!)}";
        else if (Written(found.Tokens) != Written(JsonSerializer.Deserialize<string[]>(known["tokens"])))
            yield return $"tokens {Written(found.Tokens)}, not {Written(known["tokens"]!)}";
        else if (Written(found.Sequences) != Written(known["sequence"]!))
            yield return "sequences";
        else
        {
            var spans = known["spans"]!.AsArray();
            for (var i = 0; i < found.Spans.Length; i++)
            {
                var expected = spans[i] is { } span ? new TextSpan((int)span[0]!, (int)span[1]!) : (TextSpan?)null;
                if (found.Spans[i] != expected && !IsInDoubt(folder, found, known, i))
                    yield return $"token {i} ({found.Tokens[i]}) spans {found.Spans[i]}, not {expected}";
            }
        }
    }

    private static bool IsInDoubt(string folder, TextEncoding found, JsonNode known, int token) =>
        folder == "xlmr-unigram" && known["spans"]![token] is null && found.Sequences[token] is not null && found.Spans[token] is not null;

    private static int DoubtsOf(string folder, TextEncoding found, JsonNode known) =>
        Enumerable.Range(0, Math.Min(found.Spans.Length, known["spans"]!.AsArray().Count)).Count(token => IsInDoubt(folder, found, known, token));

    private static string Written<T>(T value) => JsonSerializer.Serialize(value);

    private static string With(string text, JsonNode known)
    {
        var json = JsonNode.Parse(text)!;
        json["truncation"] = known["truncation"]?.DeepClone();
        json["padding"] = known["padding"]?.DeepClone();
        return json.ToJsonString();
    }
}
