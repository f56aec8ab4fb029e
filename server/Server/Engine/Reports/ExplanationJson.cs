using ExplainLsp.Explainers;

namespace ExplainLsp.Server.Engine;

/// <summary>The JSON object that <c>explain</c> and <c>global</c> print, on one line: the contract that scripts rely on.</summary>
public static class ExplanationJson
{
    /// <summary>The object. What JSON cannot hold is null, and a warning says so.</summary>
    public static string Write(ExplanationReport report)
    {
        var explanation = report.Explanation;
        using var json = new JsonLine();
        WriteOrigin(json, report);
        WriteSettings(json, explanation);

        json.Number("predictedValue", explanation.PredictedValue);
        json.Number("baseValue", explanation.BaseValue);
        json.Number("completenessGap", explanation.CompletenessGap);
        json.Writer.WriteStartArray("attributions");
        foreach (var attribution in explanation.Attributions)
        {
            WriteAttribution(json, attribution, report.IsNumeric(attribution.Feature));
        }

        json.Writer.WriteEndArray();
        WriteTensor(json, explanation.Tensor);
        RuleJson.Write(json, explanation);
        SurfaceJson.Write(json, explanation.Surfaces);
        PerformanceJson.Write(json, explanation.Performance);

        json.Writer.WriteStartObject("quality");
        foreach (var (name, value) in explanation.Quality)
        {
            json.Value(name, value);
        }

        json.Writer.WriteEndObject();
        json.Writer.WriteStartObject("cost");
        json.Writer.WriteNumber("evaluations", explanation.Cost.Evaluations);
        json.Number("milliseconds", explanation.Cost.Milliseconds);
        json.Writer.WriteEndObject();
        json.Texts("warnings", json.NotFinite == 0 ? explanation.Warnings : [.. explanation.Warnings, NotFiniteWarning(json.NotFinite)]);
        return json.Close();
    }

    private static void WriteOrigin(JsonLine json, ExplanationReport report)
    {
        json.Writer.WriteStartObject("model");
        json.Writer.WriteString("path", report.ModelPath);
        json.Writer.WriteString("sha256", report.ModelSha256);
        json.Writer.WriteEndObject();
        json.Sample(report.Place);
        if (report.Samples is ChangedRow { Changes: var changes })
        {
            json.Writer.WriteStartObject("changes");
            foreach (var (column, value) in changes)
            {
                json.Cell(column, value, report.IsNumeric(column));
            }

            json.Writer.WriteEndObject();
        }
    }

    private static void WriteSettings(JsonLine json, Explanation explanation)
    {
        json.Writer.WriteString("method", explanation.Method);
        json.Writer.WriteStartObject("options");
        foreach (var (key, value) in explanation.Options)
        {
            json.Value(key, value);
        }

        json.Writer.WriteEndObject();
        json.Writer.WriteNumber("seed", explanation.Seed);
        json.Writer.WriteStartObject("target");
        json.Writer.WriteString("output", explanation.Target.Output);
        json.Writer.WriteNumber("index", explanation.Target.Index);
        json.Writer.WriteString("name", explanation.Target.Name);
        json.Writer.WriteString("space", explanation.Target.Space == TargetSpace.Probability ? "probability" : "raw");
        json.Writer.WriteEndObject();
    }

    private static void WriteAttribution(JsonLine json, Attribution attribution, bool isNumeric)
    {
        json.Writer.WriteStartObject();
        json.Writer.WriteString("feature", attribution.Feature);
        json.Cell("value", attribution.Value, isNumeric);
        json.Number("attribution", attribution.Contribution);
        json.Number("standardError", attribution.StandardError);
        if (attribution.Mean is { } mean)
        {
            json.Number("mean", mean);
        }

        if (attribution.StandardDeviation is { } deviation)
        {
            json.Number("standardDeviation", deviation);
        }

        if (attribution.Curve is { } curve)
        {
            WriteCurve(json, curve);
        }

        json.Writer.WriteEndObject();
    }

    private static void WriteCurve(JsonLine json, Curve curve)
    {
        json.Writer.WriteStartObject("curve");
        if (curve.Numeric.IsEmpty)
        {
            json.Texts("grid", curve.Grid);
        }
        else
        {
            WriteNumbers(json, "grid", curve.Numeric);
        }

        WriteNumbers(json, "average", curve.Average);
        json.Writer.WriteStartArray("rows");
        foreach (var row in curve.Rows)
        {
            json.Writer.WriteNumberValue(row);
        }

        json.Writer.WriteEndArray();
        json.Writer.WriteStartArray("ice");
        foreach (var individual in curve.Individual)
        {
            WriteNumbers(json, null, individual);
        }

        json.Writer.WriteEndArray();
        json.Writer.WriteEndObject();
    }

    private static void WriteTensor(JsonLine json, AttributionTensor? tensor)
    {
        if (tensor is null)
        {
            json.Writer.WriteNull("tensor");
            return;
        }

        json.Writer.WriteStartObject("tensor");
        json.Writer.WriteString("name", tensor.Name);
        json.Writer.WriteStartArray("shape");
        foreach (var dimension in tensor.Shape)
        {
            json.Writer.WriteNumberValue(dimension);
        }

        json.Writer.WriteEndArray();
        WriteNumbers(json, "values", tensor.Values);
        json.Writer.WriteEndObject();
    }

    private static void WriteNumbers(JsonLine json, string? name, IEnumerable<double> numbers)
    {
        if (name is not null)
        {
            json.Writer.WritePropertyName(name);
        }

        json.Writer.WriteStartArray();
        foreach (var number in numbers)
        {
            json.Number(number);
        }

        json.Writer.WriteEndArray();
    }

    private static string NotFiniteWarning(int count) =>
        $"{(count == 1 ? "1 number is" : $"{count} numbers are")} not finite and written as null. "
        + "The model gave NaN or an infinity for some input; check its output for this sample.";
}
