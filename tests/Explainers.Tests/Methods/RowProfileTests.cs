using ExplainLsp.Explainers.Tests.Gradients;
using ExplainLsp.Models;
using ExplainLsp.Models.Tests;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Tests.Methods;

/// <summary>Break-down and ceteris-paribus profiles of one row.</summary>
public sealed class RowProfileTests : IDisposable
{
    private const string Model = "breast-cancer-gbm";
    private readonly SmallModels models = new();

    public void Dispose() => models.Dispose();

    private static Explanation Explain(string method, Predictor predictor, EncodedTable table, int row, EncodedTable background, params (string, string)[] options) =>
        ExplainerCatalog.FindLocal(method).Explain(Fixtures.Request(predictor, table, row, background, 0, options), null, default);

    private static Explanation Explain(string method, ModelSession session, EncodedTable table, int row, params (string, string)[] options) =>
        Explain(method, SmallModels.PredictorOf(session), table, row, table, options);

    [Fact]
    public void BreakDown_LinearModel_IsWeightTimesDistanceFromTheMean()
    {
        EncodedTable table = NumberTable.Random(1, 40, 3);
        Explanation explanation = Explain("break-down", models.Open(TinyModel.Linear(2, -1, 0.5f)), table, 4);
        double[] weights = [2, -1, 0.5];
        Assert.Equal(3, explanation.Attributions.Length);
        foreach (Attribution attribution in explanation.Attributions)
        {
            int column = attribution.Feature[1] - '0';
            Assert.Equal(weights[column] * (table.Number(4, column) - table.Statistics(column).Mean), attribution.Contribution, 1e-5);
            Assert.Equal(table.Text(4, column), attribution.Value);
        }
        double[] sizes = [.. explanation.Attributions.Select(attribution => Math.Abs(attribution.Contribution))];
        Assert.Equal(sizes.OrderDescending(), sizes);
    }

    [Fact]
    public void BreakDown_PureInteraction_StandsAsAPair()
    {
        EncodedTable table = ProductModels.Factorial([-1, 0, 1], [-2, 0, 2], [0, 1]);
        ModelSession session = models.Product(0, 0, 0.25f);
        int row = table.RowCount - 1;
        Explanation explanation = Explain("break-down", session, table, row);
        Assert.Equal(["c0:c1", "c2"], explanation.Attributions.Select(attribution => attribution.Feature));
        Assert.Equal(2, explanation.Attributions[0].Contribution, 1e-6);
        Assert.Equal("1:2", explanation.Attributions[0].Value);
        Assert.Equal(0.125, explanation.Attributions[1].Contribution, 1e-6);

        Explanation alone = Explain("break-down", session, table, row, ("interactions", "false"));
        Assert.Equal(["c0", "c1", "c2"], alone.Attributions.Select(attribution => attribution.Feature).Order());
        Assert.Equal(2.125, alone.Attributions.Sum(attribution => attribution.Contribution), 1e-6);
        // Once the pair counts for little, the columns stand alone again.
        Assert.Equal(3, Explain("break-down", session, table, row, ("interaction-preference", "0")).Attributions.Length);
    }

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public void BreakDown_RealModel_AddsUpAndFollowsTheMeansAlongItsPath(string interactions)
    {
        EncodedTable table = Fixtures.Encode(Model, "breast-cancer/test.csv", "target");
        EncodedTable background = Fixtures.Encode(Model, "breast-cancer/background100.csv", "target", Enumerable.Range(0, 20));
        Predictor predictor = Fixtures.Predictor(Model, 1);
        for (int row = 0; row < 5; row++)
        {
            Explanation explanation = Explain("break-down", predictor, table, row, background, ("interactions", interactions));
            Assert.InRange(Math.Abs(explanation.CompletenessGap!.Value), 0, 1e-12);
            InputBatch batch = table.Allocate(20);
            background.CopyRange(0, 20, batch);
            batch.Rows = 20;
            double[] values = new double[20];
            predictor.Predict(batch, values, default);
            double before = values.Average();
            Assert.Equal(before, explanation.BaseValue!.Value, 1e-9);
            string[] names = [.. table.Encoder.Columns.Select(column => column.Name)];
            foreach (Attribution attribution in explanation.Attributions)
            {
                foreach (string name in attribution.Feature.Split(':'))
                    table.CopyColumn(Array.IndexOf(names, name), [.. Enumerable.Repeat(row, 20)], batch);
                predictor.Predict(batch, values, default);
                Assert.Equal(values.Average() - before, attribution.Contribution, 1e-9);
                before = values.Average();
            }
            Assert.Equal(30, explanation.Attributions.Sum(attribution => attribution.Feature.Split(':').Length));
        }
    }

    [Fact]
    public void BreakDown_OrderGiven_IsFollowed()
    {
        EncodedTable table = NumberTable.Random(1, 40, 3);
        Explanation explanation = Explain("break-down", models.Product(1, 2, 0.5f), table, 4, ("feature", "c2,c0"), ("interactions", "false"));
        Assert.Equal(["c2", "c0", "c1"], explanation.Attributions.Select(attribution => attribution.Feature));
    }

    [Fact]
    public void CeterisParibus_LinearModel_IsALineThroughThePrediction()
    {
        EncodedTable table = NumberTable.Random(1, 40, 2);
        Explanation explanation = Explain("ceteris-paribus", models.Open(TinyModel.Linear(2, -1)), table, 4);
        double[] weights = [2, -1];
        for (int column = 0; column < 2; column++)
        {
            Curve curve = explanation.Attributions[column].Curve!;
            double own = table.Number(4, column);
            Assert.Equal(table.Statistics(column).Minimum, curve.Numeric[0]);
            Assert.Equal(table.Statistics(column).Maximum, curve.Numeric[^1]);
            Assert.Equal(102, curve.Numeric.Length);
            for (int i = 0; i < curve.Numeric.Length; i++)
                Assert.Equal(explanation.PredictedValue!.Value + (weights[column] * (curve.Numeric[i] - own)), curve.Average[i], 1e-5);
            Assert.Equal(curve.Average.AsEnumerable(), curve.Individual[0]);
            Assert.Equal([4], curve.Rows.AsEnumerable());
            Assert.Equal(curve.Numeric.Average(value => Math.Abs(weights[column] * (value - own))), explanation.Attributions[column].Contribution, 1e-5);
        }
    }

    [Fact]
    public void CeterisParibus_TextColumns_TakesTheBackgroundsCategoriesAndItsOwn()
    {
        EncodedTable table = Fixtures.Encode("adult-gbm", "adult/test.csv", "income", Enumerable.Range(0, 30));
        EncodedTable background = Fixtures.Encode("adult-gbm", "adult/train-sample.csv", "income", Enumerable.Range(0, 3));
        Explanation explanation = Explain("ceteris-paribus", Fixtures.Predictor("adult-gbm", 1), table, 7, background, ("feature", "occupation,age"));
        Curve curve = explanation.Attributions[0].Curve!;
        int own = curve.Grid.IndexOf(explanation.Attributions[0].Value!);
        Assert.True(own >= 0);
        Assert.Equal(explanation.PredictedValue!.Value, curve.Average[own], 1e-6);
        Assert.Empty(curve.Numeric);
    }
}
