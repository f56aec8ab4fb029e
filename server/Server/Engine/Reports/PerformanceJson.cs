using ExplainLsp.Explainers;

namespace ExplainLsp.Server.Engine;

/// <summary>What <c>performance</c> measured, in the JSON of <c>global</c>: <c>performance</c>, absent for other methods; its metrics are in <c>quality</c>.</summary>
internal static class PerformanceJson
{
    public static void Write(JsonLine json, Performance? performance)
    {
        if (performance is null)
        {
            return;
        }

        json.Writer.WriteStartObject("performance");
        json.Writer.WriteNumber("rows", performance.Rows);
        json.Texts("classes", performance.Classes);
        json.Writer.WriteStartArray("confusion");
        for (var truth = 0; truth < performance.Classes.Length; truth++)
        {
            json.Writer.WriteStartArray();
            foreach (var rows in performance.Confusion.AsSpan(truth * performance.Classes.Length, performance.Classes.Length))
            {
                json.Writer.WriteNumberValue(rows);
            }

            json.Writer.WriteEndArray();
        }

        json.Writer.WriteEndArray();
        json.Writer.WriteStartArray("calibration");
        foreach (var bin in performance.Calibration)
        {
            json.Writer.WriteStartObject();
            json.Number("predicted", bin.Predicted);
            json.Number("observed", bin.Observed);
            json.Number("low", bin.Low);
            json.Number("high", bin.High);
            json.Writer.WriteNumber("rows", bin.Rows);
            json.Writer.WriteEndObject();
        }

        json.Writer.WriteEndArray();
        json.Writer.WriteStartArray("worst");
        foreach (var row in performance.Worst)
        {
            json.Writer.WriteStartObject();
            json.Writer.WriteNumber("row", row.Row);
            json.Writer.WriteString("truth", row.Truth);
            json.Writer.WriteString("predicted", row.Predicted);
            json.Number("loss", row.Loss);
            json.Writer.WriteEndObject();
        }

        json.Writer.WriteEndArray();
        json.Writer.WriteEndObject();
    }
}
