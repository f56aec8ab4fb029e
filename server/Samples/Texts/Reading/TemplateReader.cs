using System.Collections.Immutable;
using System.Text.Json;

namespace ExplainLsp.Samples;

/// <summary>Reads the <c>post_processor</c> of a tokenizer as a template.</summary>
internal static class TemplateReader
{
    /// <exception cref="SampleException">Of an unknown kind, or malformed.</exception>
    public static TokenTemplate Read(TokenizerJson? json)
    {
        if (json is not { } found)
            return TokenTemplate.Bare;
        return found.Type switch
        {
            "TemplateProcessing" => new TokenTemplate(Parts(found, "single"), Parts(found, "pair")),
            "BertProcessing" => Surrounded(found, isRoberta: false),
            "RobertaProcessing" => Surrounded(found, isRoberta: true),
            // It only moves the library's offsets, which spans do not follow.
            "ByteLevel" => TokenTemplate.Bare,
            "Sequence" => found.List("processors").Select(step => Read(step)).LastOrDefault(template => template != TokenTemplate.Bare) ?? TokenTemplate.Bare,
            _ => throw found.Unknown("post-processor"),
        };
    }

    private static TokenTemplate Surrounded(TokenizerJson json, bool isRoberta)
    {
        var (start, end) = (Special(json, "cls"), Special(json, "sep"));
        var (first, second) = (TemplatePart.Of(0, 0), TemplatePart.Of(1, isRoberta ? 0 : 1));
        var single = ImmutableArray.Create(TemplatePart.Of(start, 0), first, TemplatePart.Of(end, 0));
        return new TokenTemplate(single, isRoberta
            ? [.. single, TemplatePart.Of(end, 0), second, TemplatePart.Of(end, 0)]
            : [.. single, second, TemplatePart.Of(end, 1)]);
    }

    private static (int Id, string Text) Special(TokenizerJson json, string key) =>
        json.Part(key) is { Value.ValueKind: JsonValueKind.Array } pair && pair.Value.GetArrayLength() == 2 && pair.Value[1].TryGetInt32(out var id)
            ? (id, (pair with { Value = pair.Value[0] }).AsText(key)) : throw json.Wrong(key, "a token and its id");

    private static ImmutableArray<TemplatePart> Parts(TokenizerJson json, string key) => [.. json.List(key).Select(part =>
    {
        if (part.Part("Sequence") is { } place)
            return TemplatePart.Of(place.Text("id") == "A" ? 0 : 1, place.WholeOrNull("type_id") ?? 0);
        if (part.Part("SpecialToken") is not { } special)
            throw json.Wrong(key, "a list of Sequence and SpecialToken");
        var name = special.Text("id");
        if (json.Part("special_tokens")?.Part(name) is not { } token)
            throw json.Wrong($"special_tokens.{name}", "given");
        var ids = token.List("ids").Select(id => id.Value.GetInt32());
        var texts = token.List("tokens").Select(text => text.AsText("tokens"));
        return new TemplatePart(null, [.. ids.Zip(texts)], special.WholeOrNull("type_id") ?? 0);
    })];
}
