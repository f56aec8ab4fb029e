using ExplainLsp.Server.Features.Panels;

namespace ExplainLsp.Server.Tests.Features;

/// <summary>Spearman's rank correlation, by its definition: Pearson's of ranks, equal values sharing the mean of theirs.</summary>
public class RankStatisticsTests
{
    [Theory]
    [InlineData(new[] { 1.0, 2, 3, 4 }, new[] { 10.0, 100, 1000, 10000 }, 1)]
    [InlineData(new[] { 1.0, 2, 3, 4 }, new[] { 4.0, 3, 2, 1 }, -1)]
    // 1 − 6 Σd² / (n (n² − 1)) with d = 1, 1, 1, 1.
    [InlineData(new[] { 1.0, 2, 3, 4 }, new[] { 2.0, 1, 4, 3 }, 0.6)]
    // Ranks 1, 2.5, 2.5, 4 against 1, 3, 2, 4: Σab = 4.5, Σa² = 4.5, Σb² = 5.
    [InlineData(new[] { 1.0, 2, 2, 3 }, new[] { 1.0, 3, 2, 4 }, 0.9486832980505138)]
    public void Correlation_KnownLists_IsSpearmans(double[] one, double[] other, double expected) =>
        Assert.Equal(expected, RankStatistics.Correlation(one, other)!.Value, 12);

    [Fact]
    public void Correlation_OfAConstant_IsNone() => Assert.Null(RankStatistics.Correlation([1, 1, 1], [1, 2, 3]));
}
