using System.Collections.Immutable;
using ExplainLsp.Explainers;
using ExplainLsp.Figures;
using ExplainLsp.Server.Engine;

namespace ExplainLsp.Server.CommandLine;

/// <summary>Predictions in words and a table.</summary>
internal static class PredictionDocument
{
    /// <summary>The document of samples of one source.</summary>
    public static ReportDocument Of(ExplanationQuery query, IReadOnlyList<SamplePrediction> samples)
    {
        var hasLabels = samples.Any(sample => sample.Label is not null);
        ImmutableArray<ReportColumn> columns =
        [
            .. PlaceColumns(query.Samples), new("Prediction", false), new(samples[0].IsClassifier ? "Probability" : "Value", true),
            .. hasLabels ? [new ReportColumn("Label", false), new ReportColumn("", false)] : Array.Empty<ReportColumn>(),
        ];
        return new ReportDocument(
            $"{query.Binding.ModelName} on {query.Samples.Name}", [SummaryOf(query.Samples, samples)],
            [new ReportTable("", columns, [.. samples.Select(sample => Cells(query.Samples, sample, hasLabels))])], [], []);
    }

    private static ReportColumn[] PlaceColumns(SampleSource source) => source switch
    {
        TableSource when source.PlaceOf(0).Line is not null => [new("Row", true), new("Line", true)],
        TableSource => [new("Row", true)],
        _ when source.PlaceOf(0).Row is not null => [new("Row", true), new("Sample", false)],
        _ => [new("Sample", false)],
    };

    private static string[] PlaceCells(SampleSource source, SamplePrediction sample)
    {
        var row = sample.Place.Row is { } number ? NumberText.Whole(number) : null;
        return source is GridSource grid
            ? [.. row is null ? [] : new[] { row }, Words.OneLine(Path.GetFileName(grid.Items[sample.Row].File))]
            : sample.Place.Line is { } line ? [row!, NumberText.Whole(line + 1)] : [row!];
    }

    private static ImmutableArray<string> Cells(SampleSource source, SamplePrediction sample, bool hasLabels) =>
    [
        .. PlaceCells(source, sample), Words.OneLine(sample.Name), PredictionWords.ValueOf(sample),
        .. hasLabels ? [Words.OneLine(sample.Label ?? ""), sample.IsRight == false ? "wrong" : ""] : Array.Empty<string>(),
    ];

    private static string SummaryOf(SampleSource source, IReadOnlyList<SamplePrediction> samples)
    {
        var noun = source.Kind == SampleKinds.Rows ? "row" : "sample";
        var judged = samples.Count(sample => sample.IsRight is not null);
        var count = samples.Count == 1 ? $"1 {noun}" : $"{NumberText.Whole(samples.Count)} {noun}s";
        return judged == 0 ? count : $"{count} · {NumberText.Whole(samples.Count(sample => sample.IsRight == true))} of {NumberText.Whole(judged)} labelled {noun}s right";
    }
}
