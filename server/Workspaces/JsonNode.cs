using ExplainLsp.Samples;
using Newtonsoft.Json;

namespace ExplainLsp.Workspaces;

/// <summary>A JSON value with its place in the text: offsets of its first character and past its last.</summary>
internal sealed class JsonNode(JsonToken kind, object? value, int start)
{
    /// <summary>The token: <see cref="JsonToken.StartObject"/> and <see cref="JsonToken.StartArray"/> stand for the whole value.</summary>
    public JsonToken Kind => kind;

    /// <summary>The value of a string, number or truth value.</summary>
    public object? Value => value;

    public int Start => start;

    public int End { get; set; }

    /// <summary>Elements of an array.</summary>
    public List<JsonNode> Items { get; } = [];

    /// <summary>Properties of an object, in order; a name may come twice.</summary>
    public List<JsonProperty> Properties { get; } = [];

    public JsonNode? this[string name] => Properties.FindLast(property => property.Name == name)?.Value;

    /// <summary>Reads a text with comments and trailing commas; Newtonsoft.Json reads, this keeps the places.</summary>
    /// <exception cref="JsonReaderException">Not JSON; names line and position.</exception>
    public static JsonNode Parse(string text, TextLines lines)
    {
        using var reader = new JsonTextReader(new StringReader(text)) { DateParseHandling = DateParseHandling.None, MaxDepth = 32 };
        var open = new Stack<JsonNode>();
        JsonProperty? property = null;
        JsonNode? root = null;
        var end = 0;
        while (reader.Read())
        {
            var start = SkipTo(text, end);
            end = Math.Min(text.Length, lines.Start(reader.LineNumber - 1) + reader.LinePosition);
            switch (reader.TokenType)
            {
                case JsonToken.Comment:
                    break;
                case JsonToken.PropertyName:
                    property = new JsonProperty((string)reader.Value!, start, StringEnd(text, start));
                    open.Peek().Properties.Add(property);
                    break;
                case JsonToken.EndObject or JsonToken.EndArray:
                    open.Pop().End = end;
                    break;
                default:
                    var node = new JsonNode(reader.TokenType, reader.Value, start) { End = end };
                    if (property is not null)
                        property.Value = node;
                    else if (open.TryPeek(out var array))
                        array.Items.Add(node);
                    root ??= node;
                    property = null;
                    if (node.Kind is JsonToken.StartObject or JsonToken.StartArray)
                        open.Push(node);
                    break;
            }
        }
        if (root is null || open.Count > 0)
            throw new JsonReaderException("The text ends too early", "", lines.Count, text.Length - lines.Start(lines.Count - 1), null);
        return root;
    }

    private static int SkipTo(string text, int at)
    {
        while (at < text.Length && (char.IsWhiteSpace(text[at]) || text[at] is ',' or ':' or '\uFEFF'))
            at++;
        return at;
    }

    private static int StringEnd(string text, int start)
    {
        if (start >= text.Length || text[start] is not ('"' or '\''))
        {
            var bare = start;
            while (bare < text.Length && text[bare] != ':' && !char.IsWhiteSpace(text[bare]))
                bare++;
            return bare;
        }
        for (var at = start + 1; at < text.Length; at++)
        {
            if (text[at] == '\\')
                at++;
            else if (text[at] == text[start])
                return at + 1;
        }
        return text.Length;
    }
}

/// <summary>A property: its name's place, and its value.</summary>
internal sealed class JsonProperty(string name, int start, int end)
{
    public string Name => name;

    public int Start => start;

    public int End => end;

    public JsonNode Value { get; set; } = new(JsonToken.Null, null, end) { End = end };
}
