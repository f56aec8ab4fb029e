using ExplainLsp.Server.Engine;

namespace ExplainLsp.Server.CommandLine;

/// <summary>The JSON object that <c>models</c> prints.</summary>
internal static class FolderSurveyJson
{
    /// <summary>
    /// <c>folder</c>, <c>models</c> [<c>path name inputs outputs samples problem</c>], <c>unbound</c> [<c>path reason candidates</c>].
    /// </summary>
    public static string Write(FolderSurvey survey)
    {
        using var json = new JsonLine();
        json.Writer.WriteString("folder", survey.Folder);
        json.Writer.WriteStartArray("models");
        foreach (var model in survey.Models)
        {
            json.Writer.WriteStartObject();
            json.Writer.WriteString("path", model.Path);
            json.Writer.WriteString("name", model.Name);
            json.Texts("inputs", model.Signature?.Inputs.Select(input => input.Name) ?? []);
            json.Texts("outputs", model.Signature?.Outputs.Select(output => output.Name) ?? []);
            json.Writer.WriteStartArray("samples");
            foreach (var sample in model.Samples)
            {
                json.Writer.WriteStartObject();
                json.Writer.WriteString("path", sample.Path);
                json.Writer.WriteString("reason", sample.Reason);
                json.Writer.WriteEndObject();
            }

            json.Writer.WriteEndArray();
            json.Writer.WriteString("problem", model.Problem);
            json.Writer.WriteEndObject();
        }

        json.Writer.WriteEndArray();
        json.Writer.WriteStartArray("unbound");
        foreach (var sample in survey.Unbound)
        {
            json.Writer.WriteStartObject();
            json.Writer.WriteString("path", sample.Path);
            json.Writer.WriteString("reason", sample.Reason);
            json.Texts("candidates", sample.Candidates);
            json.Writer.WriteEndObject();
        }

        json.Writer.WriteEndArray();
        return json.Close();
    }
}
