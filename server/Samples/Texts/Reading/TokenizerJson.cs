using System.Text.Json;

namespace ExplainLsp.Samples;

/// <summary>A value of a tokenizer's JSON, read key by key; what is missing or has a wrong type is refused by its key.</summary>
/// <param name="Value">The value.</param>
/// <param name="Origin">The file's name, for messages.</param>
internal readonly record struct TokenizerJson(JsonElement Value, string Origin)
{
    /// <summary>What the value says it is; empty when it does not say.</summary>
    public string Type => TextOr("type", "");

    /// <summary>A part; null when it is missing or null.</summary>
    public TokenizerJson? Part(string key) =>
        Value.ValueKind == JsonValueKind.Object && Value.TryGetProperty(key, out var found) && found.ValueKind != JsonValueKind.Null
            ? this with { Value = found } : null;

    /// <summary>The parts of a list, none when it is missing.</summary>
    public IEnumerable<TokenizerJson> List(string key)
    {
        if (Part(key) is not { } list)
            return [];
        var self = this;
        return list.Value.ValueKind == JsonValueKind.Array
            ? list.Value.EnumerateArray().Select(item => self with { Value = item }).ToArray() : throw Wrong(key, "a list");
    }

    public string Text(string key) => Part(key) is not { } found ? throw Wrong(key, "a text") : found.AsText(key);

    public string TextOr(string key, string fallback) => Part(key)?.AsText(key) ?? fallback;

    public bool FlagOr(string key, bool fallback) => Part(key)?.Value.ValueKind switch
    {
        null => fallback,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Wrong(key, "true or false"),
    };

    public int Whole(string key) => WholeOrNull(key) ?? throw Wrong(key, "a whole number");

    public int? WholeOrNull(string key) => Part(key) is not { } found ? null
        : found.Value.ValueKind == JsonValueKind.Number && found.Value.TryGetInt32(out var number) ? number : throw Wrong(key, "a whole number");

    /// <summary>A text.</summary>
    public string AsText(string key) => Value.ValueKind == JsonValueKind.String ? Value.GetString()! : throw Wrong(key, "a text");

    /// <summary>One of an enumeration's names.</summary>
    public T Choice<T>(string key, T fallback) where T : struct, Enum => Part(key) is not { } found ? fallback
        : Enum.TryParse<T>(found.AsText(key), ignoreCase: true, out var named) ? named : throw Wrong(key, $"one of {string.Join(", ", Enum.GetNames<T>())}");

    /// <summary>A sentence about a key.</summary>
    public SampleException Wrong(string key, string expected) => new($"\"{key}\" in {Origin} must be {expected}. Export the tokenizer again.");

    /// <summary>A sentence about a part that we cannot run.</summary>
    public SampleException Unknown(string what) =>
        new($"{Origin} uses the {what} \"{Type}\", which is not known here. Save the tokenizer with another, or explain the model through its token ids.");
}
