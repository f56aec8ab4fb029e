using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using ExplainLsp.Explainers;

namespace ExplainLsp.Server.Engine;

/// <summary>
/// The attributions as CSV (RFC 4180): a header and one line a feature (with its condition in a rule, and what each counterfactual changes
/// it to), or one line a grid value for methods with curves or surfaces. Text that a
/// spreadsheet would run as a formula is defused (CWE-1236); numbers stay numbers.
/// </summary>
public static class ExplanationCsv
{
    /// <summary>The CSV, lines ended by CRLF.</summary>
    public static string Write(ExplanationReport report)
    {
        var csv = new StringBuilder();
        if (report.Explanation.Attributions.Any(attribution => attribution.Curve is not null))
        {
            WriteCurves(csv, report);
        }
        else if (!report.Explanation.Surfaces.IsEmpty)
        {
            WriteSurfaces(csv, report.Explanation.Surfaces);
        }
        else
        {
            WriteAttributions(csv, report);
        }

        return csv.ToString();
    }

    private static void WriteAttributions(StringBuilder csv, ExplanationReport report)
    {
        var (attributions, anchor, counterfactuals) = (report.Explanation.Attributions, report.Explanation.Anchor, report.Explanation.Counterfactuals);
        var hasError = attributions.Any(attribution => attribution.StandardError is not null);
        var hasMean = attributions.Any(attribution => attribution.Mean is not null);
        var hasDeviation = attributions.Any(attribution => attribution.StandardDeviation is not null);
        Line(csv, Present(["feature", "value", "attribution", hasError ? "standardError" : null,
            hasMean ? "mean" : null, hasDeviation ? "standardDeviation" : null, anchor is null ? null : "condition",
            .. counterfactuals.Select((_, number) => $"counterfactual {(number + 1).ToString(CultureInfo.InvariantCulture)}")]));
        foreach (var attribution in attributions)
        {
            Line(csv, Present([
                Text(attribution.Feature), Cell(attribution.Value, report.IsNumeric(attribution.Feature)), Number(attribution.Contribution),
                hasError ? Number(attribution.StandardError) : null, hasMean ? Number(attribution.Mean) : null,
                hasDeviation ? Number(attribution.StandardDeviation) : null,
                anchor is null ? null : Text(anchor.Conditions.FirstOrDefault(condition => condition.Feature == attribution.Feature)?.Text ?? ""),
                .. counterfactuals.Select(each => Cell(
                    each.Changes.FirstOrDefault(change => change.Feature == attribution.Feature)?.To, report.IsNumeric(attribution.Feature)))]));
        }
    }

    private static void WriteCurves(StringBuilder csv, ExplanationReport report)
    {
        var rows = report.Explanation.Attributions.Select(attribution => attribution.Curve).OfType<Curve>().First().Rows;
        Line(csv, ["feature", "value", "average", .. rows.Select(row => $"row {row.ToString(CultureInfo.InvariantCulture)}")]);
        foreach (var attribution in report.Explanation.Attributions)
        {
            if (attribution.Curve is not { } curve)
            {
                continue;
            }

            for (var i = 0; i < curve.Grid.Length; i++)
            {
                var value = curve.Numeric.IsEmpty ? Text(curve.Grid[i]) : Number(curve.Numeric[i]);
                Line(csv, [Text(attribution.Feature), value, Number(curve.Average[i]), .. curve.Individual.Select(row => Number(row[i]))]);
            }
        }
    }

    private static void WriteSurfaces(StringBuilder csv, ImmutableArray<Surface> surfaces)
    {
        Line(csv, ["feature 1", "feature 2", "value 1", "value 2", "effect"]);
        foreach (var surface in surfaces)
        {
            for (var i = 0; i < surface.Values.Length; i++)
            {
                var (first, second) = Math.DivRem(i, surface.SecondGrid.Length);
                Line(csv, [Text(surface.First), Text(surface.Second), Point(surface.FirstGrid, surface.FirstNumeric, first),
                    Point(surface.SecondGrid, surface.SecondNumeric, second), Number(surface.Values[i])]);
            }
        }

        static string Point(ImmutableArray<string> grid, ImmutableArray<double> numbers, int at) => numbers.IsEmpty ? Text(grid[at]) : Number(numbers[at]);
    }

    private static IEnumerable<string> Present(IEnumerable<string?> fields) => fields.OfType<string>();

    private static string Number(double? value) =>
        value is { } number && double.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : "";

    private static string Cell(string? text, bool isNumeric) =>
        text is null ? ""
        : isNumeric && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? Quote(text.Trim())
        : Text(text);

    /// <summary>A text as a field: quoted where it must be, and never a formula.</summary>
    public static string Text(string text) =>
        Quote(text.TrimStart() is { Length: > 0 } visible && "=+-@\uFF1D\uFF0B\uFF0D\uFF20".Contains(visible[0], StringComparison.Ordinal)
            || text is ['\t' or '\r' or '\n', ..]
            ? "'" + text : text);

    private static string Quote(string field) =>
        field.AsSpan().ContainsAny(",\"\r\n") ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;

    private static void Line(StringBuilder csv, IEnumerable<string> fields) => csv.AppendJoin(',', fields).Append("\r\n");
}
