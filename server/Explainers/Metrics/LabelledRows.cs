using System.Collections.Immutable;
using System.Globalization;
using ExplainLsp.Models;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Metrics;

/// <summary>The rows of a table whose true label is known and can be scored.</summary>
/// <param name="Rows">Their indices in the table.</param>
/// <param name="Labels">Their labels.</param>
/// <param name="Warning">What was left out, in words; null when nothing was.</param>
internal sealed record LabelledRows(ImmutableArray<int> Rows, double[] Labels, string? Warning)
{
    /// <summary>Finds them, and checks that the metric means something on them.</summary>
    /// <exception cref="ExplainerException">No labels, or labels on which the metric is not defined.</exception>
    public static LabelledRows Of(GlobalRequest request, Metric metric, string method)
    {
        if (request.Labels is not { } all)
        {
            throw new ExplainerException(
                $"{method} compares predictions with true labels, and the file has no label column. Name it with --label-column, or as target in explain.json.");
        }
        SessionOutput output = request.Predictor.Output;
        ImmutableArray<int> rows = [.. Enumerable.Range(0, request.Table.RowCount).Where(row => Known(all[row], metric, output.Width))];
        double[] labels = [.. rows.Select(row => all[row])];
        if (rows.Length == 0)
        {
            throw new ExplainerException(metric.ForClasses
                ? $"{method} found no row whose label is one of the model's classes. Check the label column and the class names in explain.json."
                : $"{method} found no row whose label is a number. Check the label column.");
        }
        Check(metric, labels, output.Width);
        return new LabelledRows(rows, labels, LeftOut(request.Table.RowCount - rows.Length, request.Table.RowCount));
    }

    /// <summary>An even spread of them.</summary>
    public LabelledRows Spread(int most)
    {
        ImmutableArray<int> kept = RowSelection.EvenSpread(Rows.Length, most);
        if (kept.Length == Rows.Length)
            return this;
        string spread = string.Create(CultureInfo.InvariantCulture,
            $"Only {kept.Length:N0} of {Rows.Length:N0} labelled rows were used, an even spread. Raise samples to use more.");
        return new LabelledRows(
            [.. kept.Select(i => Rows[i])], [.. kept.Select(i => Labels[i])], Warning is null ? spread : $"{Warning} {spread}");
    }

    /// <summary>What to say of rows without a label that can be scored; null for none of them.</summary>
    public static string? LeftOut(long left, long total) => left == 0 ? null : string.Create(CultureInfo.InvariantCulture,
        $"{left:N0} of {total:N0} rows have no usable label and were left out. The score is over the others. Fill in the labels, or check the class names in explain.json.");

    /// <summary>One element of each row's scores.</summary>
    public static double[] Element(double[] scores, int width, int index) =>
        width == 1 ? scores : [.. Enumerable.Range(0, scores.Length / width).Select(row => scores[(row * width) + index])];

    private static bool Known(double label, Metric metric, int width) =>
        metric.ForClasses ? label >= 0 && label < width && label == Math.Floor(label) : double.IsFinite(label);

    private static void Check(Metric metric, double[] labels, int width)
    {
        if (metric.Id == "r2" && labels.All(label => label == labels[0]))
            throw new ExplainerException("r2 is not defined: all labels are the same. Add rows, or use metric=mae.");
        if (metric.Id != "roc-auc")
            return;
        int classes = labels.Distinct().Count();
        if (classes < Math.Max(2, width))
        {
            throw new ExplainerException(
                $"roc-auc is not defined: the labels hold {classes} of {width} classes. Add rows of every class, or use metric=accuracy.");
        }
    }
}
