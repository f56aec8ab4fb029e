using ExplainLsp.Explainers;

namespace ExplainLsp.Server.Engine;

/// <summary>Rules, counterfactuals, neighbours and picked rows in the JSON of <c>explain</c> and <c>global</c>; nothing for methods that have none.</summary>
internal static class RuleJson
{
    public static void Write(JsonLine json, Explanation explanation)
    {
        if (explanation.Anchor is { } anchor)
        {
            WriteAnchor(json, anchor);
        }

        if (!explanation.Counterfactuals.IsEmpty)
        {
            json.Writer.WriteStartArray("counterfactuals");
            foreach (var counterfactual in explanation.Counterfactuals)
            {
                WriteCounterfactual(json, counterfactual);
            }

            json.Writer.WriteEndArray();
        }

        if (!explanation.Neighbours.IsEmpty)
        {
            json.Writer.WriteStartArray("neighbours");
            foreach (var neighbour in explanation.Neighbours)
            {
                WriteNeighbour(json, neighbour);
            }

            json.Writer.WriteEndArray();
        }

        if (explanation is { Method: "submodular-pick", Samples: { } picked })
        {
            WritePicked(json, picked);
        }
    }

    private static void WriteAnchor(JsonLine json, AnchorRule anchor)
    {
        json.Writer.WriteStartObject("anchor");
        json.Writer.WriteStartArray("conditions");
        foreach (var condition in anchor.Conditions)
        {
            json.Writer.WriteStartObject();
            json.Writer.WriteString("feature", condition.Feature);
            json.Writer.WriteString("text", condition.Text);
            json.Writer.WriteString("category", condition.Category);
            json.Number("above", condition.Above);
            json.Number("atMost", condition.AtMost);
            json.Writer.WriteEndObject();
        }

        json.Writer.WriteEndArray();
        json.Number("precision", anchor.Precision);
        json.Number("precisionLow", anchor.PrecisionLow);
        json.Number("precisionHigh", anchor.PrecisionHigh);
        json.Number("coverage", anchor.Coverage);
        json.Writer.WriteEndObject();
    }

    private static void WriteCounterfactual(JsonLine json, Counterfactual counterfactual)
    {
        json.Writer.WriteStartObject();
        json.Writer.WriteStartArray("changes");
        foreach (var change in counterfactual.Changes)
        {
            json.Writer.WriteStartObject();
            json.Writer.WriteString("feature", change.Feature);
            json.Writer.WriteString("from", change.From);
            json.Writer.WriteString("to", change.To);
            json.Writer.WriteEndObject();
        }

        json.Writer.WriteEndArray();
        json.Writer.WriteString("predictedName", counterfactual.PredictedName);
        json.Number("predictedValue", counterfactual.PredictedValue);
        json.Number("distance", counterfactual.Distance);
        json.Number("plausibility", counterfactual.Plausibility);
        json.Writer.WriteEndObject();
    }

    private static void WriteNeighbour(JsonLine json, Neighbour neighbour)
    {
        json.Writer.WriteStartObject();
        json.Writer.WriteNumber("row", neighbour.Row);
        json.Writer.WriteBoolean("samePrediction", neighbour.SamePrediction);
        json.Writer.WriteString("predictedName", neighbour.PredictedName);
        json.Number("predictedValue", neighbour.PredictedValue);
        json.Number("distance", neighbour.Distance);
        json.Writer.WriteEndObject();
    }

    /// <summary>The rows in the order in which they were picked, with the coefficients of their surrogates.</summary>
    private static void WritePicked(JsonLine json, SampleAttributions picked)
    {
        var columns = picked.Features.Length;
        json.Writer.WriteStartArray("picked");
        for (var i = 0; i < picked.Rows.Length; i++)
        {
            json.Writer.WriteStartObject();
            json.Writer.WriteNumber("row", picked.Rows[i]);
            json.Number("predictedValue", picked.Predicted[i]);
            json.Writer.WriteStartArray("attributions");
            for (var column = 0; column < columns; column++)
            {
                json.Writer.WriteStartObject();
                json.Writer.WriteString("feature", picked.Features[column]);
                json.Writer.WriteString("value", picked.Texts[(i * columns) + column]);
                json.Number("attribution", picked.Contributions[(i * columns) + column]);
                json.Writer.WriteEndObject();
            }

            json.Writer.WriteEndArray();
            json.Writer.WriteEndObject();
        }

        json.Writer.WriteEndArray();
    }
}
