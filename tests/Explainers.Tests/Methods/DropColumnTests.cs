using ExplainLsp.Explainers.Tests.Gradients;
using ExplainLsp.Models;
using ExplainLsp.Models.Tests;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Tests.Methods;

/// <summary>The drop-column check: what labels lose without a column, learned by a stand-in that says so.</summary>
public sealed class DropColumnTests : IDisposable
{
    private readonly SmallModels models = new();

    public void Dispose() => models.Dispose();

    private Explanation Explain(EncodedTable table, Func<int, double> label, params (string, string)[] options)
    {
        ModelSession session = models.Open(TinyModel.Linear(new float[table.ColumnCount]));
        double[] labels = [.. Enumerable.Range(0, table.RowCount).Select(label)];
        return new DropColumn().Explain(new GlobalRequest(SmallModels.PredictorOf(session), table, labels, table, Fixtures.Options(options), 0), null, default);
    }

    [Fact]
    public void DropColumn_LinearLabels_LosesEachColumnsShareOfTheVariance()
    {
        EncodedTable table = NumberTable.Random(3, 600, 3);
        Explanation explanation = Explain(table, row => table.Number(row, 0) + (2 * table.Number(row, 1)));
        // Independent columns of one variance: R² 1, less a fifth, four fifths, nothing. The standard error of R² over 600 rows is below 0.02.
        Assert.Equal(1, (double)explanation.Quality["standInScore"], 0.01);
        Assert.Equal(0.2, explanation.Attributions[0].Contribution, 0.06);
        Assert.Equal(0.8, explanation.Attributions[1].Contribution, 0.06);
        Assert.Equal(0, explanation.Attributions[2].Contribution, 0.01);
        Assert.Contains(explanation.Warnings, warning => warning.Contains("was not trained again", StringComparison.Ordinal));
    }

    [Fact]
    public void DropColumn_TwoColumnsThatHoldTheSame_AreWorthNothingApartAndAllTogether()
    {
        EncodedTable random = NumberTable.Random(3, 400, 1);
        EncodedTable table = NumberTable.Of(400, 2, (row, _) => random.Number(row, 0));
        Explanation apart = Explain(table, row => table.Number(row, 0));
        Assert.All(apart.Attributions, attribution => Assert.Equal(0, attribution.Contribution, 0.01));
        Attribution together = Assert.Single(Explain(table, row => table.Number(row, 0), ("groups", "c0+c1")).Attributions);
        Assert.Equal("c0 + c1", together.Feature);
        Assert.Equal(1, together.Contribution, 0.05);
    }

    [Fact]
    public void DropColumn_RealClassesWithTextColumns_LearnsAndComparesWithTheModel()
    {
        EncodedTable table = Fixtures.Encode("adult-gbm", "adult/test.csv", "income", Enumerable.Range(0, 500));
        double[] labels = [.. Fixtures.Labels("adult/test.csv", "income", "<=50K", ">50K").Take(500)];
        Explanation explanation = new DropColumn().Explain(
            new GlobalRequest(Fixtures.Predictor("adult-gbm", 1), table, labels, table, Fixtures.Options(("metric", "roc-auc")), 0), null, default);
        Assert.InRange((double)explanation.Quality["standInScore"], 0.8, 0.95);
        Assert.InRange((double)explanation.Quality["modelScore"], 0.85, 1);
        Assert.Equal(12, explanation.Attributions.Length);
    }

    [Fact]
    public void DropColumn_FewRows_SaysHowManyItNeeds() => Assert.Contains(
        "needs 10 labelled rows, and there are 4", Assert.Throws<ExplainerException>(() => Explain(NumberTable.Random(1, 4, 2), row => row)).Message,
        StringComparison.Ordinal);
}
