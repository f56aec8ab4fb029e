using System.Collections.Immutable;
using ExplainLsp.Explainers;

namespace ExplainLsp.Figures;

/// <summary>
/// Whether probabilities can be taken at their word (420 × 320): the share of rows that are the class against the mean probability of their
/// bin, with 95 % intervals (Wilson 1927), and below how many rows each bin has.
/// </summary>
public static class CalibrationPlot
{
    private const int FewRows = 10;
    private const double Height = 320;
    private const double CountsHeight = 40;

    /// <summary>Draws the calibration of a class.</summary>
    /// <param name="performance">Of a classifier with probabilities.</param>
    /// <param name="className">The class whose probability it is.</param>
    /// <param name="style">Colours, chrome, scale and width.</param>
    public static Figure Draw(Performance performance, string className, FigureStyle style)
    {
        using var drawing = Render(performance, className, style);
        return FigureFrame.Finish(drawing.Canvas, drawing.Alt, drawing.Regions);
    }

    internal static MatrixDrawing Render(Performance performance, string className, FigureStyle style)
    {
        var frame = ConfusionMatrix.FrameOf("Calibration", performance, style);
        var canvas = new FigureCanvas(FigureFrame.WidthOf(style, 420), frame.Around(Height), style);
        frame.Draw(canvas);

        var (theme, name) = (canvas.Theme, ContributionRow.Drawable(Words.OneLine(className), "the class"));
        var (left, right, top) = (36.0, canvas.Width - 14.0, frame.Top + 30);
        var counts = frame.Top + Height - 40;
        var bottom = counts - CountsHeight - 14;
        var (x, y) = (new Axis(0, 1, left, right), new Axis(0, 1, bottom, top));
        canvas.Text(FigureCanvas.Fit($"rows that are {name}, % with 95{NumberText.ThinSpace}% interval", TextRole.Small, canvas.Width), 0, frame.Top + 11, TextRole.Small, theme.Ink2);
        foreach (var (value, label) in y.Ticks(6, 100))
        {
            canvas.HorizontalLine(left, right, y.At(value), value == 0 ? theme.Axis : theme.Grid);
            canvas.Text(label, left - 6, y.At(value) + 4, TextRole.Small, theme.Ink2, Align.Right);
            canvas.Centred(label, x.At(value), counts + 14, TextRole.Small, theme.Ink2);
        }

        canvas.Centred($"predicted probability of {name}, %", (left + right) / 2, counts + 32, TextRole.Small, theme.Ink2);
        canvas.Polyline([FigureCanvas.At(x.At(0), y.At(0)), FigureCanvas.At(x.At(1), y.At(1))], theme.Ink2, 1.5, [4, 3]);
        // At the line's end, where no interval reaches.
        canvas.Text("perfectly calibrated", right, top - 5, TextRole.Small, theme.Ink2, Align.Right);
        ImmutableArray<CalibrationBin> bins = [.. performance.Calibration.Where(bin => bin.Rows > 0)];
        DrawCounts(canvas, bins, x, counts);
        canvas.Polyline([.. bins.Select(bin => FigureCanvas.At(x.At(bin.Predicted), y.At(bin.Observed)))], theme.Strong, 2);
        var regions = ImmutableArray.CreateBuilder<FigureRegion>();
        foreach (var bin in bins)
        {
            var at = x.At(bin.Predicted);
            DrawInterval(canvas, at, y.At(bin.Low), y.At(bin.High));
            if (bin.Rows >= FewRows)
            {
                canvas.Dot(at, y.At(bin.Observed), 4, 1, theme.Strong);
            }
            else
            {
                canvas.Dot(at, y.At(bin.Observed), 4, 1, theme.Ground);
                canvas.Circle(at, y.At(bin.Observed), 3.5, 1.5, theme.Strong);
            }

            regions.Add(new FigureRegion(
                Math.Clamp(at - 12, 0, canvas.Width - 24), top, 24, counts - top, null,
                $"predicted {NumberText.Probability(bin.Predicted)}: {NumberText.ProbabilityInterval(bin.Observed, bin.Low, bin.High)} are {Words.OneLine(className)}, {RowRegions.Count(bin.Rows)}"));
        }

        return new MatrixDrawing(canvas, AltOf(performance, bins, className), regions.ToImmutable());
    }

    /// <summary>2 wide with caps of 8.</summary>
    private static void DrawInterval(FigureCanvas canvas, double x, double low, double high)
    {
        canvas.VerticalLine(x, high, low, canvas.Theme.Ink2, 2);
        foreach (var end in (double[])[low, high]) canvas.HorizontalLine(x - 4, x + 4, end, canvas.Theme.Ink2, 2);
    }

    private static void DrawCounts(FigureCanvas canvas, ImmutableArray<CalibrationBin> bins, Axis x, double bottom)
    {
        var theme = canvas.Theme;
        var most = bins.Select(bin => bin.Rows).DefaultIfEmpty(0).Max();
        canvas.HorizontalLine(x.Start, x.End, bottom, theme.Axis);
        if (most == 0) return;
        foreach (var bin in bins)
        {
            var tall = Math.Max(1, (CountsHeight - 12) * bin.Rows / most);
            canvas.Rectangle(x.At(bin.Predicted) - 6, bottom - tall, x.At(bin.Predicted) + 6, bottom, theme.Neutral);
        }

        var few = bins.Any(bin => bin.Rows < FewRows) ? $"; hollow: under {FewRows} rows" : "";
        var text = $"tallest bar: {RowRegions.Count(most)}{few}";
        canvas.Centred(text, (x.Start + x.End) / 2, bottom - CountsHeight + 4, TextRole.Small, theme.Ink2);
    }

    private static string AltOf(Performance performance, ImmutableArray<CalibrationBin> bins, string className) => AltText.Longest(Math.Max(1, bins.Length), count =>
    {
        // The bins with the most rows say the most.
        var items = bins.OrderByDescending(bin => bin.Rows).Take(count).OrderBy(bin => bin.Predicted)
            .Select(bin => $"predicted {NumberText.Probability(bin.Predicted)}, observed {NumberText.ProbabilityInterval(bin.Observed, bin.Low, bin.High)}");
        return $"Calibration of {NumberText.Cut(Words.OneLine(className), 60)} over {NumberText.Whole(performance.Rows)} rows, 95{NumberText.ThinSpace}% intervals: "
            + (bins.Length == 0 ? "no probabilities." : $"{string.Join("; ", items)}.");
    });
}
