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
        ["model", "name", "classNames", "samples", "target", "ignore", "sensitive", "columns", "background", "positiveClass", "output", "preprocessing"];

    private static readonly string[] columnProperties = ["immutable", "minimum", "maximum", "categories"];

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
            Columns = Columns(entry),
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

    private ImmutableArray<ManifestColumn> Columns(JsonNode entry)
    {
        if (entry["columns"] is not { } node || !Expect(node, JsonToken.StartObject, "columns", "an object with one entry a column"))
            return [];
        var columns = ImmutableArray.CreateBuilder<ManifestColumn>();
        foreach (var property in node.Properties)
        {
            if (Expect(property.Value, JsonToken.StartObject, $"The column {property.Name}", "an object"))
                columns.Add(new ManifestColumn(new ManifestText(property.Name, lines.Range(property.Start, property.End)), Constraint(property.Name, property.Value)));
        }
        return columns.ToImmutable();
    }

    private ColumnConstraint Constraint(string column, JsonNode node)
    {
        WarnOfUnknown(node, columnProperties);
        var constraint = new ColumnConstraint
        {
            Immutable = node["immutable"] is { } immutable && Expect(immutable, JsonToken.Boolean, "immutable", "true or false") && (bool)immutable.Value!,
            Minimum = Number(node, "minimum"),
            Maximum = Number(node, "maximum"),
            Categories = [.. Texts(node, "categories", numbers: true).Select(text => text.Value)],
        };
        if (constraint.Minimum <= constraint.Maximum || constraint.Minimum is null || constraint.Maximum is null)
            return constraint;
        Report(node.Start, node.End, ManifestSeverity.Error, $"The minimum of {column} is larger than its maximum. Swap them.");
        return constraint with { Minimum = null, Maximum = null };
    }

    private double? Number(JsonNode parent, string name)
    {
        if (parent[name] is not { } node)
            return null;
        if (node.Kind is JsonToken.Integer or JsonToken.Float && Convert.ToDouble(node.Value, CultureInfo.InvariantCulture) is var number && double.IsFinite(number))
            return number;
        Report(node.Start, node.End, ManifestSeverity.Error, $"{name} must be a number (line {lines.LineOf(node.Start) + 1}).");
        return null;
    }

    private ManifestText? Text(JsonNode parent, string name, bool numbers = false)
    {
        if (parent[name] is not { } node)
            return null;
        return numbers && node.Kind == JsonToken.Integer || Expect(node, JsonToken.String, name, "a text") ? Text(node) : null;
    }

    private ManifestText Text(JsonNode node) => new(Convert.ToString(node.Value, CultureInfo.InvariantCulture)!, Range(node));

    private ImmutableArray<ManifestText> Texts(JsonNode parent, string name, bool numbers = false)
    {
        if (parent[name] is not { } node)
            return [];
        // One text for a list of one is what people write first.
        if (node.Kind == JsonToken.String)
            return [Text(node)];
        var wanted = numbers ? "texts or numbers" : "texts";
        if (!Expect(node, JsonToken.StartArray, name, $"a list of {wanted}"))
            return [];
        return [.. node.Items
            .Where(item => numbers && item.Kind is JsonToken.Integer or JsonToken.Float || Expect(item, JsonToken.String, $"An entry of {name}", numbers ? "a text or a number" : "a text"))
            .Select(Text)];
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
