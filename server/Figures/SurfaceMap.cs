using System.Collections.Immutable;
using ExplainLsp.Explainers;

namespace ExplainLsp.Figures;

/// <summary>
/// How the prediction moves with two columns together, as a map with axes (480 wide): two-way partial dependence as an amount, the
/// second-order accumulated local effect (Apley and Zhu 2020), what the two add together beyond each alone, with its sign.
/// </summary>
public static class SurfaceMap
{
    private const double PlotHeight = 260;
    private const double Header = 22;
    private const double Footer = 40;

    /// <summary>Draws one of an explanation's surfaces.</summary>
    /// <param name="explanation">One with <see cref="Explanation.Surfaces"/>.</param>
    /// <param name="index">Which of them.</param>
    /// <param name="style">Colours, chrome, scale and width.</param>
    public static Figure Draw(Explanation explanation, int index, FigureStyle style)
    {
        using var drawing = Render(explanation, index, style);
        return FigureFrame.Finish(drawing.Canvas, drawing.Alt, drawing.Regions);
    }

    internal static MatrixDrawing Render(Explanation explanation, int index, FigureStyle style)
    {
        var surface = explanation.Surfaces[index];
        var isChange = explanation.Method == "ale";
        var frame = new FigureFrame(explanation, style);
        var canvas = new FigureCanvas(FigureFrame.WidthOf(style, 480), frame.Around(Header + PlotHeight + Footer + MapLegend.Height), style);
        frame.Draw(canvas);

        var theme = canvas.Theme;
        var scale = Words.ScaleOf(explanation.Target, style.Receipt);
        double[] finite = [.. surface.Values.Where(double.IsFinite)];
        var low = isChange ? 0 : finite.DefaultIfEmpty(0).Min();
        var limit = isChange ? MapLimit.Of(finite, 0) : new MapLimit(Math.Max(finite.DefaultIfEmpty(0).Max(), low + 1e-12), true, finite.DefaultIfEmpty(0).Max());
        var numbers = MapNumbers.Of(scale, Math.Max(Math.Abs(limit.Largest), limit.Limit), isChange);
        var palette = new MapPalette(theme, isChange, null);
        var (top, bottom) = (frame.Top + Header, frame.Top + Header + PlotHeight);
        // The first column runs along x, the second upwards.
        var y = new SurfaceAxis(surface.SecondGrid, surface.SecondNumeric, bottom, top);
        var left = y.LabelWidth(96) + 10;
        var x = new SurfaceAxis(surface.FirstGrid, surface.FirstNumeric, left, canvas.Width - 8);
        var regions = ImmutableArray.CreateBuilder<FigureRegion>();
        for (var i = 0; i < surface.FirstGrid.Length; i++)
        {
            for (var j = 0; j < surface.SecondGrid.Length; j++)
            {
                var (from, to, below, above) = (x.Edge(i), x.Edge(i + 1), y.Edge(j), y.Edge(j + 1));
                var value = surface.Values[(i * surface.SecondGrid.Length) + j];
                var box = new MatrixCell(from, above, to - from, below - above);
                if (double.IsFinite(value)) canvas.Rectangle(from, above, to, below, Colour.Hex(palette.Solid(isChange ? value / limit.Limit : (value - low) / (limit.Limit - low))));
                else box.DrawMissing(canvas);
                regions.Add(box.Region(null, $"{Words.OneLine(surface.First)} {NumberText.DataValue(surface.FirstGrid[i])}, {Words.OneLine(surface.Second)} {NumberText.DataValue(surface.SecondGrid[j])}: "
                    + (isChange ? $"{numbers.Text(value)} {Words.ContributionUnit(explanation.Target, style.Receipt)}" : Words.Value(value, explanation.Target, style.Receipt))));
            }
        }

        if (theme.HighContrast) MapLegend.Frame(canvas, left, top, canvas.Width - 8, bottom, theme.Border);
        canvas.Text(FigureCanvas.Fit(ContributionRow.Drawable(Words.OneLine(surface.Second), "second column"), TextRole.Small, canvas.Width), 0, frame.Top + 12, TextRole.Small, theme.Ink2);
        canvas.Centred(ContributionRow.Drawable(Words.OneLine(surface.First), "first column"), (left + canvas.Width - 8) / 2, bottom + 32, TextRole.Small, theme.Ink2);
        y.DrawDown(canvas, left - 6, 96);
        x.DrawAcross(canvas, bottom + 14);
        var missing = finite.Length < surface.Values.Length ? $"; crossed out: {NumberText.Whole(surface.Values.Length - finite.Length)} without data" : "";
        var unit = Words.ContributionUnit(explanation.Target, style.Receipt);
        var target = ContributionRow.Drawable(Words.OneLine(explanation.Target.Name), "the target");
        new MapLegend(
            isChange ? $"Joint change in {(scale == TargetScale.Probability ? "probability of " : "")}{target}, {unit}, beyond each alone" : scale == TargetScale.Probability ? $"Mean probability of {target}, %" : $"Mean {target}, {unit}",
            isChange ? "lower" : "lowest", isChange ? "higher" : "highest", isChange, low, limit.Limit, numbers.Text, palette.Solid,
            (isChange ? limit.Note(numbers.Text) : "from the lowest to the highest value") + missing).Draw(canvas, left, bottom + Footer, canvas.Width - 8 - left);
        return new MatrixDrawing(canvas, AltOf(explanation, surface, numbers, isChange, style.Receipt), regions.ToImmutable());
    }

    private static string AltOf(Explanation explanation, Surface surface, MapNumbers numbers, bool isChange, FigureContext context)
    {
        var target = NumberText.Cut(Words.OneLine(explanation.Target.Name), 60);
        var (first, second) = (NumberText.Cut(Words.OneLine(surface.First), 40), NumberText.Cut(Words.OneLine(surface.Second), 40));
        var head = isChange ? $"Joint change in {target} with {first} and {second}" : $"Mean {target} with {first} and {second}";
        int[] finite = [.. Enumerable.Range(0, surface.Values.Length).Where(at => double.IsFinite(surface.Values[at]))];
        if (finite.Length == 0) return head + ": no values.";
        return $"{head}: lowest {Place(finite.MinBy(at => surface.Values[at]))}, highest {Place(finite.MaxBy(at => surface.Values[at]))}.";

        string Place(int at)
        {
            var value = isChange ? $"{numbers.Text(surface.Values[at])} {Words.ContributionUnit(explanation.Target, context)}" : Words.Value(surface.Values[at], explanation.Target, context);
            return $"{value} at {Cell(surface.FirstGrid[at / surface.SecondGrid.Length])} and {Cell(surface.SecondGrid[at % surface.SecondGrid.Length])}";
        }

        static string Cell(string text) => NumberText.Cut(NumberText.DataValue(text), 30);
    }
}
