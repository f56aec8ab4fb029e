using System.Collections.Immutable;
using ExplainLsp.Explainers;
using ExplainLsp.Figures;

namespace ExplainLsp.Server.Engine;

/// <summary>An explanation in words and tables.</summary>
public static class ExplanationDocument
{
    /// <summary>The document, without a picture.</summary>
    public static ReportDocument Of(ExplanationReport report) =>
        new(TitleOf(report), [.. LinesOf(report)], [.. TablesOf(report)], report.Explanation.Warnings, Words.Receipt(report.Explanation, report.Context));

    private static string TitleOf(ExplanationReport report)
    {
        var target = Words.OneLine(report.Explanation.Target.Name);
        return report.Prediction is null ? $"{report.ModelName}: {report.MethodTitle} for {target}" : $"Why {target}?";
    }

    private static IEnumerable<string> LinesOf(ExplanationReport report)
    {
        var (explanation, scale) = (report.Explanation, report.Scale);
        if (explanation.PredictedValue is { } predicted)
        {
            var average = explanation.BaseValue is { } value ? $" · {Words.Base(explanation)} {Words.Prediction(value, scale)}" : "";
            yield return $"{Words.OneLine(explanation.Target.Name)} {Words.Prediction(predicted, scale)}{average}";
        }

        if (report.Prediction is { } row)
        {
            yield return $"{Words.OneLine(report.SampleName)} · {PredictionWords.Of(row)}";
        }
        else
        {
            yield return Words.OneLine(report.SampleName);
        }

        if (report.Explanation.Anchor is { } anchor)
        {
            foreach (var line in RuleTables.Words(anchor, report.Prediction!))
            {
                yield return line;
            }
        }
    }

    private static IEnumerable<ReportTable> TablesOf(ExplanationReport report)
    {
        var curves = report.Explanation.Attributions.Where(attribution => attribution.Curve is not null).ToArray();
        if (report.Grid is { } grid)
        {
            return GridTables.Of(report, grid);
        }

        if (report.Explanation.Performance is { } performance)
        {
            return PerformanceTables.Of(performance);
        }

        return curves.Length > 0
            ? curves.Select(attribution => CurveTable(report, attribution.Feature, attribution.Curve!))
            :
            [
                .. RuleTables.Of(report), report.Prediction is null ? ImportanceTable(report) : ContributionTable(report),
                .. RuleTables.Picked(report), .. report.Explanation.Surfaces.Select(surface => SurfaceTable(report, surface)),
            ];
    }

    private static ReportTable ContributionTable(ExplanationReport report)
    {
        var ranked = Ranked(report);
        var format = ContributionFormat.For(
            Words.IsShare(report.Explanation) ? TargetScale.Value : report.Scale, ranked.Select(attribution => attribution.Contribution));
        var hasError = ranked.Any(attribution => attribution.StandardError is not null);
        var unit = Words.ContributionUnit(report.Explanation.Target, report.Context);
        return new ReportTable("",
            [new("Column", false), new("Value", true), new(Words.IsShare(report.Explanation) ? Capital(Words.ImportanceUnit(report.Explanation, report.Context)) : $"Contribution, {unit}", true), .. hasError ? [new ReportColumn("± standard error", true)] : Array.Empty<ReportColumn>()],
            [.. ranked.Select(attribution => (ImmutableArray<string>)
            [
                Words.OneLine(attribution.Feature), NumberText.DataValue(attribution.Value), format.WithSign(attribution.Contribution),
                .. hasError ? [attribution.StandardError is { } error ? format.Size(error) : ""] : Array.Empty<string>(),
            ])]);
    }

    private static ReportTable ImportanceTable(ExplanationReport report)
    {
        var ranked = Ranked(report);
        var isStrength = Words.IsStrength(report.Explanation);
        var format = ContributionFormat.For(Words.ImportanceScale(report.Explanation, report.Scale), ranked.Select(attribution => attribution.Contribution));
        var hasDeviation = ranked.Any(attribution => attribution.StandardDeviation is not null);
        return new ReportTable("",
            [new("Column", false), new(Capital(Words.ImportanceUnit(report.Explanation, report.Context)), true), .. hasDeviation ? [new ReportColumn("± deviation", true)] : Array.Empty<ReportColumn>()],
            [.. ranked.Select(attribution => (ImmutableArray<string>)
            [
                Words.OneLine(attribution.Feature),
                isStrength ? format.Size(attribution.Contribution) : format.WithSign(attribution.Contribution),
                .. hasDeviation ? [attribution.StandardDeviation is { } deviation ? format.Size(deviation) : ""] : Array.Empty<string>(),
            ])]);
    }

    private static ReportTable CurveTable(ExplanationReport report, string feature, Curve curve) =>
        new(Words.OneLine(feature),
            [new("Value", !curve.Numeric.IsEmpty), new(Words.CurveName(report.Explanation), true)],
            [.. curve.Grid.Select((value, index) => (ImmutableArray<string>)
                [NumberText.DataValue(value), Words.CurveNumber(curve.Average[index], report.Explanation, report.Context)])]);

    private static ReportTable SurfaceTable(ExplanationReport report, Surface surface) =>
        new($"{Words.CurveName(report.Explanation)}: {Words.OneLine(surface.First)} (down), {Words.OneLine(surface.Second)} (across)",
            [new("", !surface.FirstNumeric.IsEmpty), .. surface.SecondGrid.Select(value => new ReportColumn(NumberText.DataValue(value), true))],
            [.. surface.FirstGrid.Select((value, row) => (ImmutableArray<string>)
            [
                NumberText.DataValue(value),
                .. surface.Values.AsSpan(row * surface.SecondGrid.Length, surface.SecondGrid.Length).ToArray()
                    .Select(at => double.IsNaN(at) ? "" : Words.CurveNumber(at, report.Explanation, report.Context)),
            ])]);

    private static Attribution[] Ranked(ExplanationReport report) =>
        [.. report.Explanation.Attributions.OrderByDescending(attribution => Math.Abs(attribution.Contribution))];

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
