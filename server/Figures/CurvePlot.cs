using System.Collections.Immutable;
using ExplainLsp.Explainers;
using SkiaSharp;

namespace ExplainLsp.Figures;

/// <summary>Where a curve's parts lie, in CSS pixels.</summary>
/// <param name="Left">Left end of the figure's part, where the y axis is named.</param>
/// <param name="Right">Right end of the plot.</param>
/// <param name="Top">Top of the part, where the y axis is named.</param>
/// <param name="Bottom">Baseline of the column's name.</param>
internal readonly record struct CurveArea(double Left, double Right, double Top, double Bottom);

/// <summary>
/// One column's curve: this row's line, the average, other rows, the density of the data under the axis, and the current value.
/// Numbers have a line, or steps for tree models; categories a mark each.
/// </summary>
internal sealed class CurvePlot
{
    private const double Density = 7;
    private static readonly float[] AverageDash = [4, 3];
    private static readonly float[] FewDataDash = [1.5f, 3];

    private readonly FigureCanvas canvas;
    private readonly Explanation explanation;
    private readonly Attribution attribution;
    private readonly Curve curve;
    private readonly CurveContext context;
    private readonly FigureContext receipt;
    private readonly TargetScale scale;
    private readonly bool numeric;
    private readonly List<SKPoint> drawn = [];
    private readonly List<SKRect> labels = [];

    /// <summary>The values of the row that is explained, as long as the grid; empty for none.</summary>
    private readonly ImmutableArray<double> row;
    private Axis xAxis;
    private Axis yAxis;

    public CurvePlot(FigureCanvas canvas, Explanation explanation, Attribution attribution, CurveContext context, FigureContext receipt)
    {
        (this.canvas, this.explanation, this.attribution, this.context, this.receipt) = (canvas, explanation, attribution, context, receipt);
        curve = attribution.Curve!;
        scale = Words.ScaleOf(explanation.Target, receipt);
        numeric = curve.Numeric.Length == curve.Grid.Length && curve.Grid.Length > 0;
        var index = context.Row is { } wanted ? curve.Rows.IndexOf(wanted) : -1;
        row = index >= 0 ? curve.Individual[index] : [];
    }

    /// <summary>Where the current value's dot is; null when there is none.</summary>
    public SKPoint? Current { get; private set; }

    /// <summary>The y axis over all values that a plot of this column shows.</summary>
    public static Axis ValuesOf(IEnumerable<Attribution> attributions, CurveContext context, TargetScale scale, bool others, bool isChange)
    {
        var values = attributions.SelectMany(one => one.Curve!.Average
            .Concat(one.Curve.Individual.Where((_, i) => others || one.Curve.Rows[i] == context.Row).SelectMany(line => line)));
        if (context.Prediction is { } prediction) values = values.Append(prediction);
        if (scale == TargetScale.Probability || isChange) values = values.Append(0);
        return Axis.Over(values, 0, 1).Rounded(6);
    }

    /// <summary>Draws everything.</summary>
    /// <param name="area">Where.</param>
    /// <param name="values">The y axis's extent.</param>
    /// <param name="others">Whether other rows' curves are drawn, and ranges with few data dotted: too much for a hover.</param>
    /// <param name="nameAxis">Whether the y axis is named; not in the second plot beside another.</param>
    public void Draw(CurveArea area, Axis values, bool others, bool nameAxis)
    {
        var theme = canvas.Theme;
        var ticks = values.Ticks(6, scale == TargetScale.Probability ? 100 : 1);
        var tickWidth = ticks.Select(tick => Typography.Measure(tick.Label, TextRole.Small)).DefaultIfEmpty(0).Max();
        var left = area.Left + Math.Max(28, tickWidth + 9);
        var bottom = area.Bottom - 39;
        yAxis = values with { Start = bottom, End = area.Top + 24 };
        xAxis = numeric ? Axis.Over(Xs(), left, area.Right) : new Axis(-0.5, Math.Max(curve.Grid.Length, 1) - 0.5, left, area.Right);
        var line = bottom + 9;

        if (nameAxis) NameValues(area);
        foreach (var (value, label) in ticks)
        {
            var y = yAxis.At(value);
            canvas.HorizontalLine(left, area.Right, y, value == 0 && Words.IsDifference(explanation) ? theme.Axis : theme.Grid);
            canvas.Text(label, left - 6, y + 4, TextRole.Small, theme.Ink2, Align.Right);
        }

        DrawDensity(line);
        canvas.HorizontalLine(left, area.Right, line, theme.Axis);
        NameColumn(area, line);

        if (others) DrawOthers();
        if (row.IsEmpty)
        {
            DrawCurve(curve.Average, theme.Strong, 2, null, own: false, dotted: others);
        }
        else
        {
            DrawCurve(curve.Average, theme.Ink2, 1.5, AverageDash, own: false, dotted: false);
            DrawCurve(row, theme.Strong, 2, null, own: true, dotted: others);
            DrawCurrent(line);
            NameAverage(left, area);
        }
    }

    private IEnumerable<double> Xs() => CurrentNumber() is { } now ? curve.Numeric.Append(now) : curve.Numeric;

    private double? CurrentNumber() =>
        numeric && double.TryParse(
            context.Value, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number) ? number : null;

    private void NameValues(CurveArea area)
    {
        var name = ContributionRow.Drawable(Words.OneLine(explanation.Target.Name), $"class {NumberText.Whole(explanation.Target.Index)}");
        var unit = Words.ContributionUnit(explanation.Target, receipt);
        var text = scale switch
        {
            _ when Words.IsDifference(explanation) => unit == name ? $"change in {name}" : $"change in {(scale == TargetScale.Probability ? "probability of " : "")}{name}, {unit}",
            TargetScale.Probability => $"probability of {name}, %",
            TargetScale.Value => unit == name ? name : $"{name}, {unit}",
            _ => $"{unit} of {name}",
        };
        canvas.Text(FigureCanvas.Fit(text, TextRole.Small, area.Right - area.Left), area.Left, area.Top + 11, TextRole.Small, canvas.Theme.Ink2);
    }

    private void NameColumn(CurveArea area, double line)
    {
        var ink = canvas.Theme.Ink2;
        var name = ContributionRow.Drawable(
            Words.OneLine(attribution.Feature), $"column {NumberText.Whole(explanation.Attributions.IndexOf(attribution) + 1)}");
        canvas.Text(FigureCanvas.Fit(name, TextRole.Small, area.Right - area.Left), area.Right, area.Bottom - 5, TextRole.Small, ink, Align.Right);
        if (!numeric)
        {
            NameCategories(line + 13);
            return;
        }

        var taken = area.Left - 6;
        foreach (var (value, label) in xAxis.Ticks(6))
        {
            var half = Typography.Measure(label, TextRole.Small) / 2;
            var x = Math.Min(xAxis.At(value), canvas.Width - half);
            if (x - half < taken + 6) continue;
            canvas.Text(label, x, line + 13, TextRole.Small, ink, Align.Centre);
            taken = x + half;
        }
    }

    /// <summary>As many category names as fit beside one another: the current one first, then the highest and lowest, then in order.</summary>
    private void NameCategories(double baseline)
    {
        var line = row.IsEmpty ? curve.Average : row;
        var order = Enumerable.Range(0, curve.Grid.Length)
            .OrderBy(i => curve.Grid[i] == context.Value ? 0 : i < line.Length && (line[i] == line.Max() || line[i] == line.Min()) ? 1 : 2);
        var placed = new List<(double Left, double Right)>();
        foreach (var i in order)
        {
            var text = FigureCanvas.Fit(
                ContributionRow.Drawable(NumberText.DataValue(curve.Grid[i]), NumberText.Whole(i + 1)), TextRole.Small, 110);
            var width = Typography.Measure(text, TextRole.Small);
            var at = Math.Clamp(xAxis.At(i) - (width / 2), 0, canvas.Width - width);
            if (placed.Any(other => at < other.Right + 8 && at + width > other.Left - 8)) continue;
            canvas.Text(text, at, baseline, TextRole.Small, canvas.Theme.Ink2);
            placed.Add((at, at + width));
        }
    }

    private void DrawDensity(double line)
    {
        var bins = numeric ? Bins() : context.Counts.Length == curve.Grid.Length ? [.. context.Counts] : [];
        var most = bins.DefaultIfEmpty(0).Max();
        if (most == 0) return;
        var slot = (xAxis.End - xAxis.Start) / bins.Length;
        for (var i = 0; i < bins.Length; i++)
        {
            if (bins[i] == 0) continue;
            var x = xAxis.Start + (i * slot);
            var inset = numeric ? Math.Min(0.5, slot / 4) : slot * 0.2;
            canvas.Rectangle(x + inset, line - Math.Max(1, Density * Math.Sqrt(bins[i] / (double)most)), x + slot - inset, line, canvas.Theme.Neutral);
        }
    }

    private int[] Bins()
    {
        if (context.Numbers.IsEmpty) return [];
        var bins = new int[Math.Clamp((int)((xAxis.End - xAxis.Start) / 4), 1, 99)];
        foreach (var number in context.Numbers)
        {
            var share = (xAxis.At(number) - xAxis.Start) / (xAxis.End - xAxis.Start);
            if (share is >= 0 and <= 1) bins[Math.Min((int)(share * bins.Length), bins.Length - 1)]++;
        }

        return bins;
    }

    private void DrawOthers()
    {
        const int most = 60;
        var opacity = canvas.Theme.HighContrast ? 0.35 : 0.1;
        var lines = curve.Individual.Where((_, i) => curve.Rows[i] != context.Row).ToArray();
        // Evenly through the rows, so that the same rows are drawn every time.
        var count = Math.Min(most, lines.Length);
        for (var i = 0; i < count; i++)
        {
            var line = lines[(int)((long)i * lines.Length / count)];
            if (numeric) canvas.Polyline([.. Points(line, own: false)], canvas.Theme.Ink, 1, null, opacity);
            else Marks(line, canvas.Theme.Ink, 1, null, opacity);
        }
    }

    private void DrawCurve(ImmutableArray<double> values, string colour, double width, float[]? dash, bool own, bool dotted)
    {
        if (!numeric)
        {
            Marks(values, colour, width, dash, 1);
            return;
        }

        var points = Points(values, own).ToArray();
        drawn.AddRange(points.Where(point => float.IsFinite(point.Y)));
        if (!dotted || context.Numbers.Length < 20)
        {
            canvas.Polyline(points, colour, width, dash);
            if (points.Length == 1) canvas.Dot(points[0].X, points[0].Y, 2.5, 0, colour);
            return;
        }

        // Beyond the 1st and 99th percentile there are few data: dotted.
        var sorted = context.Numbers.Sort();
        var low = (float)xAxis.At(sorted[(int)(0.01 * (sorted.Length - 1))]);
        var high = (float)xAxis.At(sorted[(int)Math.Ceiling(0.99 * (sorted.Length - 1))]);
        canvas.Clipped(xAxis.Start, low, () => canvas.Polyline(points, colour, width, FewDataDash));
        canvas.Clipped(low, high, () => canvas.Polyline(points, colour, width));
        canvas.Clipped(high, xAxis.End, () => canvas.Polyline(points, colour, width, FewDataDash));
    }

    private IEnumerable<SKPoint> Points(ImmutableArray<double> values, bool own)
    {
        var pairs = curve.Numeric.Zip(values, (x, y) => (X: x, Y: y)).ToList();
        if (own && CurrentNumber() is { } now && context.Prediction is { } prediction && !curve.Numeric.Contains(now)) pairs.Add((now, prediction));
        pairs.Sort((a, b) => a.X.CompareTo(b.X));
        for (var i = 0; i < pairs.Count; i++)
        {
            // Effects accumulate between the points, whatever the model.
            if (context.Steps && i > 0 && explanation.Method != "ale")
            {
                // Between two values nothing was tried: the step is drawn halfway.
                var halfway = xAxis.At((pairs[i - 1].X / 2) + (pairs[i].X / 2));
                yield return FigureCanvas.At(halfway, Place(pairs[i - 1].Y));
                yield return FigureCanvas.At(halfway, Place(pairs[i].Y));
            }

            yield return FigureCanvas.At(xAxis.At(pairs[i].X), Place(pairs[i].Y));
        }

        double Place(double value) => double.IsFinite(value) ? yAxis.At(value) : double.NaN;
    }

    private void Marks(ImmutableArray<double> values, string colour, double width, float[]? dash, double opacity)
    {
        for (var i = 0; i < Math.Min(values.Length, curve.Grid.Length); i++)
        {
            if (!double.IsFinite(values[i])) continue;
            var y = yAxis.At(values[i]);
            ReadOnlySpan<SKPoint> mark = [FigureCanvas.At(xAxis.At(i - 0.32), y), FigureCanvas.At(xAxis.At(i + 0.32), y)];
            canvas.Polyline(mark, colour, width, dash, opacity);
            for (var part = 0; part <= 4; part++) drawn.Add(FigureCanvas.At(xAxis.At(i - 0.32 + (0.16 * part)), y));
        }
    }

    private void DrawCurrent(double line)
    {
        if (context.Value is not { } value || context.Prediction is not { } prediction || !double.IsFinite(prediction)) return;
        double? place = numeric ? CurrentNumber() : curve.Grid.IndexOf(value) is >= 0 and var index ? index : null;
        if (place is not { } at) return;

        var (x, y) = (xAxis.At(at), yAxis.At(prediction));
        ReadOnlySpan<SKPoint> drop = [FigureCanvas.At(x, y + 7), FigureCanvas.At(x, line)];
        canvas.Polyline(drop, canvas.Theme.Strong, 1, [2, 2]);
        canvas.Dot(x, y, 5, 2, canvas.Theme.Focus);
        Current = FigureCanvas.At(x, y);
        for (var part = 0; part <= 8; part++) drawn.Add(FigureCanvas.At(x, y + ((line - y) * part / 8)));
        LabelCurrent(NumberText.DataValue(value), NumberText.Value(prediction, scale), x, y);
    }

    /// <summary>The bold label <c>84 → 65.9 %</c>, beside the dot on the side with more room, above the curve where it can be.</summary>
    private void LabelCurrent(string value, string prediction, double x, double y)
    {
        const double arrow = 10, gap = 4;
        var before = FigureCanvas.Fit(ContributionRow.Drawable(value, "now"), TextRole.Result, 120);
        var lead = Typography.Measure(before, TextRole.Result) + gap;
        var width = lead + arrow + gap + Typography.Measure(prediction, TextRole.Result);
        var left = x > (xAxis.Start + xAxis.End) / 2 ? Math.Max(x - width, 0) : Math.Min(x, canvas.Width - width);
        var over = drawn.Where(point => point.X >= left - 2 && point.X <= left + width + 2).Select(point => (double)point.Y).Append(y).ToArray();
        var nearby = over.Where(other => other <= y + 1).DefaultIfEmpty(y).Min();
        var baseline = nearby - 10 >= yAxis.End - 6 ? nearby - 10 : Math.Min(y + 22, yAxis.Start - 2);
        var box = BoxOf(left, width, baseline);
        // Other rows' faint lines may give way to the label, the curve itself never.
        if (!Crossed(box)) canvas.Clear(box);
        canvas.Text(before, left, baseline, TextRole.Result, canvas.Theme.Strong);
        canvas.Arrow(left + lead, baseline, arrow, canvas.Theme.Strong);
        canvas.Text(prediction, left + lead + arrow + gap, baseline, TextRole.Result, canvas.Theme.Strong);
        labels.Add(box);
    }

    private static SKRect BoxOf(double left, double width, double baseline) =>
        new((float)left - 3, (float)baseline - 10, (float)(left + width) + 3, (float)baseline + 4);

    /// <summary>Names the average line where no line or label is crossed; leaves it unnamed rather than cross one.</summary>
    private void NameAverage(double left, CurveArea area)
    {
        var text = context.AveragedRows > 0 ? $"average of {NumberText.Whole(context.AveragedRows)} rows" : "average";
        var width = Typography.Measure(text, TextRole.Small);
        var average = numeric ? Points(curve.Average, own: false).Where(point => float.IsFinite(point.Y)).ToArray() : [.. drawn];
        if (average.Length == 0) return;

        foreach (var above in (bool[])[true, false])
        {
            for (var at = area.Right - width - 4; at >= left + 4; at -= 4)
            {
                var near = average.Where(point => point.X >= at && point.X <= at + width).Select(point => point.Y).ToArray();
                if (near.Length == 0) near = [average.MinBy(point => Math.Abs(point.X - at - (width / 2))).Y];
                var baseline = above ? near.Min() - 6 : near.Max() + 14;
                var box = BoxOf(at, width, baseline);
                if (box.Top < yAxis.End - 8 || box.Bottom > yAxis.Start + 1 || labels.Any(box.IntersectsWith) || Crossed(box)) continue;
                canvas.Clear(box);
                canvas.Text(text, at, baseline, TextRole.Small, canvas.Theme.Ink2);
                return;
            }
        }
    }

    private bool Crossed(SKRect box)
    {
        for (var i = 0; i < drawn.Count; i++)
        {
            if (box.Contains(drawn[i])) return true;
            if (i == 0 || Math.Abs(drawn[i].X - drawn[i - 1].X) > 200) continue;
            for (var part = 1; part < 8; part++)
            {
                var share = part / 8f;
                var between = new SKPoint(
                    drawn[i - 1].X + ((drawn[i].X - drawn[i - 1].X) * share), drawn[i - 1].Y + ((drawn[i].Y - drawn[i - 1].Y) * share));
                if (box.Contains(between)) return true;
            }
        }

        return false;
    }
}
