using ExplainLsp.Explainers;
using ExplainLsp.Figures;
using ExplainLsp.Server.Engine;
using ExplainLsp.Server.Protocol;

namespace ExplainLsp.Server.Features.Panels;

/// <summary>What a reader must know before trusting a map: each what, why it matters, what to do.</summary>
internal static class ImageNotes
{
    // Below this two maps share little more than chance would give.
    private const double LeastAgreement = 0.3;

    /// <summary>The notes of a panel, not yet cut to the worst.</summary>
    public static IEnumerable<PanelNote> Of(ExplanationReport report, ExplanationReport? second, MapViews maps)
    {
        var prediction = report.Prediction!;
        if (prediction.IsRight == false)
        {
            yield return Caution($"The label of this picture is {Words.OneLine(prediction.LabelName!)}, so the model is wrong here.");
        }

        foreach (var explained in new[] { report, second }.OfType<ExplanationReport>())
        {
            // Most methods say it themselves.
            if (TrustBadge.GapIsLarge(explained.Explanation) && !explained.Explanation.Warnings.Any(warning => warning.Contains(" miss the prediction ", StringComparison.Ordinal)))
            {
                yield return Caution($"{(explained == second ? $"{NameOf(second, report)}: " : "")}{TrustBadge.Gap(explained)} The map may be too weak or too strong. {Advice(explained.Explanation)}");
            }
        }

        if (maps.Agreement is { } agreement and < LeastAgreement)
        {
            yield return Caution(
                $"The two methods disagree: the rank correlation of their maps is {NumberText.Fixed(agreement, 2)}. At most one shows what the model used. Read only what both mark.");
        }

        foreach (var warning in report.Explanation.Warnings)
        {
            yield return Caution(NumberText.ForMarkup(warning));
        }

        foreach (var warning in second?.Explanation.Warnings.Except(report.Explanation.Warnings) ?? [])
        {
            yield return Caution(NumberText.ForMarkup($"{NameOf(second!, report)}: {warning}"));
        }
    }

    /// <summary>What tells the second explanation from the first: its class, or its method.</summary>
    private static string NameOf(ExplanationReport second, ExplanationReport report) =>
        Words.OneLine(second.Explanation.Method == report.Explanation.Method ? second.Explanation.Target.Name : second.MethodTitle);

    private static string Advice(Explanation explanation)
    {
        if (explanation.Options.TryGetValue("steps", out var steps) && steps is long count)
        {
            return $"Raise steps to {NumberText.Whole(count * 4)}.";
        }

        return explanation.Options.ContainsKey("evaluations") ? "Raise the evaluations." : "Choose another method.";
    }

    private static PanelNote Caution(string text) => new("caution", text);
}
