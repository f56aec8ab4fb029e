using System.Globalization;
using ExplainLsp.Models;
using ExplainLsp.Server.Engine;

namespace ExplainLsp.Server.CommandLine;

/// <summary>The JSON object that <c>inspect</c> prints.</summary>
internal static class ModelInspectionJson
{
    /// <summary>
    /// <c>model</c>, <c>producer</c>, <c>opsets</c>, <c>metadata</c>, <c>inputs</c>, <c>outputs</c>, <c>explained</c> (the outputs that can
    /// be, with what their numbers mean), <c>parameters</c>, <c>operators</c>, <c>layers</c> (what the option <c>layer</c> takes; open sizes as
    /// <c>?</c>), <c>hierarchy</c>, <c>warnings</c>.
    /// </summary>
    public static string Write(ModelInspection inspection)
    {
        var file = inspection.File;
        using var json = new JsonLine();
        json.Writer.WriteStartObject("model");
        json.Writer.WriteString("path", inspection.Path);
        json.Writer.WriteString("sha256", file.Sha256);
        json.Writer.WriteNumber("bytes", file.Length);
        json.Writer.WriteEndObject();
        json.Writer.WriteString("producer", file.Producer);
        Map(json, "opsets", file.Opsets, json.Writer.WriteNumber);
        Map(json, "metadata", file.Metadata, json.Writer.WriteString);
        Values(json, "inputs", file.Inputs);
        Values(json, "outputs", file.Outputs);
        json.Writer.WriteStartArray("explained");
        foreach (var output in inspection.Explained)
        {
            json.Writer.WriteStartObject();
            json.Writer.WriteString("output", output.Name);
            json.Writer.WriteString("kind", KindOf(output.Kind));
            json.Writer.WriteNumber("width", output.Width);
            json.Texts("classes", output.ClassLabels);
            json.Writer.WriteEndObject();
        }

        json.Writer.WriteEndArray();
        json.Writer.WriteNumber("parameters", file.ParameterCount);
        Map(json, "operators", inspection.Operators, (name, count) => json.Writer.WriteNumber(name, count));
        json.Writer.WriteStartArray("layers");
        foreach (var layer in inspection.Layers)
        {
            json.Writer.WriteStartObject();
            json.Writer.WriteString("name", layer.Name);
            json.Writer.WriteString("node", layer.Node);
            json.Writer.WriteString("operator", layer.Operator);
            json.Writer.WriteString("type", layer.ElementType);
            json.Texts("shape", ShapeOf(layer));
            json.Writer.WriteEndObject();
        }

        json.Writer.WriteEndArray();
        Modules(json, "hierarchy", inspection.Hierarchy);
        json.Texts("warnings", inspection.Warnings);
        return json.Close();
    }

    /// <summary>What an output's numbers mean, in a word.</summary>
    public static string KindOf(OutputKind kind) => kind switch
    {
        OutputKind.Probabilities => "probabilities",
        OutputKind.Logits => "logits",
        _ => "value",
    };

    /// <summary>A layer's shape, open sizes as <c>?</c>.</summary>
    public static IEnumerable<string> ShapeOf(LayerTensor layer) =>
        layer.Shape.Select(size => size < 0 ? "?" : size.ToString(CultureInfo.InvariantCulture));

    private static void Map<T>(JsonLine json, string name, IEnumerable<KeyValuePair<string, T>> entries, Action<string, T> write)
    {
        json.Writer.WriteStartObject(name);
        foreach (var (key, value) in entries)
        {
            write(key, value);
        }

        json.Writer.WriteEndObject();
    }

    private static void Values(JsonLine json, string name, IEnumerable<ModelValue> values)
    {
        json.Writer.WriteStartArray(name);
        foreach (var value in values)
        {
            json.Writer.WriteStartObject();
            json.Writer.WriteString("name", value.Name);
            json.Writer.WriteString("type", value.Type);
            json.Texts("shape", value.Shape);
            json.Writer.WriteEndObject();
        }

        json.Writer.WriteEndArray();
    }

    private static void Modules(JsonLine json, string name, IEnumerable<ModelModule> modules)
    {
        json.Writer.WriteStartArray(name);
        foreach (var module in modules)
        {
            json.Writer.WriteStartObject();
            json.Writer.WriteString("name", module.Name);
            json.Writer.WriteNumber("operators", module.Operators);
            Modules(json, "modules", module.Modules);
            json.Writer.WriteEndObject();
        }

        json.Writer.WriteEndArray();
    }
}
