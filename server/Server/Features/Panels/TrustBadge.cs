using ExplainLsp.Explainers;
using ExplainLsp.Figures;
using ExplainLsp.Server.Engine;
using ExplainLsp.Server.Protocol;

namespace ExplainLsp.Server.Features.Panels;

/// <summary>What is known about an explanation's trustworthiness: exact, an estimate with a known error, or not tested.</summary>
internal static class TrustBadge
{
    // A surrogate below this R² misses more of the model than a reader would guess from its bars.
    private const double LeastSurrogateFit = 0.5;

    // A standard error above this share of the largest contribution can change which column is strongest.
    private const double LargestRelativeError = 0.1;

    // A gap above this share of what is explained makes bars visibly too short or too long.
    private const double LargestRelativeGap = 0.01;

    /// <summary>The badge of a row's explanation.</summary>
    public static PanelBadge Of(ExplanationReport report)
    {
        var explanation = report.Explanation;
        if (GapIsLarge(explanation))
        {
            return new PanelBadge("caution", "Caution", [Gap(report)]);
        }

        var largestError = explanation.Attributions.Max(attribution => attribution.StandardError);
        if (largestError is { } error)
        {
            return Estimate(report, error);
        }

        if (IsExact(explanation))
        {
            return new PanelBadge("ok", "Exact", [$"All {Evaluations(explanation)} coalitions of columns were evaluated; nothing was sampled.", Gap(report)]);
        }

        if (SurrogateFit(explanation) is { } fit)
        {
            var reason = $"The surrogate explains {NumberText.Probability(Math.Max(0, fit))} of the model's variance around this row (R² {NumberText.Fixed(fit, 2)}).";
            return fit < LeastSurrogateFit ? new PanelBadge("caution", "Caution", [reason]) : NotTested(reason);
        }

        return NotTested("How well this method describes the model here was not measured.");
    }

    /// <summary>Notes that a number of the explanation calls for.</summary>
    public static IEnumerable<PanelNote> Notes(ExplanationReport report)
    {
        var explanation = report.Explanation;
        if (GapIsLarge(explanation))
        {
            yield return new PanelNote("caution", $"{Gap(report)} Bars may be too short or too long. Raise the evaluations or choose another method.");
        }

        if (SurrogateFit(explanation) is { } fit and < LeastSurrogateFit)
        {
            yield return new PanelNote(
                "caution", $"The surrogate fits the model poorly here (R² {NumberText.Fixed(fit, 2)}). Its contributions can mislead. Use a SHAP method, or raise the samples.");
        }

        const double saturated = 0.995;
        if (explanation is { Target.Space: TargetSpace.Probability, PredictedValue: > saturated } && report.Prediction is not null)
        {
            yield return new PanelNote(
                "info", $"The output is saturated ({NumberText.ForMarkup(NumberText.Probability(explanation.PredictedValue.Value))}). Contributions in % shrink near the end of the scale. Look at the raw score for their size.");
        }
    }

    /// <summary>Whether contributions visibly do not add up.</summary>
    public static bool GapIsLarge(Explanation explanation) =>
        explanation is { CompletenessGap: { } gap, PredictedValue: { } predicted, BaseValue: { } average }
        && Math.Abs(gap) > Math.Max(1e-6, LargestRelativeGap * Math.Abs(predicted - average));

    private static bool IsExact(Explanation explanation) => explanation.Method is "exact-shap" or "kernel-shap" && explanation.CompletenessGap is not null;

    private static double? SurrogateFit(Explanation explanation) => explanation.Quality.TryGetValue("r2", out var value) && value is double fit ? fit : null;

    private static PanelBadge Estimate(ExplanationReport report, double error)
    {
        var explanation = report.Explanation;
        var largest = explanation.Attributions.Max(attribution => Math.Abs(attribution.Contribution));
        var format = ContributionFormat.For(report.Scale, explanation.Attributions.Select(attribution => attribution.Contribution));
        var unit = Words.ContributionUnit(explanation.Target, report.Context);
        IReadOnlyList<string> reasons =
        [
            $"{Evaluations(explanation)} evaluations were drawn with seed {explanation.Seed}; the largest standard error is ± {format.Size(error)} {unit}.",
            Gap(report),
        ];
        return error > LargestRelativeError * largest
            ? new PanelBadge("caution", "Rough estimate", [.. reasons, "Raise the evaluations for shorter error bars."])
            : new PanelBadge("unknown", "Estimate", reasons);
    }

    /// <summary>By how much contributions miss the prediction, in a sentence.</summary>
    public static string Gap(ExplanationReport report) =>
        Words.Gap(report.Explanation, report.Context) is { } gap
            ? $"The contributions miss the prediction by {NumberText.ForMarkup(gap["gap ".Length..]).Replace("<", "less than ", StringComparison.Ordinal)}."
            : "The contributions of this method need not add up to the prediction.";

    private static string Evaluations(Explanation explanation) => NumberText.Whole(explanation.Cost.Evaluations);

    private static PanelBadge NotTested(string reason) => new("unknown", "Not tested", [reason]);
}
