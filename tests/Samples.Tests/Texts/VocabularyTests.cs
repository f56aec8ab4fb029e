using System.Text.Json.Nodes;

namespace ExplainLsp.Samples.Tests.Texts;

/// <summary>Tokenizers of models' folders, with and without <c>tokenizer.json</c>, and files that cannot be read.</summary>
public sealed class VocabularyTests : IDisposable
{
    private static readonly string[] Files = ["tokenizer.json", "tokenizer_config.json", "vocab.txt"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("spam-bow", true)]
    [InlineData("spam-bow", false)]
    [InlineData("spam-bert-tiny", true)]
    [InlineData("spam-bert-tiny", false)]
    public void CorpusDocuments_HaveTheIdsOfTheReference(string model, bool withJson)
    {
        foreach (var file in Files.Where(file => withJson || file != "tokenizer.json"))
            File.Copy(Fixture.Path($"models/{model}/{file}"), folder.Path(file));
        var tokenizer = TokenizerReader.Read(folder.Path(""), CancellationToken.None);
        var texts = TextRecords.Read(Fixture.Path("data/spam-assassin/test.jsonl"), CancellationToken.None).ToArray();
        var golden = JsonNode.Parse(File.ReadAllText(Fixture.Path($"golden/{model}/token-ids.json")))!;

        var rows = golden["inputs"]!["rows"]!.AsArray();
        for (var i = 0; i < rows.Count; i++)
        {
            var encoding = tokenizer.Encode(texts[(int)rows[i]!].Text);
            var ids = encoding.Ids.Where((_, at) => encoding.AttentionMask[at] == 1);
            Assert.Equal(golden["values"]![i]!.AsArray().Select(id => (int)id!), ids);
        }
    }

    [Theory]
    [InlineData("""{ "model": { "type": "Sorcery", "vocab": {} } }""", "Sorcery")]
    [InlineData("""{ "normalizer": { "type": "Magic" }, "model": { "type": "WordLevel", "vocab": {} } }""", "Magic")]
    [InlineData("""{ "pre_tokenizer": { "type": "Split", "pattern": { "Regex": "(" }, "behavior": "Removed" }, "model": { "type": "WordLevel", "vocab": {} } }""", "Regex")]
    [InlineData("""{ "model": { "type": "BPE", "vocab": { "a": 0 }, "merges": ["a b"] } }""", "\"b\"")]
    [InlineData("""{ "model": { "type": "Unigram", "vocab": [["a", 0.5]], "unk_id": 4 } }""", "unk_id")]
    [InlineData("""{ "model": { "type": "WordLevel", "vocab": { "a": "x" } } }""", "vocab.a")]
    [InlineData("""{ "version": "1.0" }""", "model")]
    [InlineData("{ \"model\": ", "not JSON")]
    public void Malformed_IsRefusedByName(string json, string name)
    {
        var refusal = Assert.Throws<SampleException>(() => TokenizerReader.Parse(json, "tokenizer.json"));
        Assert.Contains(name, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("tokenizer.json", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"text\": \"a\"}\n[1]", "Line 2")]
    [InlineData("{\"text\": \"a\"}\n\nnothing", "Line 3")]
    [InlineData("{\"title\": \"a\", \"body\": \"b\"}", "\"title\", \"body\"")]
    [InlineData("{\"text\": \"\\ud83d\"}", "surrogate")]
    public void TextRecords_NameTheLine(string content, string words)
    {
        File.WriteAllText(folder.Path("texts.jsonl"), content);
        var refusal = Assert.Throws<SampleException>(() => TextRecords.Read(folder.Path("texts.jsonl"), CancellationToken.None).ToArray());
        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Folder_WithoutTokenizer_SaysWhatIsMissing() => Assert.Contains(
        "tokenizer.json", Assert.Throws<SampleException>(() => TokenizerReader.Read(folder.Path(""), CancellationToken.None)).Message, StringComparison.Ordinal);
}
