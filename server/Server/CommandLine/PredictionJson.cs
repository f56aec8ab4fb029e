using ExplainLsp.Explainers;
using ExplainLsp.Server.Engine;

namespace ExplainLsp.Server.CommandLine;

/// <summary>The JSON object that <c>predict</c> prints for a sample.</summary>
internal static class PredictionJson
{
    /// <summary>
    /// <c>row</c> (null where the file is one sample), for images and tensors <c>sample</c> {path, row}, <c>prediction</c> {index, name}, and for classes <c>probabilities</c> by name, else <c>value</c> (or <c>values</c>);
    /// <c>label</c> and <c>correct</c> are null where the file does not say.
    /// </summary>
    public static string Write(SampleSource source, SamplePrediction row)
    {
        using var json = new JsonLine();
        json.Row("row", row.Place.Row);
        if (source.Kind == SampleKinds.Grids)
        {
            json.Sample(row.Place);
        }

        json.Writer.WriteStartObject("prediction");
        json.Writer.WriteNumber("index", row.Index);
        json.Writer.WriteString("name", row.Name);
        json.Writer.WriteEndObject();
        if (row.Values.Length == 1)
        {
            json.Number("value", row.Values[0]);
        }
        else
        {
            json.Writer.WriteStartObject(row.IsClassifier ? "probabilities" : "values");
            foreach (var (name, value) in row.Names.Zip(row.IsClassifier ? row.Probabilities : row.Values))
            {
                json.Number(name, value);
            }

            json.Writer.WriteEndObject();
        }

        json.Cell("label", row.Label, isNumeric: !row.IsClassifier);
        json.Writer.WritePropertyName("correct");
        if (row.IsRight is { } isRight)
        {
            json.Writer.WriteBooleanValue(isRight);
        }
        else
        {
            json.Writer.WriteNullValue();
        }

        return json.Close();
    }
}
