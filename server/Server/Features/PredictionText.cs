using ExplainLsp.Figures;
using ExplainLsp.Server.Engine;

namespace ExplainLsp.Server.Features;

/// <summary>A prediction in words, as plain text.</summary>
internal static class PredictionText
{
    /// <summary>Every class with its probability, the likeliest first, at most four: <c>malignant 81.6 %, benign 18.4 %</c>.</summary>
    public static string Distribution(SamplePrediction prediction)
    {
        const int most = 4;
        if (!prediction.IsClassifier)
        {
            return string.Join(", ", prediction.Values.Select((value, index) => $"{Words.OneLine(prediction.Names[index])} {NumberText.DataValue(value)}"));
        }

        var ordered = Enumerable.Range(0, prediction.Probabilities.Length).OrderByDescending(index => prediction.Probabilities[index]).ToList();
        var named = ordered.Take(most).Select(index => $"{Words.OneLine(prediction.Names[index])} {NumberText.Probability(prediction.Probabilities[index])}");
        return string.Join(", ", named) + (ordered.Count > most ? $", {NumberText.Whole(ordered.Count - most)} others" : "");
    }

    /// <summary>An inlay hint: <c>→ &gt;50K 66 %</c>; wrong: <c>≠ &gt;50K 71 %</c>; regression: <c>→ 152.4</c>.</summary>
    public static string Hint(SamplePrediction prediction) => NumberText.ForMarkup(
        prediction.IsClassifier
            ? $"{(prediction.IsRight == false ? '≠' : '→')} {Words.OneLine(prediction.Name)} {NumberText.WholePercent(prediction.Value)}"
            : $"→ {PredictionWords.ValueOf(prediction)}");

    /// <summary>A hint's tooltip: "adult-gbm predicts &gt;50K with 65.9 %."</summary>
    public static string Tooltip(string model, SamplePrediction prediction) => NumberText.ForMarkup(
        prediction.IsClassifier
            ? $"{model} predicts {Words.OneLine(prediction.Name)} with {PredictionWords.ValueOf(prediction)}."
            : $"{model} predicts {PredictionWords.ValueOf(prediction)}.");

    /// <summary>A diagnostic: "adult-gbm says &gt;50K (71.2 %), the label says &lt;=50K."</summary>
    public static string Wrong(string model, SamplePrediction prediction) => NumberText.ForMarkup(
        $"{model} says {Words.OneLine(prediction.Name)} ({PredictionWords.ValueOf(prediction)}), the label says {Words.OneLine(prediction.LabelName ?? "")}.");
}
