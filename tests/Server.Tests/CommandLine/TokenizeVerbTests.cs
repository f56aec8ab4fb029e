using System.Text.Json.Nodes;

namespace ExplainLsp.Server.Tests.CommandLine;

/// <summary><c>tokenize</c> as scripts use it.</summary>
public class TokenizeVerbTests
{
    [Fact]
    public async Task File_GivesOneObjectATextAsTheLibraryEncodesIt()
    {
        var cases = File.ReadLines(Path.Combine(Fixtures.Root, "tokenizers", "bert-uncased", "cases.jsonl")).Select(line => JsonNode.Parse(line)!)
            .Where(known => known["truncation"] is null && known["padding"] is null && known["add_special_tokens"] is null && known["text"]!.ToString().Length > 0)
            .Take(40).ToArray();
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllLinesAsync(file, cases.Select(known => known.ToJsonString()));

            var lines = (await CommandRun.SucceedAsync("tokenize", "tokenizers/bert-uncased", file, "--format", "json")).Lines;

            Assert.Equal(cases.Length, lines.Length);
            foreach (var (known, line) in cases.Zip(lines))
            {
                var found = JsonNode.Parse(line)!;
                Assert.Equal(["schema", "ids", "attentionMask", "typeIds", "tokens", "spans"], found.AsObject().Select(property => property.Key));
                foreach (var (ours, theirs) in new[] { ("ids", "ids"), ("attentionMask", "attention_mask"), ("typeIds", "type_ids"), ("tokens", "tokens"), ("spans", "spans") })
                    Assert.True(JsonNode.DeepEquals(known[theirs], found[ours]), $"{known["name"]}: {ours}");
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Text_ForPeople_ShowsTokensAndTheirPlaces()
    {
        var table = (await CommandRun.SucceedAsync("tokenize", "models/spam-bert-tiny", "--text", "Free money")).Output;
        Assert.Contains("[CLS]", table, StringComparison.Ordinal);
        Assert.Contains("money", table, StringComparison.Ordinal);
    }

    [Fact]
    public Task NeitherTextNorFile_IsWrongUse() => CommandRun.FailAsync(2, ["--text"], "tokenize", "models/spam-bert-tiny");

    [Fact]
    public Task FolderWithoutTokenizer_IsUnreadable() => CommandRun.FailAsync(3, ["tokenizer.json"], "tokenize", "models/adult-gbm", "--text", "a");
}
