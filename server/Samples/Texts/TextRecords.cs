using System.Text.Json;

namespace ExplainLsp.Samples;

/// <summary>A text of a file.</summary>
/// <param name="Line">The line it stands on, from 0.</param>
/// <param name="Text">The text.</param>
/// <param name="Pair">A second text; null for none.</param>
public sealed record TextRecord(int Line, string Text, string? Pair);

/// <summary>Reads texts from JSON lines: the field <c>text</c>, or the only field that is a text, and <c>pair</c> where there is one.</summary>
public static class TextRecords
{
    private const string TextField = "text", PairField = "pair";

    /// <summary>Reads a file line by line; blank lines are no texts.</summary>
    /// <exception cref="SampleException">Missing, unreadable, or a line without a text; names the line.</exception>
    public static IEnumerable<TextRecord> Read(string path, CancellationToken cancellation)
    {
        var lines = TextFile.Read(path, cancellation).Split('\n');
        for (var line = 0; line < lines.Length; line++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!string.IsNullOrWhiteSpace(lines[line]))
                yield return Parse(lines[line], line, Path.GetFileName(path));
        }
    }

    private static TextRecord Parse(string text, int line, string file)
    {
        JsonElement record;
        try
        {
            record = JsonSerializer.Deserialize<JsonElement>(text);
        }
        catch (JsonException)
        {
            throw new SampleException($"Line {line + 1} of {file} is not JSON. Write one object a line.");
        }
        if (record.ValueKind != JsonValueKind.Object)
            throw new SampleException($"Line {line + 1} of {file} is no object. Write one object a line, with the text in a field \"{TextField}\".");
        var field = FieldOf(record)
            ?? throw new SampleException($"Line {line + 1} of {file} has no field \"{TextField}\". Its fields are {Names(record)}. Rename the one that holds the text.");
        return new TextRecord(line, StringOf(record, field, line, file)!, StringOf(record, PairField, line, file));
    }

    private static string? FieldOf(JsonElement record)
    {
        if (record.TryGetProperty(TextField, out var text) && text.ValueKind == JsonValueKind.String)
            return TextField;
        return record.EnumerateObject().Where(field => field.Value.ValueKind == JsonValueKind.String).Take(2).ToArray() is [var only] ? only.Name : null;
    }

    private static string? StringOf(JsonElement record, string field, int line, string file)
    {
        if (!record.TryGetProperty(field, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        try
        {
            return value.ValueKind == JsonValueKind.String
                ? value.GetString() : throw new SampleException($"Line {line + 1} of {file}: \"{field}\" is no text. Quote it.");
        }
        catch (InvalidOperationException)
        {
            throw new SampleException($"Line {line + 1} of {file}: \"{field}\" holds half a surrogate pair. Write the character whole, or as \\ufffd.");
        }
    }

    private static string Names(JsonElement record) =>
        record.EnumerateObject().Select(field => $"\"{field.Name}\"").Take(12).ToArray() is { Length: > 0 } names ? string.Join(", ", names) : "none";
}
