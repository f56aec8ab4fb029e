using System.Collections.Immutable;
using ExplainLsp.Explainers;

namespace ExplainLsp.Figures;

/// <summary>Where along a curve the model's answer becomes another one, in words that hold for every value that was tried.</summary>
/// <param name="Answer">The other answer.</param>
/// <param name="Where">Where it begins, seen from the current value: <c>At hours-per-week 34 or less</c>.</param>
public sealed record AnswerChange(string Answer, string Where)
{
    /// <summary><c>At hours-per-week 34 or less the answer becomes &lt;=50K.</c></summary>
    public string Sentence => $"{Where} the answer becomes {Answer}.";

    /// <summary>The change nearest to the current value; null when every value gives the same answer, or none is known.</summary>
    /// <param name="feature">The column.</param>
    /// <param name="curve">Its curve.</param>
    /// <param name="answers">The predicted class at each value of the grid.</param>
    /// <param name="currentValue">The row's value as the user wrote it; null when missing.</param>
    /// <param name="currentAnswer">The model's answer for the row.</param>
    public static AnswerChange? Find(
        string feature, Curve curve, IReadOnlyList<string> answers, string? currentValue, string currentAnswer)
    {
        var count = Math.Min(curve.Grid.Length, answers.Count);
        return curve.Numeric.Length >= count && count > 0 && Number(currentValue) is { } current
            ? Nearest(feature, curve.Numeric, answers, count, current, currentAnswer)
            : Category(feature, curve.Grid, answers, count, currentAnswer);
    }

    /// <summary>The answers of a binary classifier along a curve of one class's probability; the class wins ties.</summary>
    /// <param name="probabilities">The probability of <paramref name="name"/> at each value.</param>
    /// <param name="name">The class whose probability it is.</param>
    /// <param name="other">The other class.</param>
    public static ImmutableArray<string> BinaryAnswers(IReadOnlyList<double> probabilities, string name, string other) =>
        [.. probabilities.Select(probability => probability >= 0.5 ? name : other)];

    private static AnswerChange? Nearest(
        string feature, ImmutableArray<double> grid, IReadOnlyList<string> answers, int count, double current, string currentAnswer)
    {
        int below = -1, above = -1;
        for (var i = 0; i < count; i++)
        {
            if (answers[i] == currentAnswer) continue;
            if (grid[i] < current) below = i;
            if (grid[i] > current && above < 0) above = i;
        }

        if (below < 0 && above < 0) return null;
        var downwards = above < 0 || (below >= 0 && current - grid[below] <= grid[above] - current);
        var start = downwards ? below : above;
        var end = start;
        var step = downwards ? -1 : 1;
        while (end + step >= 0 && end + step < count && answers[end + step] == answers[start]) end += step;

        var (low, high) = (NumberText.DataValue(grid[Math.Min(start, end)]), NumberText.DataValue(grid[Math.Max(start, end)]));
        var range = end == 0 && downwards ? $"{high} or less" : end == count - 1 && !downwards ? $"{low} or more" : low == high ? low : $"{low} to {high}";
        var where = $"At {Words.OneLine(feature)} {range}";
        return new AnswerChange(Words.OneLine(answers[start]), where);
    }

    private static AnswerChange? Category(
        string feature, ImmutableArray<string> grid, IReadOnlyList<string> answers, int count, string currentAnswer)
    {
        var other = Enumerable.Range(0, count).Where(i => answers[i] != currentAnswer).GroupBy(i => answers[i]).MaxBy(group => group.Count());
        if (other is null) return null;
        var values = other.Select(i => NumberText.DataValue(grid[i])).ToList();
        var named = values.Count <= 3 ? string.Join(values.Count == 2 ? " or " : ", ", values)
            : $"{string.Join(", ", values.Take(2))} and {NumberText.Whole(values.Count - 2)} other values";
        return new AnswerChange(Words.OneLine(other.Key), $"With {Words.OneLine(feature)} {named}");
    }

    private static double? Number(string? text) =>
        double.TryParse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number) ? number : null;
}
