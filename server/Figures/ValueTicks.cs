namespace ExplainLsp.Figures;

/// <summary>Tick labels of an axis of the target's values: probabilities in %, and log-odds with the probability below.</summary>
internal static class ValueTicks
{
    /// <summary>From the first line of labels to the second.</summary>
    public const double SecondLine = 14;

    /// <summary>Values, labels, and second labels that are empty but for log-odds.</summary>
    public static IEnumerable<(double Value, string Label, string Second)> Of(Axis axis, TargetScale scale) =>
        axis.Ticks(6, scale == TargetScale.Probability ? 100 : 1).Select(tick => (
            tick.Value,
            scale == TargetScale.Probability ? $"{tick.Label}{NumberText.ThinSpace}%" : tick.Label,
            scale == TargetScale.LogOdds ? NumberText.WholePercent(Words.Logistic(tick.Value)) : ""));

    /// <summary>Draws the labels that fit, centred under their values, and the unit at the right.</summary>
    /// <param name="canvas">Where.</param>
    /// <param name="axis">The axis, from left to right.</param>
    /// <param name="scale">What the values are.</param>
    /// <param name="unit">What they are called.</param>
    /// <param name="baseline">Baseline of the first line.</param>
    /// <param name="taken">What the second line holds already.</param>
    public static void Draw(FigureCanvas canvas, Axis axis, TargetScale scale, string unit, double baseline, (double Left, double Right) taken = default)
    {
        var ink = canvas.Theme.Ink2;
        var fitted = FigureCanvas.Fit(ContributionRow.Drawable(unit, "units"), TextRole.Small, canvas.Width / 5.0);
        var right = canvas.Width - canvas.Text(fitted, canvas.Width, baseline, TextRole.Small, ink, Align.Right);
        var secondRight = (double)canvas.Width;
        if (scale == TargetScale.LogOdds && IsFree(canvas.Width - Typography.Measure("probability", TextRole.Small), canvas.Width))
        {
            secondRight -= canvas.Text("probability", canvas.Width, baseline + SecondLine, TextRole.Small, ink, Align.Right);
        }

        var last = -10.0;
        foreach (var (value, label, second) in Of(axis, scale))
        {
            var x = axis.At(value);
            var (half, halfBelow) = (Typography.Measure(label, TextRole.Small) / 2, Typography.Measure(second, TextRole.Small) / 2);
            if (x - Math.Max(half, halfBelow) < Math.Max(last + 6, 0) || x + half > right - 8) continue;
            canvas.Text(label, x, baseline, TextRole.Small, ink, Align.Centre);
            last = x + Math.Max(half, halfBelow);
            if (x + halfBelow < secondRight - 8 && IsFree(x - halfBelow, x + halfBelow)) canvas.Text(second, x, baseline + SecondLine, TextRole.Small, ink, Align.Centre);
        }

        bool IsFree(double from, double to) => taken.Right <= taken.Left || to + 8 <= taken.Left || from - 8 >= taken.Right;
    }
}
