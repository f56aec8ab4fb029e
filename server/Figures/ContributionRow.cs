using System.Collections.Immutable;
using ExplainLsp.Explainers;

namespace ExplainLsp.Figures;

/// <summary>One line of a contribution figure, in words and numbers.</summary>
/// <param name="Feature">The column; null for what stands for several.</param>
/// <param name="Name">What is written at the left.</param>
/// <param name="Value">The sample's value, ready to show; empty for none.</param>
/// <param name="Contribution">Its contribution, in the target's space.</param>
/// <param name="Error">Standard error, or 0.</param>
/// <param name="Number">The contribution as text.</param>
/// <param name="Kind">Column or several.</param>
/// <param name="Label">The line in words, for its region.</param>
internal sealed record ContributionRow(
    string? Feature, string Name, string Value, double Contribution, double Error, string Number, BarKind Kind, string Label)
{
    /// <summary>The strongest columns and the remainder, so that the figure adds up.</summary>
    public static ImmutableArray<ContributionRow> Of(Explanation explanation, FigureContext context, int rows)
    {
        var scale = Words.ScaleOf(explanation.Target, context);
        var format = ContributionFormat.For(scale, explanation.Attributions.Select(attribution => attribution.Contribution));
        var unit = Words.ContributionUnit(explanation.Target, context);
        var ranked = RankedContributions.Of(explanation, rows);
        var lines = ImmutableArray.CreateBuilder<ContributionRow>();
        for (var i = 0; i < ranked.Shown.Length; i++)
        {
            var attribution = ranked.Shown[i];
            var number = format.WithSign(attribution.Contribution);
            lines.Add(new ContributionRow(
                attribution.Feature,
                Drawable(Words.OneLine(attribution.Feature), $"column {NumberText.Whole(ranked.Indices[i] + 1)}"),
                attribution.Value is null ? "" : Drawable(NumberText.DataValue(attribution.Value), "\u2026"),
                attribution.Contribution,
                attribution.StandardError is { } error && double.IsFinite(error) ? error : 0,
                number,
                BarKind.Column,
                $"{AltText.Name(attribution)}: {number} {unit}" + Direction(attribution.Contribution, number)));
        }

        if (ranked.OtherCount > 0)
        {
            var (name, number) = (Words.OtherColumns(ranked.OtherCount), format.WithSign(ranked.OtherSum));
            lines.Add(new ContributionRow(null, name, "", ranked.OtherSum, 0, number, BarKind.Others, $"{name}: {number} {unit}"));
        }

        return lines.ToImmutable();

        string Direction(double contribution, string number) =>
            number.Contains('\u00B1') || double.IsNaN(contribution) ? ""
            : $" {(contribution > 0 ? Words.Towards(explanation.Target, context) : Words.Away(explanation.Target, context))}";
    }

    /// <summary>The rows with what the method could not attribute as one more, so that they lead to the prediction.</summary>
    public static ImmutableArray<ContributionRow> WithGap(ImmutableArray<ContributionRow> rows, Explanation explanation, FigureContext context)
    {
        var gap = explanation.CompletenessGap!.Value;
        var scale = Words.ScaleOf(explanation.Target, context);
        var format = ContributionFormat.For(scale, explanation.Attributions.Select(attribution => attribution.Contribution));
        var number = format.WithSign(gap);
        // Below the last decimal that is shown it is in the receipt only.
        if (Words.Gap(explanation, context)!.Contains('<', StringComparison.Ordinal) || number.Contains('\u00B1')) return rows;
        const string name = "not explained (gap)";
        var unit = Words.ContributionUnit(explanation.Target, context);
        return rows.Add(new ContributionRow(null, name, "", gap, 0, number, BarKind.Others, $"{name}: {number} {unit}"));
    }

    /// <summary>The text, or what is written instead when the machine has no font for it.</summary>
    public static string Drawable(string text, string otherwise) => Typography.CanDraw(text) ? text : otherwise;

    /// <summary>Draws name and value on one line; the name is cut last, after its value.</summary>
    public void DrawText(FigureCanvas canvas, double width, double baseline)
    {
        const double gap = 10;
        var nameWidth = Typography.Measure(Name, TextRole.Label);
        var valueWidth = Math.Min(Typography.Measure(Value, TextRole.Label), Math.Max(width - nameWidth - gap, Math.Min(48, width / 3)));
        var value = FigureCanvas.Fit(Value, TextRole.Label, valueWidth + 0.01);
        var drawn = canvas.Text(value, width, baseline, TextRole.Label, canvas.Theme.Ink2, Align.Right);
        var name = FigureCanvas.Fit(Name, TextRole.Label, width - (drawn > 0 ? drawn + gap : 0));
        canvas.Text(name, 0, baseline, TextRole.Label, Kind == BarKind.Column ? canvas.Theme.Ink : canvas.Theme.Ink2);
    }

    /// <summary>Draws the number, right-aligned.</summary>
    public void DrawNumber(FigureCanvas canvas, double right, double baseline) =>
        canvas.Text(Number, right, baseline, TextRole.Label, Kind == BarKind.Column ? canvas.Theme.Ink : canvas.Theme.Ink2, Align.Right);
}
