using System.Collections.Immutable;
using System.Globalization;
using ExplainLsp.Samples;
using Newtonsoft.Json;

namespace ExplainLsp.Workspaces;

/// <summary>Reads the tree of an <c>explain.json</c> into a <see cref="Manifest"/>, with a diagnostic for all that does not belong there.</summary>
internal sealed class ManifestReader(string path, TextLines lines)
{
    private static readonly string[] rootProperties = ["$schema", "models"];

    private static readonly string[] modelProperties =
        ["model", "name", "classNames", "samples", "target", "ignore", "sensitive", "background", "positiveClass", "output", "preprocessing"];

    private static readonly string[] backgroundProperties = ["file", "rows"];

    private readonly ImmutableArray<ManifestDiagnostic>.Builder diagnostics = ImmutableArray.CreateBuilder<ManifestDiagnostic>();

    public Manifest Read(JsonNode root)
    {
        var models = ImmutableArray.CreateBuilder<ManifestModel>();
        if (Expect(root, JsonToken.StartObject, "explain.json", "an object"))
        {
            WarnOfUnknown(root, rootProperties);
            if (root["models"] is { } list && Expect(list, JsonToken.StartArray, "models", "a list of objects"))
            {
                foreach (var entry in list.Items)
                {
                    if (Expect(entry, JsonToken.StartObject, "An entry of models", "an object") && ReadModel(entry) is { } model)
                        models.Add(model);
                }
            }
        }
        return new Manifest(path, true, models.ToImmutable(), diagnostics.ToImmutable());
    }

    private ManifestModel? ReadModel(JsonNode entry)
    {
        WarnOfUnknown(entry, modelProperties);
        if (Text(entry, "model") is not { } model)
        {
            if (entry["model"] is null)
                Report(entry.Start, entry.Start + 1, ManifestSeverity.Error, "This entry names no model. Add \"model\" with the path of an .onnx file.");
            return null;
        }
        var background = entry["background"];
        var inParts = background?.Kind == JsonToken.StartObject;
        if (inParts)
        {
            WarnOfUnknown(background!, backgroundProperties);
            if (background!["file"] is null)
                Report(background.Start, background.Start + 1, ManifestSeverity.Error, "background names no file. Add \"file\" with the path of a CSV file.");
        }
        return new ManifestModel(Range(entry), model)
        {
            Name = Text(entry, "name"),
            ClassNames = Texts(entry, "classNames"),
            ClassNamesRange = entry["classNames"] is { } names ? Range(names) : null,
            Samples = Texts(entry, "samples"),
            Target = Text(entry, "target"),
            Ignore = Texts(entry, "ignore"),
            Sensitive = Texts(entry, "sensitive"),
            Background = inParts ? Text(background!, "file") : Text(entry, "background"),
            BackgroundRows = inParts ? Text(background!, "rows", numbers: true) : null,
            PositiveClass = Text(entry, "positiveClass", numbers: true),
            Output = Text(entry, "output"),
            Preprocessing = Preprocessing(entry),
        };
    }

    private ManifestPreprocessing? Preprocessing(JsonNode entry)
    {
        if (entry["preprocessing"] is not { } node || !Expect(node, JsonToken.StartObject, "preprocessing", "an object"))
            return null;
        WarnOfUnknown(node, PreprocessingReader.Properties);
        return new PreprocessingReader(Range, (wrong, message) => Report(wrong.Start, wrong.End, ManifestSeverity.Error, message)).Read(node);
    }

    private ManifestText? Text(JsonNode parent, string name, bool numbers = false)
    {
        if (parent[name] is not { } node)
            return null;
        if (numbers && node.Kind == JsonToken.Integer)
            return new ManifestText(Convert.ToString(node.Value, CultureInfo.InvariantCulture)!, Range(node));
        return Expect(node, JsonToken.String, name, "a text") ? new ManifestText((string)node.Value!, Range(node)) : null;
    }

    private ImmutableArray<ManifestText> Texts(JsonNode parent, string name)
    {
        if (parent[name] is not { } node)
            return [];
        // One text for a list of one is what people write first.
        if (node.Kind == JsonToken.String)
            return [new ManifestText((string)node.Value!, Range(node))];
        if (!Expect(node, JsonToken.StartArray, name, "a list of texts"))
            return [];
        return [.. node.Items
            .Where(item => Expect(item, JsonToken.String, $"An entry of {name}", "a text"))
            .Select(item => new ManifestText((string)item.Value!, Range(item)))];
    }

    private bool Expect(JsonNode node, JsonToken kind, string what, string wanted)
    {
        if (node.Kind == kind)
            return true;
        Report(node.Start, node.End, ManifestSeverity.Error, $"{what} must be {wanted} (line {lines.LineOf(node.Start) + 1}).");
        return false;
    }

    private void WarnOfUnknown(JsonNode node, string[] known)
    {
        foreach (var property in node.Properties)
        {
            if (known.Contains(property.Name))
                continue;
            var nearest = ColumnNames.Nearest(property.Name, known);
            var remedy = nearest is null ? $"Known are {string.Join(", ", known.Where(name => name[0] != '$'))}." : $"Did you mean \"{nearest}\"?";
            Report(property.Start, property.End, ManifestSeverity.Warning, $"\"{property.Name}\" is not known here and has no effect. {remedy}");
        }
    }

    private void Report(int start, int end, ManifestSeverity severity, string message) =>
        diagnostics.Add(new ManifestDiagnostic(lines.Range(start, end), severity, message));

    private TextRange Range(JsonNode node) => lines.Range(node.Start, node.End);
}
