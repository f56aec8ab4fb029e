using System.Collections.Immutable;
using ExplainLsp.Explainers;

namespace ExplainLsp.Figures;

/// <summary>
/// Partial dependence, individual conditional expectation, accumulated local effects, ceteris-paribus profiles: one column in 420 × 240, or
/// at most twelve as small plots that share one scale, those that move the prediction most first.
/// </summary>
public static class PartialDependence
{
    private const int MostPlots = 12;
    private const double PlotHeight = 190;

    /// <summary>Draws the curves of an explanation.</summary>
    /// <param name="explanation">From a method with curves.</param>
    /// <param name="curve">Which column (all that have curves when none is named), and the row that is explained, if any.</param>
    /// <param name="style">Colours, chrome, scale and width.</param>
    public static Figure Draw(Explanation explanation, CurveContext curve, FigureStyle style)
    {
        using var drawing = Render(explanation, curve, style);
        return FigureFrame.Finish(drawing.Canvas, drawing.Alt, drawing.Regions);
    }

    internal static CurveDrawing Render(Explanation explanation, CurveContext curve, FigureStyle style)
    {
        var attributions = explanation.Attributions.Where(attribution => attribution.Curve is not null).ToArray();
        return curve.Feature is not null || attributions.Length <= 1
            ? CurveDrawing.Of(explanation, curve, style, height: 240, others: true)
            : Several(explanation, attributions, curve, style);
    }

    private static CurveDrawing Several(Explanation explanation, Attribution[] attributions, CurveContext context, FigureStyle style)
    {
        const double gap = 32;
        var shown = attributions.OrderByDescending(attribution => Range(attribution.Curve!)).Take(MostPlots).ToArray();
        var width = FigureFrame.WidthOf(style, 600);
        var columns = width >= 840 ? 3 : width >= 560 ? 2 : 1;
        var others = shown.Any(attribution => !attribution.Curve!.Individual.IsEmpty);
        var hidden = attributions.Length - shown.Length;
        var rows = (shown.Length + columns - 1) / columns;
        var frame = new FigureFrame(explanation, style);
        var height = (rows * PlotHeight) + (hidden > 0 ? 20 : 0);
        var canvas = new FigureCanvas(width, frame.Around(height), style);
        frame.Draw(canvas);

        var scale = Words.ScaleOf(explanation.Target, style.Receipt);
        var averages = CurveContext.None with { Steps = context.Steps };
        var values = CurvePlot.ValuesOf(shown, averages, scale, others, Words.IsDifference(explanation));
        var cell = (width - (gap * (columns - 1))) / columns;
        var regions = ImmutableArray.CreateBuilder<FigureRegion>();
        for (var i = 0; i < shown.Length; i++)
        {
            double left = (i % columns) * (cell + gap), top = frame.Top + ((i / columns) * PlotHeight);
            var plot = new CurvePlot(canvas, explanation, shown[i], averages, style.Receipt);
            plot.Draw(new CurveArea(left, left + cell - 4, top, top + PlotHeight - 8), values, others, nameAxis: i % columns == 0);
            var words = CurveDrawing.AltOf(explanation, shown[i], averages, style.Receipt);
            regions.Add(new FigureRegion(left, top, cell, PlotHeight - 8, shown[i].Feature, words));
        }

        if (hidden > 0)
        {
            var rest = $"{Words.OtherColumns(hidden)} move it less";
            canvas.Text(rest, 0, frame.Top + height - 6, TextRole.Small, canvas.Theme.Ink2);
        }

        return new CurveDrawing(canvas, AltOf(explanation, shown, hidden, style.Receipt), regions.ToImmutable());
    }

    private static double Range(Curve curve)
    {
        var finite = curve.Average.Where(double.IsFinite).ToArray();
        return finite.Length == 0 ? 0 : finite.Max() - finite.Min();
    }

    private static string AltOf(Explanation explanation, Attribution[] shown, int hidden, FigureContext receipt)
    {
        for (var count = shown.Length; count > 0; count--)
        {
            var ranges = shown.Take(count).Select(attribution =>
            {
                var finite = attribution.Curve!.Average.Where(double.IsFinite).DefaultIfEmpty(double.NaN).ToArray();
                return $"{NumberText.Cut(Words.OneLine(attribution.Feature), 40)} "
                    + $"{Words.CurveValue(finite.Min(), explanation, receipt)} to {Words.CurveValue(finite.Max(), explanation, receipt)}";
            });
            var others = hidden + shown.Length - count;
            var text = $"{NumberText.Cut(Words.CurveName(explanation), 70)} as each column moves: {string.Join(", ", ranges)}."
                + (others > 0 ? $" {Words.OtherColumns(others)} move it less." : "");
            if (text.Length < 400) return text;
        }

        return "Average prediction as each column moves.";
    }
}
