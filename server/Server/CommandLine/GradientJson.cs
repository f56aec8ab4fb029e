using ExplainLsp.Models;
using ExplainLsp.Server.Engine;

namespace ExplainLsp.Server.CommandLine;

/// <summary>The JSON object that <c>gradient</c> prints.</summary>
internal static class GradientJson
{
    /// <summary>
    /// <c>model</c>, <c>output</c>, <c>wrt</c>, <c>seed</c> {name, shape}, <c>gradients</c> [{name, tensor, shape}], <c>operatorsAdded</c>,
    /// <c>opset</c>, <c>warnings</c>, <c>saved</c> (a path, or null). Shapes are texts: numbers, or names of open dimensions.
    /// </summary>
    public static string Write(GradientSummary summary)
    {
        using var json = new JsonLine();
        json.Writer.WriteStartObject("model");
        json.Writer.WriteString("path", summary.ModelPath);
        json.Writer.WriteString("sha256", summary.ModelSha256);
        json.Writer.WriteEndObject();
        json.Writer.WriteString("output", summary.Request.Output);
        json.Texts("wrt", summary.Request.Wrt);
        json.Writer.WritePropertyName("seed");
        Value(json, summary.Seed, null);
        json.Writer.WriteStartArray("gradients");
        foreach (var (gradient, tensor) in summary.Gradients.Zip(summary.Request.Wrt))
        {
            Value(json, gradient, tensor);
        }

        json.Writer.WriteEndArray();
        json.Writer.WriteNumber("operatorsAdded", summary.OperatorsAdded);
        json.Writer.WriteNumber("opset", summary.Opset);
        json.Texts("warnings", summary.Warnings);
        json.Writer.WriteString("saved", summary.SavedPath);
        return json.Close();
    }

    private static void Value(JsonLine json, ModelValue? value, string? tensor)
    {
        if (value is null)
        {
            json.Writer.WriteNullValue();
            return;
        }

        json.Writer.WriteStartObject();
        json.Writer.WriteString("name", value.Name);
        if (tensor is not null)
        {
            json.Writer.WriteString("tensor", tensor);
        }

        json.Texts("shape", value.Shape);
        json.Writer.WriteEndObject();
    }
}
