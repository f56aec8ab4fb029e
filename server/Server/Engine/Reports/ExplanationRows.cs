using ExplainLsp.Explainers;

namespace ExplainLsp.Server.Engine;

/// <summary>An explanation as rows of a <see cref="ResultTable"/>.</summary>
public static class ExplanationRows
{
    /// <summary>Of a sample one row with a column a feature; of a whole file one row a feature, or one a grid value where there are curves.</summary>
    public static IEnumerable<IReadOnlyList<ResultCell>> Of(ExplanationReport report)
    {
        var explanation = report.Explanation;
        return report.Prediction is not null ? [OfSample(report)]
            : explanation.Attributions.Any(attribution => attribution.Curve is not null) ? explanation.Attributions.SelectMany(OfCurve)
            : explanation.Attributions.Select(OfFeature);
    }

    private static IReadOnlyList<ResultCell> OfSample(ExplanationReport report) =>
    [
        ResultCell.Of("sample", report.Place.Path), ResultCell.Of("row", report.Place.Row), ResultCell.Of("target", report.Explanation.Target.Name),
        ResultCell.Of("predictedValue", report.Explanation.PredictedValue), ResultCell.Of("baseValue", report.Explanation.BaseValue),
        .. report.Explanation.Attributions.Select(attribution => ResultCell.Of(attribution.Feature, attribution.Contribution)),
    ];

    private static IReadOnlyList<ResultCell> OfFeature(Attribution attribution) =>
    [
        ResultCell.Of("feature", attribution.Feature), ResultCell.Of("attribution", attribution.Contribution),
        .. attribution.Mean is { } mean ? [ResultCell.Of("mean", mean)] : Array.Empty<ResultCell>(),
        .. attribution.StandardDeviation is { } deviation ? [ResultCell.Of("standardDeviation", deviation)] : Array.Empty<ResultCell>(),
    ];

    private static IEnumerable<IReadOnlyList<ResultCell>> OfCurve(Attribution attribution) => attribution.Curve is not { } curve ? [] :
        curve.Grid.Select((value, index) => (IReadOnlyList<ResultCell>)
        [
            ResultCell.Of("feature", attribution.Feature),
            curve.Numeric.IsEmpty ? ResultCell.Of("value", value) : ResultCell.Of("value", curve.Numeric[index]),
            ResultCell.Of("average", curve.Average[index]),
            .. curve.Rows.Select((row, line) => ResultCell.Of($"row {row}", curve.Individual[line][index])),
        ]);
}
