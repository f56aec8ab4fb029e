using System.Collections.Immutable;
using ExplainLsp.Explainers;

namespace ExplainLsp.Figures;

/// <summary>
/// How strongly columns act together, columns × columns (560 wide): SHAP interaction values with their sign, what a column does alone on
/// the diagonal; or the H-statistic as an amount. The twelve columns that interact most, numbers in the cells where they fit.
/// </summary>
public static class InteractionMatrix
{
    private const int MostColumns = 12;
    private const double Header = 22;
    private const double LargestCell = 72;

    /// <summary>Draws an explanation's interactions.</summary>
    /// <param name="explanation">One with a tensor named <c>interactions</c>, features × features.</param>
    /// <param name="style">Colours, chrome, scale and width.</param>
    public static Figure Draw(Explanation explanation, FigureStyle style)
    {
        using var drawing = Render(explanation, style);
        return FigureFrame.Finish(drawing.Canvas, drawing.Alt, drawing.Regions);
    }

    /// <summary>Whether an explanation has interactions to draw.</summary>
    public static bool Fits(Explanation explanation) =>
        explanation.Tensor is { Name: "interactions", Shape: [var rows, var columns] } && rows == columns && rows == explanation.Attributions.Length && rows > 1;

    internal static MatrixDrawing Render(Explanation explanation, FigureStyle style)
    {
        if (!Fits(explanation)) throw new ArgumentException("The explanation has no interactions.", nameof(explanation));
        var size = explanation.Attributions.Length;
        var values = explanation.Tensor!.Values;
        var isStatistic = explanation.Method == "h-statistic";
        var shown = Enumerable.Range(0, size).OrderByDescending(Strength).Take(MostColumns).ToArray();
        var hidden = size - shown.Length;
        string[] names = [.. shown.Select(index => ContributionRow.Drawable(Words.OneLine(explanation.Attributions[index].Feature), $"column {NumberText.Whole(index + 1)}"))];
        var width = FigureFrame.WidthOf(style, 560);
        // A name that does not fit over its cell is found by the number before it at the left.
        var numbered = names.Length > 6 || names.Any(name => Typography.Measure(name, TextRole.Small) > LargestCell - 6);
        string[] labels = [.. names.Select((name, i) => numbered ? $"{name}  {NumberText.Whole(i + 1)}" : name)];
        var left = Math.Min(Math.Ceiling(labels.Max(label => Typography.Measure(label, TextRole.Label))), Math.Round(width * 0.32)) + 10;
        var cell = Math.Floor(Math.Min((width - left) / shown.Length, LargestCell));
        var height = Math.Clamp(cell, 20, 36);
        var body = Header + (height * shown.Length) + (hidden > 0 ? 22 : 6) + MapLegend.Height;
        var frame = new FigureFrame(explanation, style);
        var canvas = new FigureCanvas(width, frame.Around(body), style);
        frame.Draw(canvas);

        var theme = canvas.Theme;
        var scale = isStatistic ? Unnormalised() ? Words.ScaleOf(explanation.Target, style.Receipt) : TargetScale.Value : Words.ScaleOf(explanation.Target, style.Receipt);
        // What columns do alone is larger than what pairs do; the colours serve the pairs.
        var pairs = (from i in Enumerable.Range(0, shown.Length) from j in Enumerable.Range(0, shown.Length) where i != j select At(i, j)).Where(double.IsFinite).ToArray();
        var limit = MapLimit.Of(pairs, 0);
        var palette = new MapPalette(theme, !isStatistic, null);
        var numbers = MapNumbers.Of(scale, Math.Max(Math.Abs(limit.Largest), limit.Limit), !isStatistic);
        var top = frame.Top + Header;
        var unit = UnitOf(explanation, style.Receipt, isStatistic, Unnormalised());
        var regions = ImmutableArray.CreateBuilder<FigureRegion>();
        for (var i = 0; i < shown.Length; i++)
        {
            canvas.Text(numbered ? NumberText.Whole(i + 1) : names[i], left + ((i + 0.5) * cell), frame.Top + 14, TextRole.Small, theme.Ink2, Align.Centre);
            var number = numbered ? $"  {NumberText.Whole(i + 1)}" : "";
            var fitted = FigureCanvas.Fit(names[i], TextRole.Label, left - 10 - Typography.Measure(number, TextRole.Label)) + number;
            canvas.Text(fitted, left - 10, top + ((i + 0.5) * height) + 4, TextRole.Label, theme.Ink, Align.Right);
            for (var j = 0; j < shown.Length; j++)
            {
                var box = new MatrixCell(left + (j * cell), top + (i * height), cell, height);
                var value = At(i, j);
                if (i == j && isStatistic) continue;
                if (i == j) box.DrawNumber(canvas, numbers.Text(value));
                else if (!double.IsFinite(value)) box.DrawMissing(canvas);
                else box.Draw(canvas, palette.Solid(value / limit.Limit), numbers.Text(value));
                var name = Words.OneLine(explanation.Attributions[shown[i]].Feature);
                var pair = i == j ? $"{name} alone" : $"{name} with {Words.OneLine(explanation.Attributions[shown[j]].Feature)}";
                regions.Add(box.Region(explanation.Attributions[shown[i]].Feature, $"{pair}: {numbers.Text(value)} {(isStatistic ? "" : Words.ContributionUnit(explanation.Target, style.Receipt))}".TrimEnd()));
            }
        }

        var bottom = top + (height * shown.Length) + 6;
        if (hidden > 0)
        {
            canvas.Text(FigureCanvas.Fit($"{Words.OtherColumns(hidden)} interact less", TextRole.Small, width), left, bottom + 12, TextRole.Small, theme.Ink2);
            bottom += 16;
        }

        var missing = pairs.Length < shown.Length * (shown.Length - 1) ? "; crossed out: not a number" : "";
        var alone = isStatistic ? "" : "; diagonal: alone, without colour";
        new MapLegend(
            unit, isStatistic ? "none" : "lower together", isStatistic ? "most" : "higher together", !isStatistic, 0, limit.Limit, numbers.Text, palette.Solid,
            limit.Note(numbers.Text) + alone + missing).Draw(canvas, left, bottom, width - left);
        return new MatrixDrawing(canvas, AltOf(explanation, numbers, unit), regions.ToImmutable());

        double At(int i, int j) => values[(shown[i] * size) + shown[j]];

        double Strength(int index) => Enumerable.Range(0, size).Where(other => other != index && double.IsFinite(values[(index * size) + other]))
            .Sum(other => Math.Abs(values[(index * size) + other]));

        bool Unnormalised() => explanation.Options.TryGetValue("statistic", out var statistic) && statistic as string == "unnormalised";
    }

    private static string UnitOf(Explanation explanation, FigureContext context, bool isStatistic, bool unnormalised)
    {
        var unit = ContributionRow.Drawable(Words.ContributionUnit(explanation.Target, context), "units");
        if (!isStatistic) return $"Interaction, {unit}; each of a pair's two cells holds half";
        if (unnormalised) return $"Interaction, {unit}";
        return explanation.Options.TryGetValue("statistic", out var statistic) && statistic as string == "square-root"
            ? "H, 0 to 1: none of the joint effect, or all of it" : "H², share of the pair's joint effect, 0 to 1";
    }

    private static string AltOf(Explanation explanation, MapNumbers numbers, string unit)
    {
        var size = explanation.Attributions.Length;
        var pairs = (from i in Enumerable.Range(0, size) from j in Enumerable.Range(0, i) let value = explanation.Tensor!.Values[(i * size) + j] where double.IsFinite(value) select (i, j, value))
            .OrderByDescending(pair => Math.Abs(pair.value)).Take(6).ToArray();
        return AltText.Longest(Math.Max(1, pairs.Length), count =>
            $"Interactions of {NumberText.Whole(size)} columns. {unit}. Strongest: "
            + string.Join(", ", pairs.Take(count).Select(pair => $"{Name(pair.j)} with {Name(pair.i)} {numbers.Text(pair.value)}")) + ".");

        string Name(int index) => NumberText.Cut(Words.OneLine(explanation.Attributions[index].Feature), 30);
    }
}
