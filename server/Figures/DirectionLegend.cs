using ExplainLsp.Explainers;

namespace ExplainLsp.Figures;

/// <summary>What the two directions mean: a word with an arrow at a zero line, or two named swatches below a panel's figure.</summary>
internal static class DirectionLegend
{
    private const double ArrowLength = 9;
    private const double Gap = 5;

    /// <summary>
    /// Writes <c>towards X →</c> right of the zero line, or <c>← away from X</c> left of it where that has more room.
    /// </summary>
    /// <param name="canvas">Where.</param>
    /// <param name="explanation">Whose target.</param>
    /// <param name="context">What the explanation does not hold.</param>
    /// <param name="zero">The zero line.</param>
    /// <param name="left">No text left of this.</param>
    /// <param name="right">No text right of this.</param>
    /// <param name="baseline">The text's baseline.</param>
    public static void AtZero(
        FigureCanvas canvas, Explanation explanation, FigureContext context, double zero, double left, double right, double baseline)
    {
        var ink = canvas.Theme.Ink2;
        var towards = Drawn(Words.Towards(explanation.Target, context), explanation.Target);
        var roomRight = right - zero - (2 * Gap) - ArrowLength - 2;
        var end = Math.Min(zero - Gap, right);
        var roomLeft = end - left - Gap - ArrowLength - 2;
        if (Typography.Measure(towards, TextRole.Small) <= roomRight || roomRight >= roomLeft)
        {
            var width = canvas.Text(FigureCanvas.Fit(towards, TextRole.Small, roomRight), zero + Gap, baseline, TextRole.Small, ink);
            canvas.Arrow(zero + Gap + width + Gap, baseline, ArrowLength, ink);
            return;
        }

        var away = FigureCanvas.Fit(Drawn(Words.Away(explanation.Target, context), explanation.Target), TextRole.Small, roomLeft);
        var taken = canvas.Text(away, end, baseline, TextRole.Small, ink, Align.Right);
        canvas.Arrow(end - taken - Gap - ArrowLength, baseline, -ArrowLength, ink);
    }

    /// <summary>Writes <c>towards X →</c> at the left end of a line and <c>← away from X</c> at its right end, where there is room.</summary>
    /// <param name="canvas">Where.</param>
    /// <param name="explanation">Whose target.</param>
    /// <param name="context">What the explanation does not hold.</param>
    /// <param name="left">The end of the left text's room.</param>
    /// <param name="right">The start of the right text's room.</param>
    /// <param name="baseline">The texts' baseline.</param>
    public static void Meeting(FigureCanvas canvas, Explanation explanation, FigureContext context, double left, double right, double baseline)
    {
        const double least = 70;
        var ink = canvas.Theme.Ink2;
        if (left - Gap - ArrowLength >= least)
        {
            var towards = FigureCanvas.Fit(Drawn(Words.Towards(explanation.Target, context), explanation.Target), TextRole.Small, left - Gap - ArrowLength);
            canvas.Arrow(Gap + canvas.Text(towards, 0, baseline, TextRole.Small, ink), baseline, ArrowLength, ink);
        }

        var room = canvas.Width - right - Gap - ArrowLength;
        if (room < least) return;
        var away = FigureCanvas.Fit(Drawn(Words.Away(explanation.Target, context), explanation.Target), TextRole.Small, room);
        canvas.Arrow(canvas.Width - canvas.Text(away, canvas.Width, baseline, TextRole.Small, ink, Align.Right) - Gap - ArrowLength, baseline, -ArrowLength, ink);
    }

    /// <summary>Whether <see cref="Meeting"/> can write both directions whole.</summary>
    public static bool Meets(double width, Explanation explanation, FigureContext context, double left, double right) =>
        Typography.Measure(Drawn(Words.Towards(explanation.Target, context), explanation.Target), TextRole.Small) + Gap + ArrowLength <= left
        && Typography.Measure(Drawn(Words.Away(explanation.Target, context), explanation.Target), TextRole.Small) + Gap + ArrowLength <= width - right;

    /// <summary>Two swatches with their names.</summary>
    public static void Swatches(FigureCanvas canvas, Explanation explanation, FigureContext context, double left, double baseline)
    {
        const double swatch = 18, gap = 6, between = 20;
        var names = new[]
        {
            (Text: Drawn(Words.Away(explanation.Target, context), explanation.Target), Direction: -1),
            (Text: Drawn(Words.Towards(explanation.Target, context), explanation.Target), Direction: 1),
        };
        var needed = names.Sum(name => swatch + gap + Typography.Measure(name.Text, TextRole.Small)) + between;
        var x = Math.Max(0, Math.Min(left, canvas.Width - needed));
        var room = ((canvas.Width - x - between) / 2) - swatch - gap;
        foreach (var (text, direction) in names)
        {
            var (from, to) = direction < 0 ? (x + swatch, x) : (x, x + swatch);
            ContributionBar.Draw(canvas, BarKind.Column, from, to, baseline - 4, 9, 4);
            var fitted = needed <= canvas.Width ? text : FigureCanvas.Fit(text, TextRole.Small, room);
            x += swatch + gap;
            x += canvas.Text(fitted, x, baseline, TextRole.Small, canvas.Theme.Ink2) + between;
        }
    }

    private static string Drawn(string words, Target target) =>
        Typography.CanDraw(words) ? words
        : words.Replace(Words.OneLine(target.Name), $"class {NumberText.Whole(target.Index)}", StringComparison.Ordinal);
}
