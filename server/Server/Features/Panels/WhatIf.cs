using ExplainLsp.Figures;
using ExplainLsp.Server.Engine;
using ExplainLsp.Server.Protocol;

namespace ExplainLsp.Server.Features.Panels;

/// <summary>What changing cells of a row did.</summary>
internal static class WhatIf
{
    /// <summary>As data; null for a row as it is in the file.</summary>
    public static PanelWhatIf? Of(RowScene scene) =>
        scene.Changed is { } changed ? new PanelWhatIf(changed.Changes.Count, NumberText.ForMarkup(Difference(scene)!), changed.Text) : null;

    /// <summary>"malignant 81.6 % → 42.0 %: the answer becomes benign"; null for a row as it is in the file.</summary>
    public static string? Difference(RowScene scene)
    {
        if (scene is not { Changed: not null, Original: { } original })
        {
            return null;
        }

        var (before, after) = (original.Prediction!, scene.Report.Prediction!);
        var index = scene.Report.Explanation.Target.Index;
        string Value(SamplePrediction prediction) => prediction.IsClassifier
            ? NumberText.Probability(prediction.Probabilities[index])
            : NumberText.DataValue(prediction.Values[index]);
        var turned = after.Index == before.Index ? "" : $": the answer becomes {Words.OneLine(after.Name)}";
        return $"{Words.OneLine(after.Names[index])} {Value(before)} → {Value(after)}{turned}";
    }

    /// <summary>What is to be said about changed cells: those that the model cannot take, and those that are like nothing in the file.</summary>
    public static IEnumerable<CellCheck> Check(ChangedRow changed, IReadOnlyDictionary<string, ColumnFacts> facts, CancellationToken cancellation)
    {
        var problems = changed.Problems(cancellation);
        foreach (var (column, value) in changed.Changes)
        {
            if (problems.TryGetValue(column, out var problem))
            {
                yield return new CellCheck(column, "stop", NumberText.ForMarkup(problem));
            }
            else if (Unlike(facts[column], value) is { } warning)
            {
                yield return new CellCheck(column, "caution", NumberText.ForMarkup(warning));
            }
        }
    }

    private static string? Unlike(ColumnFacts facts, string value)
    {
        if (!facts.Numbers.IsEmpty)
        {
            var (least, most) = (facts.Numbers[0], facts.Numbers[^1]);
            return double.TryParse(value, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var number)
                && (number < least || number > most)
                ? $"Outside {NumberText.DataValue(least)} to {NumberText.DataValue(most)}, the range in this file."
                : null;
        }

        return facts.Values.Length > 0 && facts.Values.All(known => known.Value != value.Trim())
            ? $"{Words.OneLine(value)} is in no row of this file, so the model may not know it."
            : null;
    }
}
