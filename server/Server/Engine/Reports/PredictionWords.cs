using ExplainLsp.Figures;

namespace ExplainLsp.Server.Engine;

/// <summary>A prediction in words.</summary>
public static class PredictionWords
{
    /// <summary>The prediction and the label: <c>predicted &gt;50K 65.9 % · label &gt;50K</c>, or <c>label &lt;=50K (the model is wrong)</c>.</summary>
    public static string Of(SamplePrediction row)
    {
        var predicted = $"predicted {Words.OneLine(row.Name)} {ValueOf(row)}";
        var verdict = row.IsRight == false ? " (the model is wrong)" : "";
        return row.LabelName is { } label ? $"{predicted} · label {Words.OneLine(label)}{verdict}" : predicted;
    }

    /// <summary>The probability of the predicted class, or the value.</summary>
    public static string ValueOf(SamplePrediction row) =>
        NumberText.Value(row.Value, row.IsClassifier ? TargetScale.Probability : TargetScale.Value);
}
