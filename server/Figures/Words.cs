using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using ExplainLsp.Explainers;

namespace ExplainLsp.Figures;

/// <summary>The words that figures, hovers and panels share: units, directions, titles and receipts.</summary>
public static class Words
{
    /// <summary>What an explanation's numbers are, as the context says or the target lets guess.</summary>
    public static TargetScale ScaleOf(Target target, FigureContext context) =>
        target.Space == TargetSpace.Probability ? TargetScale.Probability
        : context.Scale ?? (target.Name == target.Output ? TargetScale.Value : TargetScale.Logit);

    /// <summary>The unit of contributions: <c>pp</c>, <c>log-odds</c>, <c>logit</c>, or the regression's own.</summary>
    public static string ContributionUnit(Target target, FigureContext context) => ScaleOf(target, context) switch
    {
        TargetScale.Probability => "pp",
        TargetScale.LogOdds => "log-odds",
        TargetScale.Logit => "logit",
        _ => OneLine(context.Unit.Length > 0 ? context.Unit : target.Name),
    };

    /// <summary>What a positive contribution does: <c>towards &gt;50K</c>; for a regression <c>towards higher progression</c>.</summary>
    public static string Towards(Target target, FigureContext context) =>
        (ScaleOf(target, context) == TargetScale.Value ? "towards higher " : "towards ") + OneLine(target.Name);

    /// <summary>What a negative contribution does: <c>away from &gt;50K</c>; for a regression <c>towards lower progression</c>.</summary>
    public static string Away(Target target, FigureContext context) =>
        (ScaleOf(target, context) == TargetScale.Value ? "towards lower " : "away from ") + OneLine(target.Name);

    /// <summary>What is not shown, by count: <c>21 other columns</c>.</summary>
    public static string OtherColumns(int count) => count == 1 ? "1 other column" : $"{NumberText.Whole(count)} other columns";

    /// <summary>A method's name: the context's title, else the explanation's id.</summary>
    public static string Method(Explanation explanation, FigureContext context) =>
        context.MethodTitle.Length > 0 ? context.MethodTitle : explanation.Method;

    /// <summary>What the base value is: <c>average of 20 rows of train.csv</c>.</summary>
    public static string Base(Explanation explanation) =>
        explanation.Background is { Length: > 0 } background ? $"average of {OneLine(background)}" : "average";

    /// <summary>
    /// The predicted value as a person reads it: a probability where there is one (<c>65.9 %</c>), else the value (<c>152.4</c>,
    /// <c>1.49</c>).
    /// </summary>
    public static string Prediction(double value, TargetScale scale) =>
        scale == TargetScale.LogOdds ? NumberText.Probability(Logistic(value)) : NumberText.Value(value, scale);

    /// <summary>The unit of the target's own values on an axis: as of contributions, but a probability is no difference.</summary>
    internal static string ValueUnit(Target target, FigureContext context) =>
        ScaleOf(target, context) == TargetScale.Probability ? "probability" : ContributionUnit(target, context);

    /// <summary>The explained row's value where steps end: <c>this row 1.49 = 81.6 %</c>.</summary>
    internal static string ThisRow(double predicted, TargetScale scale)
    {
        var value = NumberText.Value(predicted, scale);
        return scale == TargetScale.LogOdds ? $"this row {value} = {Prediction(predicted, scale)}" : $"this row {value}";
    }

    /// <summary>A value in the target's own scale, with its unit where the number alone does not say it: <c>−3.41 log-odds</c>.</summary>
    public static string Value(double value, Target target, FigureContext context)
    {
        var scale = ScaleOf(target, context);
        var text = NumberText.Value(value, scale);
        return scale is TargetScale.LogOdds or TargetScale.Logit ? $"{text} {ContributionUnit(target, context)}" : text;
    }

    /// <summary>Whether a curve's values are differences from a level (accumulated local effects, centred curves), not predictions.</summary>
    public static bool IsDifference(Explanation explanation) =>
        explanation.Method == "ale" || (explanation.Options.TryGetValue("centred", out var centred) && centred is "true");

    /// <summary>What a curve's values are: <c>Average &gt;50K</c>, <c>Effect on &gt;50K</c>, or of one row's profiles the target itself.</summary>
    public static string CurveName(Explanation explanation) =>
        (explanation.Method == "ceteris-paribus" ? "" : IsDifference(explanation) ? "Effect on " : "Average ") + OneLine(explanation.Target.Name);

    /// <summary>A value of a curve in a sentence: <c>65.9 %</c>, <c>−3.41 log-odds</c>; <c>+3.1 pp</c> for a difference.</summary>
    public static string CurveValue(double value, Explanation explanation, FigureContext context) =>
        IsDifference(explanation) ? CurveNumber(value, explanation, context) : Value(value, explanation.Target, context);

    /// <summary>A value of a curve in a table: <c>65.9 %</c>, <c>−3.41</c>; <c>+3.1 pp</c> for a difference.</summary>
    public static string CurveNumber(double value, Explanation explanation, FigureContext context)
    {
        var scale = ScaleOf(explanation.Target, context);
        return IsDifference(explanation)
            ? $"{ContributionFormat.For(scale, [value]).WithSign(value)} {ContributionUnit(explanation.Target, context)}"
            : NumberText.Value(value, scale);
    }

    /// <summary>A figure's title: <c>malignant 81.6 % · TreeSHAP · test.csv, row 13</c>.</summary>
    public static string Title(Explanation explanation, FigureContext context)
    {
        var target = OneLine(explanation.Target.Name);
        var value = explanation.PredictedValue is { } predicted
            ? $"{target} {Prediction(predicted, ScaleOf(explanation.Target, context))}" : target;
        return string.Join(" · ", new[] { value, Method(explanation, context), OneLine(context.SampleName) }.Where(part => part.Length > 0));
    }

    /// <summary>
    /// The completeness gap in words, <c>gap &lt;1e−6</c>; null for methods whose attributions need not add up. Measured against the
    /// output's range: 1 for a probability, else the largest of prediction, base value and their difference.
    /// </summary>
    public static string? Gap(Explanation explanation, FigureContext context)
    {
        if (explanation.CompletenessGap is not { } gap) return null;
        double predicted = explanation.PredictedValue ?? 0, average = explanation.BaseValue ?? 0, explained = predicted - average;
        var range = ScaleOf(explanation.Target, context) == TargetScale.Probability
            ? 1 : Math.Max(Math.Abs(explained), Math.Max(Math.Abs(predicted), Math.Abs(average)));
        return "gap " + NumberText.Gap(gap, range, explained);
    }

    /// <summary>
    /// What an explanation rests on, most important first: method, evaluations, background, seed (when random), gap, time, model, and in
    /// exports the hashes and the version.
    /// </summary>
    public static ImmutableArray<string> Receipt(Explanation explanation, FigureContext context) =>
        [.. ReceiptParts(explanation, context).Select(part => part.Text)];

    /// <summary>The receipt with what must never be dropped from a narrow line.</summary>
    internal static IEnumerable<(string Text, bool Required)> ReceiptParts(Explanation explanation, FigureContext context)
    {
        yield return (Method(explanation, context), true);

        var counts = explanation.Method is "exact-shap" or "kernel-shap" ? "coalitions" : "evaluations";
        var background = explanation.Background is { Length: > 0 } rows ? OneLine(rows) : null;
        if (explanation.Cost.Evaluations > 0)
        {
            yield return ($"{NumberText.Whole(explanation.Cost.Evaluations)} {(explanation.Cost.Evaluations == 1 ? counts[..^1] : counts)}" + (background is null ? "" : IsBaseline(explanation) ? $" against {background}" : $" × {background}"), false);
        }
        else if (background is not null)
        {
            yield return (background, false);
        }

        if (IsRandom(explanation)) yield return ($"seed {explanation.Seed.ToString(CultureInfo.InvariantCulture)}", false);
        if (Gap(explanation, context) is { } gap) yield return (gap, true);
        if (explanation.Cost.Milliseconds > 0) yield return (NumberText.Time(explanation.Cost.Milliseconds), false);
        foreach (var part in ModelParts(context)) yield return part;
    }

    /// <summary>The receipt's last parts: model, and in exports the hashes and the version.</summary>
    internal static IEnumerable<(string Text, bool Required)> ModelParts(FigureContext context)
    {
        if (context.ModelName.Length > 0)
        {
            yield return (OneLine(context.ModelName) + (context.ModelHash.Length > 0 ? $" {Short(context.ModelHash)}" : ""), false);
        }

        if (context.DataHash.Length > 0) yield return ($"data {Short(context.DataHash)}", false);
        if (context.Version.Length > 0) yield return ($"ExplainLsp {context.Version}", false);

        static string Short(string hash) => hash.Length > 8 ? hash[..8] : hash;
    }

    /// <summary>Whether what stands in is one baseline, not rows that each evaluation is repeated over.</summary>
    private static bool IsBaseline(Explanation explanation) => explanation.Options.ContainsKey("baseline");

    /// <summary>Whether importances are sizes, never negative, so that they are written without a sign.</summary>
    public static bool IsStrength(Explanation explanation) =>
        explanation.Method is "mean-abs-shap" or "partial-dependence" or "ice" or "ale" or "h-statistic" or "counterfactual" or "nearest-examples" or "submodular-pick";

    /// <summary>Whether a row's numbers are shares of something else than its prediction: a rule's precision, a distance.</summary>
    public static bool IsShare(Explanation explanation) => explanation.Method is "anchors" or "counterfactual" or "nearest-examples";

    /// <summary>The scale of importances: the target's for sizes of contributions and effects, plain numbers for metrics and shares.</summary>
    public static TargetScale ImportanceScale(Explanation explanation, TargetScale target) =>
        IsStrength(explanation) && !IsShare(explanation) && explanation.Method != "submodular-pick" && StatisticOf(explanation) is null or "unnormalised"
            ? target : TargetScale.Value;

    /// <summary>What an importance measures, by the method's metric: <c>drop in accuracy</c>, <c>mean strength, pp</c>.</summary>
    public static string ImportanceUnit(Explanation explanation, FigureContext context) => (explanation.Method, StatisticOf(explanation)) switch
    {
        ("mean-abs-shap", _) => $"mean strength, {ContributionUnit(explanation.Target, context)}",
        ("partial-dependence" or "ice" or "ale", _) => $"spread of the effect, {ContributionUnit(explanation.Target, context)}",
        ("anchors", _) => "added to the rule's precision",
        ("counterfactual", _) => "share of counterfactuals that change it",
        ("nearest-examples", _) => "share of the distance to counter-examples",
        ("submodular-pick", _) => "importance, √Σ|weight|",
        (_, "squared") => "interaction, H²",
        (_, "square-root") => "interaction, H",
        (_, "unnormalised") => $"interaction, {ContributionUnit(explanation.Target, context)}",
        _ => MetricUnit(explanation),
    };

    private static string? StatisticOf(Explanation explanation) =>
        explanation.Options.TryGetValue("statistic", out var statistic) ? statistic as string : null;

    private static string MetricUnit(Explanation explanation) =>
        (explanation.Options.TryGetValue("metric", out var metric) ? metric as string : null) switch
        {
            "accuracy" => "drop in accuracy",
            "log-loss" => "rise in log loss",
            "roc-auc" => "drop in ROC AUC",
            "r2" => "drop in R²",
            "mae" => "rise in mean absolute error",
            { Length: > 0 } other => $"importance, {OneLine(other)}",
            _ => "importance",
        };

    /// <summary>
    /// Text from a file on one line: control characters, line breaks and bidirectional overrides, which could break or disguise a label,
    /// become spaces.
    /// </summary>
    public static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var hidden = Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator || rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0xFFFD;
            if (!hidden) line.Append(rune);
            else if (line.Length > 0 && line[^1] != ' ') line.Append(' ');
        }

        return line.ToString().Trim();
    }

    /// <summary>The logistic function, which turns log-odds into a probability.</summary>
    internal static double Logistic(double logOdds) => 1 / (1 + Math.Exp(-logOdds));

    private static bool IsRandom(Explanation explanation) => explanation.Method switch
    {
        "permutation-shap" or "lime" or "rise" or "gradient-shap" or "smooth-grad" or "permutation-importance" or "anchors" or "counterfactual" or "submodular-pick" => true,
        // Without standard errors every coalition was evaluated, and nothing was drawn.
        "kernel-shap" or "mean-abs-shap" => explanation.Attributions.Any(attribution => attribution.StandardError is not null),
        _ => false,
    };
}
