using System.Globalization;
using ExplainLsp.Explainers;

namespace ExplainLsp.Figures;

/// <summary>Figures in words, under 400 characters, for screen readers and the Markdown image; a table carries the rest.</summary>
public static class AltText
{
    private const int Limit = 399;

    /// <summary>
    /// "{target} {value}, from an average of {base}. Towards: {name} = {value} {+n}, … Away: … {k} others {±n}. {method}, gap {gap}."
    /// As many columns as fit, the strongest first.
    /// </summary>
    public static string Contributions(Explanation explanation, FigureContext context)
    {
        var scale = Words.ScaleOf(explanation.Target, context);
        var format = ContributionFormat.For(scale, explanation.Attributions.Select(attribution => attribution.Contribution));
        var unit = " " + Words.ContributionUnit(explanation.Target, context);
        var target = NumberText.Cut(Words.OneLine(explanation.Target.Name), 60);
        var head = explanation.PredictedValue is { } predicted ? $"{target} {Words.Prediction(predicted, scale)}" : target;
        // Not as a probability: the average of log-odds is not the log-odds of the average.
        if (explanation.BaseValue is { } average) head += $", from an average of {Words.Value(average, explanation.Target, context)}";
        var tail = Words.Method(explanation, context) + (Words.Gap(explanation, context) is { } gap ? $", {gap}" : "") + ".";

        return Longest(12, rows =>
        {
            var ranked = RankedContributions.Of(explanation, rows);
            var towards = List("Towards", ranked.Shown.Where(attribution => attribution.Contribution > 0));
            var away = List("Away", ranked.Shown.Where(attribution => attribution.Contribution < 0));
            var rest = List("Neither", ranked.Shown.Where(attribution => !(attribution.Contribution > 0 || attribution.Contribution < 0)));
            var others = ranked.OtherCount > 0 ? $"{ranked.OtherCount} others {format.WithSign(ranked.OtherSum)}{unit}. " : "";
            return $"{head}. {towards}{away}{rest}{others}{tail}";
        });

        string List(string title, IEnumerable<Attribution> attributions)
        {
            var items = attributions.Select(attribution => Name(attribution) + " " + format.WithSign(attribution.Contribution) + unit).ToList();
            return items.Count == 0 ? "" : $"{title}: {string.Join(", ", items)}. ";
        }
    }

    /// <summary>"{what is measured}: {name} {n}, … {k} others. {method}." As many columns as fit, the most important first.</summary>
    public static string Importance(Explanation explanation, FigureContext context)
    {
        var scale = explanation.Method == "mean-abs-shap" ? Words.ScaleOf(explanation.Target, context) : TargetScale.Value;
        var format = ContributionFormat.For(scale, explanation.Attributions.Select(attribution => attribution.Contribution));
        return Longest(12, rows =>
        {
            var ranked = RankedContributions.Of(explanation, rows);
            var items = ranked.Shown.Select(attribution => $"{NumberText.Cut(Words.OneLine(attribution.Feature), 40)} " +
                (scale == TargetScale.Value ? format.WithSign(attribution.Contribution) : format.Size(attribution.Contribution)) +
                (attribution.StandardDeviation is { } deviation ? $" ± {format.Size(deviation)}" : ""));
            var others = ranked.OtherCount > 0 ? $" {ranked.OtherCount} others at most {format.Size(ranked.OtherLargest)}." : "";
            return $"{Capital(Words.ImportanceUnit(explanation, context))}: {string.Join(", ", items)}.{others} {Words.Method(explanation, context)}.";
        });
    }

    /// <summary>
    /// "{target} against {column} from {min} to {max}: {start}, {lowest} at {x}, {highest} at {x}, {end}. Now {x}: {y}."
    /// </summary>
    /// <param name="explanation">Whose target it is.</param>
    /// <param name="feature">The column.</param>
    /// <param name="grid">The column's values, as text.</param>
    /// <param name="values">The curve, as long as the grid.</param>
    /// <param name="now">The sample's own value and prediction; null for an average.</param>
    /// <param name="context">What the explanation does not hold.</param>
    public static string Curve(
        Explanation explanation, string feature, IReadOnlyList<string> grid, IReadOnlyList<double> values,
        (string Value, double Prediction)? now, FigureContext context)
    {
        var effect = Words.IsDifference(explanation) ? "Effect on " : "";
        var head = $"{effect}{NumberText.Cut(Words.OneLine(explanation.Target.Name), 60)} against {NumberText.Cut(Words.OneLine(feature), 60)}";
        if (grid.Count == 0 || values.Count == 0) return head + ": no values.";

        int lowest = 0, highest = 0;
        for (var i = 1; i < values.Count; i++)
        {
            if (values[i] < values[lowest]) lowest = i;
            if (values[i] > values[highest]) highest = i;
        }

        return $"{head} from {X(0)} to {X(values.Count - 1)}: {Y(0)}, lowest {Y(lowest)} at {X(lowest)}, highest {Y(highest)} at {X(highest)}, "
            + $"{Y(values.Count - 1)} at the end."
            + (now is var (value, prediction) ? $" Now {NumberText.Cut(NumberText.DataValue(value), 40)}: {Words.Value(prediction, explanation.Target, context)}." : "");

        string X(int index) => NumberText.Cut(NumberText.DataValue(grid[index]), 40);
        string Y(int index) => Words.CurveValue(values[index], explanation, context);
    }

    /// <summary>A column with its value: <c>age = 50</c>.</summary>
    internal static string Name(Attribution attribution)
    {
        var name = NumberText.Cut(Words.OneLine(attribution.Feature), 40);
        return attribution.Value is null ? name : $"{name} = {NumberText.Cut(NumberText.DataValue(attribution.Value), 30)}";
    }

    internal static string Longest(int most, Func<int, string> text)
    {
        for (var rows = most; rows > 1; rows--)
        {
            if (text(rows) is { Length: <= Limit } fits) return fits;
        }

        var shortest = text(1);
        return shortest.Length <= Limit ? shortest : shortest[..(Limit - 1)] + '\u2026';
    }

    private static string Capital(string text) => char.ToUpper(text[0], CultureInfo.InvariantCulture) + text[1..];
}
