using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Tables;

/// <summary>What a model says of rows: the class of largest probability (the first of equals), and the target's value.</summary>
internal static class Decision
{
    /// <summary>The class of largest probability among a row's scores, the first of equals; 0 for a regression with one value.</summary>
    public static int Class(ReadOnlySpan<double> scores)
    {
        int best = 0;
        for (int i = 1; i < scores.Length; i++)
        {
            if (scores[i] > scores[best])
                best = i;
        }
        return best;
    }

    /// <summary>The scale on which classes are compared: probability, or the values of a regression.</summary>
    public static TargetSpace Space(Predictor predictor) => predictor.IsClassifier ? TargetSpace.Probability : TargetSpace.Raw;

    /// <summary>The scores of all rows of a table, rows × width, on the scale on which classes are compared.</summary>
    public static double[] Scores(Predictor predictor, EncodedTable table, CancellationToken cancellation)
    {
        double[] scores = new double[table.RowCount * predictor.Output.Width];
        new RowRunner(predictor, table, table.RowCount, null)
            .PredictAll(scores, Space(predictor), (batch, from, count) => table.CopyRange(from, count, batch), cancellation);
        return scores;
    }

    /// <summary>The target's value of all rows of a table, in the target's space.</summary>
    public static double[] Values(Predictor predictor, EncodedTable table, CancellationToken cancellation)
    {
        double[] values = new double[table.RowCount];
        new RowRunner(predictor, table, table.RowCount, null)
            .Predict(values, (batch, from, count) => table.CopyRange(from, count, batch), cancellation);
        return values;
    }
}
