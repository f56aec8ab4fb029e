using System.Text;
using System.Text.Json;

namespace ExplainLsp.Samples;

/// <summary>A cell of a JSON line.</summary>
/// <param name="Name">Its key; of an object in an object, with the outer key and a dot before it.</param>
/// <param name="Value">Its value as text; empty for null.</param>
/// <param name="KeyStart">Offset of its key's quote, in the line.</param>
/// <param name="ValueStart">Offset of its value's first character.</param>
/// <param name="ValueEnd">Offset past its value's last character.</param>
internal readonly record struct JsonCell(string Name, string Value, int KeyStart, int ValueStart, int ValueEnd);

/// <summary>One line of JSON lines, cut into cells.</summary>
/// <param name="Cells">The cells in order; none where the line is malformed.</param>
/// <param name="Flaw">What is wrong with the line; null when nothing is.</param>
internal readonly record struct JsonLine(List<JsonCell> Cells, RowFlaw? Flaw)
{
    private const int Deepest = 32;

    private static readonly RowFlaw NoObject = new("is no JSON object", "Write {\"column\": value, …} on one line");

    /// <summary>Parses a line.</summary>
    public static JsonLine Parse(ReadOnlySpan<char> line)
    {
        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(line.Length)];
        var utf8 = bytes.AsSpan(0, Encoding.UTF8.GetBytes(line, bytes));
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = Deepest });
        List<JsonCell> cells = [];
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return new JsonLine([], NoObject);
            if (ReadObject(ref reader, utf8, "", cells) is { } flaw)
                return new JsonLine([], flaw);
            // What stands after the object makes the line none.
            reader.Read();
            return new JsonLine(cells, null);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return new JsonLine([], NoObject);
        }
    }

    private static RowFlaw? ReadObject(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8, string prefix, List<JsonCell> cells)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = prefix + reader.GetString();
            var key = Offset(utf8, reader.TokenStartIndex);
            reader.Read();
            switch (reader.TokenType)
            {
                case JsonTokenType.StartArray:
                    return new RowFlaw($"holds a list in \"{Samples.Cells.Quote(name)}\"", "Write one value a key");
                case JsonTokenType.StartObject:
                    if (ReadObject(ref reader, utf8, name + ".", cells) is { } flaw)
                        return flaw;
                    break;
                default:
                    cells.Add(new JsonCell(name, ValueOf(ref reader), key, Offset(utf8, reader.TokenStartIndex), Offset(utf8, reader.BytesConsumed)));
                    break;
            }
        }
        return null;
    }

    /// <summary>Numbers as they are written, so that nothing of them is lost.</summary>
    private static string ValueOf(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString()!,
        JsonTokenType.Null => "",
        _ => Encoding.UTF8.GetString(reader.ValueSpan),
    };

    private static int Offset(ReadOnlySpan<byte> utf8, long at) => Encoding.UTF8.GetCharCount(utf8[..(int)at]);
}
