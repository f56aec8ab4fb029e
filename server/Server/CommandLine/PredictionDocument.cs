using System.Collections.Immutable;
using ExplainLsp.Figures;
using ExplainLsp.Server.Engine;

namespace ExplainLsp.Server.CommandLine;

/// <summary>Predictions in words and a table.</summary>
internal static class PredictionDocument
{
    /// <summary>The document of rows of one table.</summary>
    public static ReportDocument Of(ExplanationQuery query, IReadOnlyList<RowPrediction> rows)
    {
        var hasLabels = rows.Any(row => row.Label is not null);
        ImmutableArray<ReportColumn> columns =
        [
            new("Row", true), new("Line", true), new("Prediction", false), new(rows[0].IsClassifier ? "Probability" : "Value", true),
            .. hasLabels ? [new ReportColumn("Label", false), new ReportColumn("", false)] : Array.Empty<ReportColumn>(),
        ];
        return new ReportDocument(
            $"{query.Binding.ModelName} on {query.Samples.Name}", [SummaryOf(rows)],
            [new ReportTable("", columns, [.. rows.Select(row => Cells(row, hasLabels))])], [], []);
    }

    private static ImmutableArray<string> Cells(RowPrediction row, bool hasLabels) =>
    [
        NumberText.Whole(row.Row), NumberText.Whole(row.Line + 1), Words.OneLine(row.Name), PredictionWords.ValueOf(row),
        .. hasLabels ? [Words.OneLine(row.Label ?? ""), row.IsRight == false ? "wrong" : ""] : Array.Empty<string>(),
    ];

    private static string SummaryOf(IReadOnlyList<RowPrediction> rows)
    {
        var judged = rows.Count(row => row.IsRight is not null);
        var count = rows.Count == 1 ? "1 row" : $"{NumberText.Whole(rows.Count)} rows";
        return judged == 0 ? count : $"{count} · {NumberText.Whole(rows.Count(row => row.IsRight == true))} of {NumberText.Whole(judged)} labelled rows right";
    }
}
