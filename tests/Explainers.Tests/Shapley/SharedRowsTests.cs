using ExplainLsp.Explainers.Shapley;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Tests.Shapley;

/// <summary>Rows that coalitions share run once, and nothing else changes.</summary>
public sealed class SharedRowsTests
{
    private const string Model = "adult-gbm";
    private static readonly EncodedTable Samples = Fixtures.Encode(Model, "adult/test.csv", "income", [0, 1, 2]);
    private static readonly EncodedTable Background = Fixtures.Encode(Model, "adult/train-sample.csv", "income", Enumerable.Range(0, 20));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void ExactShap_RowsShared_SameBitsFromFewerModelRows(int row)
    {
        LocalRequest shared = Fixtures.Request(Fixtures.Predictor(Model, 1), Samples, row, Background);
        LocalRequest apart = Fixtures.Request(Fixtures.Predictor(Model, 1), Samples, row, Background);
        apart = apart with { Masker = new Silent(apart.Masker!) };

        Explanation one = new ExactShap().Explain(shared, null, default);
        Explanation other = new ExactShap().Explain(apart, null, default);

        Assert.Equal(other.Attributions.ToArray(), one.Attributions.ToArray());
        Assert.Equal(other.BaseValue, one.BaseValue);
        Assert.Equal(other.Cost.Evaluations, one.Cost.Evaluations);
        Assert.InRange(one.Cost.ModelRows, 1, other.Cost.ModelRows / 4);
        Assert.Equal(SharedRows.Count(shared.Masker!) + 1, one.Cost.ModelRows);
    }

    [Fact]
    public void Default_FewSharedRows_IsExactWithinABudgetThatAllRowsWouldExceed()
    {
        LocalRequest request = Fixtures.Request(Fixtures.Predictor(Model, 1), Samples, 0, Background);

        Assert.Equal("exact-shap", ExplainerCatalog.Default(request.Masker!, 40_000).Method.Id);
        Assert.Equal("kernel-shap", ExplainerCatalog.Default(new Silent(request.Masker!), 40_000).Method.Id);
    }

    /// <summary>A masker that does not tell which features differ from which row.</summary>
    private sealed class Silent(Masker masker) : Masker
    {
        public override IReadOnlyList<Feature> Features => masker.Features;

        public override int RowsPerCoalition => masker.RowsPerCoalition;

        public override IReadOnlyList<bool> Varying => masker.Varying;

        public override int BytesPerRow => masker.BytesPerRow;

        public override string Description => masker.Description;

        public override InputBatch Allocate(int coalitions) => masker.Allocate(coalitions);

        public override void Fill(ReadOnlySpan<bool> coalitions, InputBatch batch) => masker.Fill(coalitions, batch);

        public override void FillRows(ReadOnlySpan<bool> coalitions, ReadOnlySpan<int> backgroundRows, InputBatch batch) =>
            masker.FillRows(coalitions, backgroundRows, batch);
    }
}
