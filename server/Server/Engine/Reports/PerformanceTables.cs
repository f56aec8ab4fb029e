using System.Collections.Immutable;
using ExplainLsp.Explainers;
using ExplainLsp.Figures;

namespace ExplainLsp.Server.Engine;

/// <summary>What <c>performance</c> measured, in tables.</summary>
internal static class PerformanceTables
{
    public static IEnumerable<ReportTable> Of(Performance performance)
    {
        yield return new ReportTable(
            $"On {NumberText.Whole(performance.Rows)} labelled rows",
            [new("Metric", false), new("Value", true)],
            [.. performance.Metrics.Select(metric => (ImmutableArray<string>)[metric.Key.Replace('_', ' '), NumberText.Fixed(metric.Value, 4)])]);
        if (!performance.Confusion.IsEmpty)
        {
            var classes = performance.Classes;
            yield return new ReportTable(
                "Rows by true and predicted class",
                [new("True class", false), .. classes.Select(name => new ReportColumn(Words.OneLine(name), true))],
                [.. classes.Select((name, truth) => (ImmutableArray<string>)
                    [Words.OneLine(name), .. classes.Select((_, column) => NumberText.Whole(performance.Confusion[(truth * classes.Length) + column]))])]);
        }

        if (!performance.Calibration.IsEmpty)
        {
            yield return new ReportTable(
                "Calibration: predicted probability against the observed share, with its 95 % bounds",
                [new("Predicted", true), new("Observed", true), new("Low", true), new("High", true), new("Rows", true)],
                [.. performance.Calibration.Select(bin => (ImmutableArray<string>)
                    [NumberText.Fixed(bin.Predicted, 3), NumberText.Fixed(bin.Observed, 3), NumberText.Fixed(bin.Low, 3), NumberText.Fixed(bin.High, 3), NumberText.Whole(bin.Rows)])]);
        }

        if (!performance.Worst.IsEmpty)
        {
            yield return new ReportTable(
                "Worst rows",
                [new("Row", true), new("Label", false), new("Predicted", false), new(performance.Classes.IsEmpty ? "Squared error" : "Log loss", true)],
                [.. performance.Worst.Select(row => (ImmutableArray<string>)
                    [NumberText.Whole(row.Row), NumberText.DataValue(row.Truth), NumberText.DataValue(row.Predicted), NumberText.Fixed(row.Loss, 3)])]);
        }
    }
}
