using ExplainLsp.Samples;
using Newtonsoft.Json;

namespace ExplainLsp.Workspaces;

/// <summary>Writes a choice of model into the text of a manifest and leaves the rest as the user wrote it.</summary>
public static class ManifestEditor
{
    /// <summary>The text that says: this model explains this file.</summary>
    /// <param name="text">The manifest's text; null or blank when there is none yet.</param>
    /// <param name="sample">The file, relative to the manifest, with slashes.</param>
    /// <param name="model">The model, relative to the manifest, with slashes.</param>
    /// <exception cref="ManifestException">The text is not JSON, or its <c>models</c> is no list.</exception>
    public static string Choose(string? text, string sample, string model)
    {
        if (string.IsNullOrWhiteSpace(text))
            return $"{{\n  \"models\": [\n{Entry(sample, model, "    ", "  ", "\n")}\n  ]\n}}\n";
        // An exact path goes before a glob, so another entry must not name the file exactly as well.
        text = Forget(text, sample, model);
        var root = Read(text);
        var newLine = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        var unit = Indent(text, root.Properties.FirstOrDefault()?.Start ?? 0) is { Length: > 0 } indent ? indent : "  ";
        if (root["models"] is not { } models)
            return InsertProperty(text, root, $"\"models\": [{newLine}{Entry(sample, model, unit + unit, unit, newLine)}{newLine}{unit}]", unit, newLine);
        if (Entries(root).LastOrDefault(entry => SamePath(entry["model"], model)) is not { } chosen)
        {
            var inner = models.Items is [.., var last] ? Indent(text, last.Start) : Indent(text, root.Properties[0].Start) + unit;
            return InsertItem(text, models, Entry(sample, model, "", unit, newLine + inner), inner, newLine);
        }
        return chosen["samples"] switch
        {
            { Kind: JsonToken.StartArray } samples when samples.Items.Any(item => SamePath(item, sample)) => text,
            { Kind: JsonToken.StartArray } samples => InsertItem(
                text, samples, JsonConvert.ToString(sample), samples.Items is [.., var last] ? Indent(text, last.Start) : "", newLine),
            { Kind: JsonToken.String } only when SamePath(only, sample) => text,
            { Kind: JsonToken.String } only => text.Insert(only.End, $", {JsonConvert.ToString(sample)}]").Insert(only.Start, "["),
            { } other => throw new ManifestException($"samples must be a list of texts in {Manifest.FileName} (line {new TextLines(text).LineOf(other.Start) + 1}). Correct it, then choose again."),
            null => InsertProperty(text, chosen, $"\"samples\": [{JsonConvert.ToString(sample)}]", Indent(text, chosen.Properties[0].Start), newLine),
        };
    }

    /// <summary>Takes the file out of the other entries' lists, where they name it exactly.</summary>
    private static string Forget(string text, string sample, string model)
    {
        while (true)
        {
            var lists = Entries(Read(text)).Where(entry => !SamePath(entry["model"], model)).Select(entry => entry["samples"]);
            var list = lists.FirstOrDefault(samples => samples?.Items.Any(item => SamePath(item, sample)) == true);
            if (list is null)
                return text;
            var at = list.Items.FindIndex(item => SamePath(item, sample));
            var start = at > 0 ? list.Items[at - 1].End : list.Items[at].Start;
            var end = at > 0 || list.Items.Count == 1 ? list.Items[at].End : list.Items[at + 1].Start;
            text = text.Remove(start, end - start);
        }
    }

    private static JsonNode Read(string text)
    {
        var lines = new TextLines(text);
        try
        {
            var root = JsonNode.Parse(text, lines);
            if (root.Kind == JsonToken.StartObject && root["models"] is null or { Kind: JsonToken.StartArray })
                return root;
            throw new ManifestException($"{Manifest.FileName} must be an object with a list \"models\". Correct it, then choose again.");
        }
        catch (JsonReaderException e)
        {
            throw new ManifestException($"{Manifest.FileName} is not JSON (line {e.LineNumber}). Correct it, then choose again.", e);
        }
    }

    private static IEnumerable<JsonNode> Entries(JsonNode root) => root["models"]?.Items.Where(item => item.Kind == JsonToken.StartObject) ?? [];

    private static bool SamePath(JsonNode? node, string path) =>
        node is { Kind: JsonToken.String, Value: string text } && Clean(text) == Clean(path);

    private static string Clean(string path)
    {
        path = path.Replace('\\', '/');
        return path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path;
    }

    private static string Entry(string sample, string model, string indent, string unit, string newLine) =>
        $"{indent}{{{newLine}{indent}{unit}\"model\": {JsonConvert.ToString(model)},{newLine}" +
        $"{indent}{unit}\"samples\": [{JsonConvert.ToString(sample)}]{newLine}{indent}}}";

    /// <summary>Adds an item to a list after the last one, on a line of its own when that one has its own.</summary>
    private static string InsertItem(string text, JsonNode list, string item, string indent, string newLine)
    {
        if (list.Items is not [.., var last])
        {
            if (!item.Contains('\n', StringComparison.Ordinal))
                return text.Insert(list.Start + 1, item);
            return text.Insert(list.Start + 1, newLine + indent + item + (text[(list.Start + 1)..(list.End - 1)].Contains('\n', StringComparison.Ordinal) ? "" : newLine + Indent(text, list.Start)));
        }
        var ownLine = text.AsSpan(list.Start, last.Start - list.Start).Contains('\n');
        return text.Insert(last.End, ownLine ? $",{newLine}{indent}{item}" : $", {item}");
    }

    /// <summary>Adds a property to an object after the last one.</summary>
    private static string InsertProperty(string text, JsonNode parent, string property, string indent, string newLine)
    {
        if (parent.Properties is not [.., var last])
            return text.Remove(parent.Start, parent.End - parent.Start).Insert(parent.Start, $"{{{newLine}{indent}{property}{newLine}}}");
        var ownLine = text.AsSpan(parent.Start, last.Start - parent.Start).Contains('\n');
        return text.Insert(last.Value.End, ownLine ? $",{newLine}{indent}{property}" : $", {property}");
    }

    /// <summary>The white space before the first character of the line that an offset lies on.</summary>
    private static string Indent(string text, int offset)
    {
        var start = text.LastIndexOfAny(['\n', '\r'], Math.Max(0, offset - 1)) + 1;
        if (start > offset)
            return "";
        var end = start;
        while (end < text.Length && text[end] is ' ' or '\t')
            end++;
        return text[start..end];
    }
}
