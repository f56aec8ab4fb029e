using System.Collections.Immutable;
using ExplainLsp.Explainers;

namespace ExplainLsp.Figures;

/// <summary>
/// One row's strongest contributions as bars from a common zero line, and the remainder. The small figure of a hover (420 × 164 with
/// six columns and the remainder), and in a panel the figure for methods whose contributions do not add up.
/// </summary>
public static class RowContributions
{
    /// <summary>Draws an explanation's attributions. Those that are not finite keep their text and get no bar.</summary>
    /// <param name="explanation">A local explanation.</param>
    /// <param name="style">Colours, chrome, scale and width.</param>
    public static Figure Draw(Explanation explanation, FigureStyle style)
    {
        using var drawing = Render(explanation, style);
        return FigureFrame.Finish(drawing.Canvas, AltText.Contributions(explanation, style.Receipt), drawing.Regions);
    }

    internal static ContributionDrawing Render(Explanation explanation, FigureStyle style)
    {
        var hover = style.Chrome == Chrome.Hover;
        var (pitch, bar, arrow, header) = hover ? (20.0, 12.0, 4.0, 20.0) : (26.0, 16.0, 6.0, 24.0);
        var width = FigureFrame.WidthOf(style, hover ? 420 : 600);
        var rows = ContributionRow.Of(explanation, style.Receipt, hover ? 6 : width < 600 ? 8 : 9);
        var frame = new FigureFrame(explanation, style);
        var canvas = new FigureCanvas(width, frame.Around(header + (rows.Length * pitch) + (hover ? 4 : 28)), style);
        frame.Draw(canvas);

        var names = Math.Round(width * (hover ? 206.0 / 420 : 222.0 / 600));
        var numbers = rows.Select(row => Typography.Measure(row.Number, TextRole.Label)).DefaultIfEmpty(0).Max();
        var left = names + (hover ? 12 : 24);
        var right = width - Math.Max(hover ? 50 : 64, numbers + 12);
        var ends = rows.SelectMany(row => (double[])[row.Contribution - row.Error, row.Contribution + row.Error]).Where(double.IsFinite).Append(0);
        var axis = ends.All(end => end == 0) ? new Axis(0, 1, left, right) : Axis.Over(ends, left, right);
        var zero = axis.At(0);

        DrawHeader(canvas, explanation, style.Receipt, frame.Top + (hover ? 10 : 12), zero, left, right);
        var bars = ImmutableArray.CreateBuilder<DrawnBar>();
        var regions = ImmutableArray.CreateBuilder<FigureRegion>();
        var top = frame.Top + header;
        for (var i = 0; i < rows.Length; i++)
        {
            var (row, centre) = (rows[i], top + ((i + 0.5) * pitch));
            row.DrawText(canvas, names, centre + 4);
            row.DrawNumber(canvas, width, centre + 4);
            regions.Add(new FigureRegion(0, centre - (pitch / 2), width, pitch, row.Feature, row.Label));
            if (!double.IsFinite(row.Contribution)) continue;
            var end = axis.At(row.Contribution);
            ContributionBar.Draw(canvas, row.Kind, zero, end, centre, bar, arrow);
            ContributionBar.DrawError(canvas, axis.At(row.Contribution - row.Error), axis.At(row.Contribution + row.Error), centre);
            bars.Add(new DrawnBar(row.Feature, zero, end));
        }

        canvas.VerticalLine(zero, top - 6, top + (rows.Length * pitch), canvas.Theme.Axis);
        if (!hover) DirectionLegend.Swatches(canvas, explanation, style.Receipt, left, top + (rows.Length * pitch) + 22);
        return new ContributionDrawing(canvas, bars.ToImmutable(), regions.ToImmutable());
    }

    private static void DrawHeader(
        FigureCanvas canvas, Explanation explanation, FigureContext context, double baseline, double zero, double left, double right)
    {
        var words = Words.ContributionUnit(explanation.Target, context);
        var unit = FigureCanvas.Fit(ContributionRow.Drawable(words, "units"), TextRole.Small, (canvas.Width - left) / 2);
        var taken = canvas.Text(unit, canvas.Width, baseline, TextRole.Small, canvas.Theme.Ink2, Align.Right);
        DirectionLegend.AtZero(canvas, explanation, context, zero, 0, Math.Max(Math.Min(right + 40, canvas.Width - taken - 12), left), baseline);
    }
}

/// <summary>A contribution figure before it is encoded, for tests of its geometry.</summary>
internal sealed record ContributionDrawing(FigureCanvas Canvas, ImmutableArray<DrawnBar> Bars, ImmutableArray<FigureRegion> Regions) : IDisposable
{
    public void Dispose() => Canvas.Dispose();
}

/// <summary>A bar as drawn, in CSS pixels; <paramref name="To"/> is the arrow's tip.</summary>
internal readonly record struct DrawnBar(string? Feature, double From, double To);
