using ExplainLsp.Server.Engine;

namespace ExplainLsp.Server.CommandLine;

/// <summary>A prediction as a row of a <see cref="ResultTable"/>: the columns of its JSON, side by side.</summary>
internal static class PredictionRow
{
    /// <summary>The row.</summary>
    public static IReadOnlyList<ResultCell> Of(SamplePrediction prediction) =>
    [
        ResultCell.Of("sample", prediction.Place.Path), ResultCell.Of("row", prediction.Place.Row), ResultCell.Of("prediction", prediction.Name),
        .. prediction.Names.Zip(prediction.IsClassifier ? prediction.Probabilities : prediction.Values)
            .Select(pair => ResultCell.Of(prediction.IsClassifier ? $"probability {pair.First}" : pair.First, pair.Second)),
        ResultCell.Of("label", prediction.Label),
        ResultCell.Of("correct", prediction.IsRight switch { true => "true", false => "false", null => null }),
    ];
}
