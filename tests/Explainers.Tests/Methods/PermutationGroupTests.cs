using ExplainLsp.Explainers.Tests.Gradients;
using ExplainLsp.Models;
using ExplainLsp.Models.Onnx;
using ExplainLsp.Models.Tests;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Tests.Methods;

/// <summary>Permutation importance on models whose answer is known, and of columns shuffled together.</summary>
public sealed class PermutationGroupTests : IDisposable
{
    private readonly SmallModels models = new();

    public void Dispose() => models.Dispose();

    private static Explanation Explain(ModelSession session, EncodedTable table, double[] labels, params (string, string)[] options) =>
        new PermutationImportance().Explain(
            new GlobalRequest(SmallModels.PredictorOf(session), table, labels, table, Fixtures.Options(options), 3), null, default);

    [Fact]
    public void PermutationImportance_ColumnThatTheModelIgnores_IsExactlyZero()
    {
        ModelSession session = models.Open(TinyModel.Linear(2, 0, -1));
        EncodedTable table = NumberTable.Random(1, 40, 3);
        Explanation explanation = Explain(session, table, NumberTable.Predict(session, table), ("metric", "mae"));
        Assert.Equal(0, explanation.Attributions[1].Contribution);
        Assert.Equal(0, explanation.Attributions[1].StandardDeviation);
        Assert.True(explanation.Attributions[0].Contribution > explanation.Attributions[2].Contribution);
        Assert.Equal(0, (double)explanation.Quality["baselineScore"], 1e-9);
    }

    [Fact]
    public void PermutationImportance_ColumnsThatCancelOut_AreNothingTogetherButMuchApart()
    {
        // y = a − b with a = b in every row: shuffled together the answer stays 0.
        ModelSession session = models.Open(TinyModel.Linear(1, -1, 0.5f));
        EncodedTable table = NumberTable.Of(30, 3, (row, column) => column == 2 ? row % 5 : row);
        double[] labels = NumberTable.Predict(session, table);
        Explanation together = Explain(session, table, labels, ("metric", "mae"), ("groups", "c0+c1"));
        Explanation apart = Explain(session, table, labels, ("metric", "mae"));

        Assert.Equal(["c0 + c1", "c2"], together.Attributions.Select(attribution => attribution.Feature));
        Assert.Equal(0, together.Attributions[0].Contribution, 1e-6);
        Assert.True(apart.Attributions[0].Contribution > 5);
        Assert.Equal(apart.Attributions[2], together.Attributions[1]);
    }

    [Fact]
    public void PermutationImportance_MoreRowsThanOneRunTakes_IsTheSameAsOneColumnAlone()
    {
        ModelSession session = models.Open(TinyModel.Linear(1, 2));
        EncodedTable table = NumberTable.Random(2, 9000, 2);
        double[] labels = NumberTable.Predict(session, table);
        Explanation both = Explain(session, table, labels, ("repeats", "12"));
        Explanation grouped = Explain(session, table, labels, ("repeats", "12"), ("groups", "c1, c0"));
        Assert.Equal(both.Attributions.AsEnumerable(), grouped.Attributions);
        // R² of a shuffled column: its share of the variance comes twice.
        Assert.Equal(2 * 4 / 5.0, both.Attributions[1].Contribution, 0.05);
    }

    [Theory]
    [InlineData("c0+c9", "Column \"c9\"")]
    [InlineData("c0+c1,c1+c2", "\"c1\" is in two groups")]
    public void PermutationImportance_GroupsThatCannotBe_SaysWhy(string groups, string expected)
    {
        ModelSession session = models.Open(TinyModel.Linear(1, 2, 3));
        EncodedTable table = NumberTable.Random(2, 9, 3);
        string message = Assert.Throws<ExplainerException>(() => Explain(session, table, new double[9], ("metric", "mae"), ("groups", groups))).Message;
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }
}
