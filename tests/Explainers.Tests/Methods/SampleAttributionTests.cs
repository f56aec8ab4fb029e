using ExplainLsp.Explainers.Tests.Trees;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Tests.Methods;

/// <summary>The rows that mean |SHAP| keeps beside its means.</summary>
public sealed class SampleAttributionTests
{
    private const string Model = "breast-cancer-gbm";

    private static Explanation Explain(Predictor predictor, EncodedTable table, EncodedTable background, params (string, string)[] options) =>
        new MeanAbsShap().Explain(new GlobalRequest(predictor, table, null, background, Fixtures.Options(options), 0), null, default);

    [Theory]
    [InlineData(TargetSpace.Raw)]
    [InlineData(TargetSpace.Probability)]
    public void MeanAbsShap_EveryRow_AddsUpToThePredictionAndAveragesToTheImportance(TargetSpace space)
    {
        Predictor predictor = Fixtures.Predictor(Model, 1, space);
        EncodedTable table = Fixtures.Encode(Model, "breast-cancer/test.csv", "target", Enumerable.Range(0, space == TargetSpace.Raw ? 143 : 6));
        EncodedTable background = Fixtures.Encode(Model, "breast-cancer/background100.csv", "target", Enumerable.Range(0, 5));
        Explanation explanation = Explain(predictor, table, background);

        SampleAttributions samples = explanation.Samples!;
        int columns = samples.Features.Length;
        Assert.Equal(table.RowNumbers.AsEnumerable(), samples.Rows);
        Assert.Equal(table.RowCount, samples.TotalRows);
        Assert.Equal(samples.BaseValue, explanation.BaseValue);
        double[] predicted = new double[table.RowCount];
        predictor.Predict(table.Batch, predicted, default);
        for (int row = 0; row < predicted.Length; row++)
        {
            double sum = Enumerable.Range(0, columns).Sum(column => (double)samples.Contributions[(row * columns) + column]);
            // The model's log-odds come from a probability in single precision, which is coarse near 1.
            double tolerance = space == TargetSpace.Raw ? 0.01 : 1e-5;
            Assert.Equal(predicted[row], samples.Predicted[row], tolerance);
            Assert.Equal(samples.Predicted[row], samples.BaseValue + sum, 1e-5);
            Assert.Equal(table.Text(row, 3), samples.Texts[(row * columns) + 3]);
            Assert.Equal((float)table.Number(row, 3), samples.Values[(row * columns) + 3]);
        }
        for (int column = 0; column < columns; column++)
        {
            double mean = Enumerable.Range(0, predicted.Length).Average(row => Math.Abs((double)samples.Contributions[(row * columns) + column]));
            Assert.Equal(explanation.Attributions[column].Contribution, mean, 1e-6);
        }
    }

    [Fact]
    public void MeanAbsShap_MoreRowsThanAreKept_KeepsAnEvenSpread()
    {
        using var trees = new RandomTrees(seed: 5, features: 3, trees: 4, depth: 3);
        EncodedTable table = trees.Rows(1, 9000, missing: true);
        Explanation explanation = Explain(trees.Predictor, table, trees.Rows(2, 20, missing: false));
        SampleAttributions samples = explanation.Samples!;

        Assert.Equal(9000, samples.TotalRows);
        Assert.Equal(Enumerable.Range(0, 1125).Select(i => 8 * i), samples.Rows);
        Assert.Equal(1125 * 3, samples.Contributions.Length);
        int missing = Enumerable.Range(0, 1125 * 3).First(i => samples.Texts[i].Length == 0);
        Assert.True(float.IsNaN(samples.Values[missing]));
    }

    [Fact]
    public void MeanAbsShap_TextColumns_AreRankedByFirstAppearance()
    {
        EncodedTable table = Fixtures.Encode("adult-gbm", "adult/test.csv", "income", Enumerable.Range(0, 6));
        EncodedTable background = Fixtures.Encode("adult-gbm", "adult/train-sample.csv", "income", [0]);
        SampleAttributions samples = Explain(Fixtures.Predictor("adult-gbm", 1), table, background, ("evaluations", "64")).Samples!;

        int column = samples.Features.IndexOf("workclass"), columns = samples.Features.Length;
        string[] texts = [.. Enumerable.Range(0, 6).Select(row => samples.Texts[(row * columns) + column])];
        string[] first = [.. texts.Distinct()];
        Assert.Equal(texts.Select(text => (float)Array.IndexOf(first, text)), Enumerable.Range(0, 6).Select(row => samples.Values[(row * columns) + column]));
    }
}
