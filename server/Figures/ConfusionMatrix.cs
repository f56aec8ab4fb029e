using System.Collections.Immutable;
using ExplainLsp.Explainers;

namespace ExplainLsp.Figures;

/// <summary>
/// Which class the model says for each label: labels down, predictions across, in each cell how many rows and their share of the label's
/// rows, which is also the colour. Up to 560 wide; from 13 classes on the confused ones are shown.
/// </summary>
public static class ConfusionMatrix
{
    private const int MostClasses = 12;
    private const double Header = 40;
    private const double LargestCell = 120;

    /// <summary>Draws the confusion of a labelled file.</summary>
    /// <param name="performance">Of a classifier.</param>
    /// <param name="style">Colours, chrome, scale and width.</param>
    public static Figure Draw(Performance performance, FigureStyle style)
    {
        using var drawing = Render(performance, style);
        return FigureFrame.Finish(drawing.Canvas, drawing.Alt, drawing.Regions);
    }

    internal static MatrixDrawing Render(Performance performance, FigureStyle style)
    {
        var (shown, size) = (Shown(performance), performance.Classes.Length);
        var hidden = size - shown.Length;
        var totals = Enumerable.Range(0, size).Select(label => Enumerable.Range(0, size).Sum(said => Count(label, said))).ToArray();
        string[] names = [.. shown.Select(index => ContributionRow.Drawable(Words.OneLine(performance.Classes[index]), $"class {NumberText.Whole(index)}"))];
        var width = FigureFrame.WidthOf(style, Math.Min(560, 190 + (shown.Length * LargestCell)));
        var widest = names.Select(name => Typography.Measure(name, TextRole.Label)).DefaultIfEmpty(0).Max();
        var left = Math.Max(Math.Min(Math.Ceiling(widest), Math.Round(width * 0.24)), 40) + 12;
        const double numbers = 56;
        var cell = Math.Floor(Math.Min((width - left - numbers) / Math.Max(1, shown.Length), LargestCell));
        var height = Math.Clamp(cell * 0.6, 24, 64);
        var body = Header + (height * shown.Length) + 8 + MapLegend.Height + (hidden > 0 ? 18 : 0);
        var frame = FrameOf("Confusion", performance, style);
        var canvas = new FigureCanvas(width, frame.Around(body), style);
        frame.Draw(canvas);

        var theme = canvas.Theme;
        var palette = new MapPalette(theme, signed: false, null);
        var top = frame.Top + Header;
        canvas.Text("label", left - 12, frame.Top + 30, TextRole.Small, theme.Ink2, Align.Right);
        canvas.Text("predicted", left, frame.Top + 11, TextRole.Small, theme.Ink2);
        var right = left + (cell * shown.Length) + numbers;
        canvas.Text("rows", right, frame.Top + 30, TextRole.Small, theme.Ink2, Align.Right);
        var regions = ImmutableArray.CreateBuilder<FigureRegion>();
        for (var i = 0; i < shown.Length; i++)
        {
            canvas.Text(FigureCanvas.Fit(names[i], TextRole.Small, cell - 6), left + ((i + 0.5) * cell), frame.Top + 30, TextRole.Small, theme.Ink2, Align.Centre);
            var middle = top + ((i + 0.5) * height);
            canvas.Text(FigureCanvas.Fit(names[i], TextRole.Label, left - 12), left - 12, middle + 4, TextRole.Label, theme.Ink, Align.Right);
            canvas.Text(NumberText.Whole(totals[shown[i]]), right, middle + 4, TextRole.Label, theme.Ink2, Align.Right);
            for (var j = 0; j < shown.Length; j++)
            {
                var (count, total) = (Count(shown[i], shown[j]), totals[shown[i]]);
                var share = total == 0 ? double.NaN : count / (double)total;
                var box = new MatrixCell(left + (j * cell), top + (i * height), cell, height);
                box.Draw(canvas, palette.Solid(share), NumberText.Whole(count), double.IsNaN(share) ? "" : NumberText.WholePercent(share));
                regions.Add(box.Region(null, $"label {Words.OneLine(performance.Classes[shown[i]])}, predicted {Words.OneLine(performance.Classes[shown[j]])}: "
                    + RowRegions.Count(count) + (double.IsNaN(share) ? "" : $", {NumberText.Probability(share)} of the label's")));
            }
        }

        var bottom = top + (height * shown.Length) + 8;
        if (hidden > 0)
        {
            canvas.Text(FigureCanvas.Fit($"{NumberText.Whole(hidden)} other classes are confused less", TextRole.Small, width), 0, bottom + 12, TextRole.Small, theme.Ink2);
            bottom += 18;
        }

        new MapLegend(
            "Share of the label's rows, %", "none", "all", false, 0, 1, share => NumberText.Fixed(share * 100, 0), palette.Solid,
            "a row of the matrix adds up to 100" + (hidden > 0 ? " with the classes that are not shown" : "")).Draw(canvas, left, bottom, Math.Max(cell * shown.Length, Math.Min(220, width - left)));
        return new MatrixDrawing(canvas, AltOf(performance, totals), regions.ToImmutable());

        int Count(int label, int said) => performance.Confusion[(label * size) + said];
    }

    /// <summary>The frame of a figure of performance: the receipt names rows and model.</summary>
    internal static FigureFrame FrameOf(string what, Performance performance, FigureStyle style)
    {
        var context = style.Receipt;
        var title = string.Join(" · ", new[] { what, Words.OneLine(context.ModelName), Words.OneLine(context.SampleName) }.Where(part => part.Length > 0));
        return new FigureFrame(title, [($"{NumberText.Whole(performance.Rows)} labelled rows", true), .. Words.ModelParts(context)], style);
    }

    /// <summary>All classes where they fit, else those with the most rows off the diagonal, in their order.</summary>
    private static ImmutableArray<int> Shown(Performance performance)
    {
        var size = performance.Classes.Length;
        return [.. Enumerable.Range(0, size)
            .OrderByDescending(index => Enumerable.Range(0, size).Where(other => other != index)
                .Sum(other => performance.Confusion[(index * size) + other] + performance.Confusion[(other * size) + index]))
            .Take(MostClasses).Order()];
    }

    private static string AltOf(Performance performance, int[] totals)
    {
        var size = performance.Classes.Length;
        var right = Enumerable.Range(0, size).Sum(index => performance.Confusion[(index * size) + index]);
        var mistakes = Enumerable.Range(0, size * size).Where(at => at / size != at % size && performance.Confusion[at] > 0)
            .OrderByDescending(at => performance.Confusion[at]).Take(5).ToArray();
        return AltText.Longest(Math.Max(1, mistakes.Length), count =>
        {
            var items = mistakes.Take(count).Select(at =>
                $"{Cut(at / size)} taken for {Cut(at % size)} {NumberText.Whole(performance.Confusion[at])} of {NumberText.Whole(totals[at / size])}");
            return $"{NumberText.Whole(right)} of {NumberText.Whole(performance.Rows)} rows predicted as labelled. "
                + (mistakes.Length == 0 ? "No row is confused." : $"Most confused: {string.Join(", ", items)}.");
        });

        string Cut(int index) => NumberText.Cut(Words.OneLine(performance.Classes[index]), 40);
    }
}
