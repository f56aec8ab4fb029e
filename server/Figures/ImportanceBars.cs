using System.Collections.Immutable;
using ExplainLsp.Explainers;

namespace ExplainLsp.Figures;

/// <summary>
/// Importance of columns over a whole file: neutral bars with one deviation as a line through the end (420 × 4 + 20 a line, the header
/// being one). A negative mean lies left of zero. Importances do not add up, so the remainder says how large it is at most.
/// </summary>
public static class ImportanceBars
{
    private const double Pitch = 20;

    /// <summary>Draws a global explanation's attributions, the twelve most important and the remainder.</summary>
    /// <param name="explanation">From permutation-importance or mean-abs-shap.</param>
    /// <param name="style">Colours, chrome, scale and width.</param>
    public static Figure Draw(Explanation explanation, FigureStyle style)
    {
        using var drawing = Render(explanation, style);
        return FigureFrame.Finish(drawing.Canvas, AltText.Importance(explanation, style.Receipt), drawing.Regions);
    }

    internal static ContributionDrawing Render(Explanation explanation, FigureStyle style)
    {
        var ranked = RankedContributions.Of(explanation, style.Chrome == Chrome.Hover ? 7 : 12);
        var signed = !Words.IsStrength(explanation);
        var scale = Words.ImportanceScale(explanation, Words.ScaleOf(explanation.Target, style.Receipt));
        var format = ContributionFormat.For(scale, explanation.Attributions.Select(attribution => attribution.Contribution));
        var lines = ranked.Shown.Length + (ranked.OtherCount > 0 ? 1 : 0);
        var width = FigureFrame.WidthOf(style, 420);
        var frame = new FigureFrame(explanation, style);
        var canvas = new FigureCanvas(width, frame.Around(4 + (Pitch * (lines + 1))), style);
        frame.Draw(canvas);

        var texts = ranked.Shown.Select(attribution => signed ? format.WithSign(attribution.Contribution) : format.Size(attribution.Contribution)).ToArray();
        var others = $"at most {format.Size(ranked.OtherLargest)}";
        var numbers = texts.Select(text => Typography.Measure(text, TextRole.Label)).DefaultIfEmpty(0).Max();
        var names = ranked.Shown.Select((attribution, i) => ContributionRow.Drawable(
            Words.OneLine(attribution.Feature), $"column {NumberText.Whole(ranked.Indices[i] + 1)}")).ToArray();
        var widest = names.Append(ranked.OtherCount > 0 ? Words.OtherColumns(ranked.OtherCount) : "").Select(name => Typography.Measure(name, TextRole.Label)).DefaultIfEmpty(0).Max();
        var nameRight = Math.Min(Math.Ceiling(widest), Math.Round(width * 0.42));
        var ends = ranked.Shown.SelectMany(attribution => Ends(attribution)).Where(double.IsFinite).Append(0).ToArray();
        var (left, right) = (nameRight + 12, width - Math.Max(50, numbers + 12));
        var axis = ends.All(end => end == 0) ? new Axis(0, 1, left, right) : Axis.Over(ends, left, right);
        var (zero, top) = (axis.At(0), frame.Top + Pitch);
        DrawUnit(canvas, explanation, style.Receipt, frame.Top + 10);

        var bars = ImmutableArray.CreateBuilder<DrawnBar>();
        var regions = ImmutableArray.CreateBuilder<FigureRegion>();
        for (var i = 0; i < ranked.Shown.Length; i++)
        {
            var (attribution, centre) = (ranked.Shown[i], top + ((i + 0.5) * Pitch));
            canvas.Text(FigureCanvas.Fit(names[i], TextRole.Label, nameRight), nameRight, centre + 4, TextRole.Label, canvas.Theme.Ink, Align.Right);
            canvas.Text(texts[i], width, centre + 4, TextRole.Label, canvas.Theme.Ink, Align.Right);
            regions.Add(new FigureRegion(0, centre - (Pitch / 2), width, Pitch, attribution.Feature, Label(attribution, texts[i])));
            if (!double.IsFinite(attribution.Contribution)) continue;
            var end = axis.At(attribution.Contribution);
            DrawBar(canvas, zero, end, centre);
            bars.Add(new DrawnBar(attribution.Feature, zero, end));
            var spread = Ends(attribution);
            ContributionBar.DrawError(canvas, axis.At(spread[0]), axis.At(spread[1]), centre);
        }

        if (ranked.OtherCount > 0)
        {
            var (centre, words) = (top + ((lines - 0.5) * Pitch), Words.OtherColumns(ranked.OtherCount));
            canvas.Text(words, nameRight, centre + 4, TextRole.Label, canvas.Theme.Ink2, Align.Right);
            canvas.Text(others, width, centre + 4, TextRole.Label, canvas.Theme.Ink2, Align.Right);
            regions.Add(new FigureRegion(0, centre - (Pitch / 2), width, Pitch, null, $"{words}: {others}"));
        }

        canvas.VerticalLine(zero, top - 2, top + (lines * Pitch), canvas.Theme.Axis);
        return new ContributionDrawing(canvas, bars.ToImmutable(), regions.ToImmutable());

        string Label(Attribution attribution, string text) =>
            $"{AltText.Name(attribution)}: {text}" + (attribution.StandardDeviation is { } deviation ? $" ± {format.Size(deviation)}" : "");
    }

    private static double[] Ends(Attribution attribution)
    {
        var deviation = attribution.StandardDeviation is { } spread && double.IsFinite(spread) ? spread : 0;
        return [attribution.Contribution - deviation, attribution.Contribution + deviation];
    }

    private static void DrawUnit(FigureCanvas canvas, Explanation explanation, FigureContext context, double baseline)
    {
        var deviations = explanation.Attributions.Any(attribution => attribution.StandardDeviation > 0);
        var unit = ContributionRow.Drawable(Words.ImportanceUnit(explanation, context), "importance") + (deviations ? "; line: ±1 deviation" : "");
        canvas.Text(FigureCanvas.Fit(unit, TextRole.Small, canvas.Width), canvas.Width, baseline, TextRole.Small, canvas.Theme.Ink2, Align.Right);
    }

    private static void DrawBar(FigureCanvas canvas, double zero, double end, double centre)
    {
        var (left, right) = (Math.Min(zero, end), Math.Max(zero, end));
        if (right - left < 1.5) (left, right) = end < zero ? (zero - 2, zero) : end > zero ? (zero, zero + 2) : (zero - 1, zero + 1);
        if (!canvas.Theme.HighContrast)
        {
            canvas.Rectangle(left, centre - 5, right, centre + 5, canvas.Theme.Neutral);
            return;
        }

        ReadOnlySpan<SkiaSharp.SKPoint> shape =
        [
            FigureCanvas.At(left, centre - 5), FigureCanvas.At(right, centre - 5),
            FigureCanvas.At(right, centre + 5), FigureCanvas.At(left, centre + 5),
        ];
        canvas.Outline(shape, canvas.Theme.Ink);
    }
}
