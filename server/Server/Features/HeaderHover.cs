using ExplainLsp.Figures;
using ExplainLsp.Server.Engine;

namespace ExplainLsp.Server.Features;

/// <summary>The hover on a column's name: what the file holds there, and how much the model relies on it.</summary>
internal static class HeaderHover
{
    /// <summary>With the column's importance where it is known.</summary>
    /// <param name="table">The table.</param>
    /// <param name="facts">What the column holds.</param>
    /// <param name="importance">Importances of all columns; null while they are computed, and for columns that the model does not see.</param>
    /// <param name="note">What there is to say instead of, or beside, the importance; empty for nothing.</param>
    public static HoverText Of(BoundTable table, ColumnFacts facts, ExplanationReport? importance, string note)
    {
        var place = importance is null ? "" : PlaceOf(facts.Name, importance);
        return new HoverText
        {
            Headline = $"**{HoverText.Cell(facts.Name)}** · {Markdown.Escape(facts.Summary())}{place}",
            Sentence = note,
            Links = [Markdown.Link("graph", "Global importance", "explainLsp.globalImportance", table.Uri)],
            Receipt = importance is null ? Markdown.Escape(table.Binding.ModelName) : HoverText.ReceiptOf(importance),
        };
    }

    private static string PlaceOf(string name, ExplanationReport report)
    {
        var attributions = report.Explanation.Attributions;
        if (attributions.FirstOrDefault(attribution => attribution.Feature == name) is not { } own)
        {
            return "";
        }

        var place = 1 + attributions.Count(attribution => attribution.Contribution > own.Contribution);
        var isStrength = report.Explanation.Method == "mean-abs-shap";
        var format = ContributionFormat.For(isStrength ? report.Scale : TargetScale.Value, attributions.Select(attribution => attribution.Contribution));
        var amount = isStrength ? format.Size(own.Contribution) : format.WithSign(own.Contribution);
        return $" · importance {place} of {attributions.Length} ({Markdown.Escape(Words.ImportanceUnit(report.Explanation, report.Context))} {amount})";
    }
}
