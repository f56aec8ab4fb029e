using System.Collections.Immutable;

namespace ExplainLsp.Explainers.Tests.Methods;

public class ExplanationOrderTests
{
    [Fact]
    public void Of_SeparateGroups_StandTogether()
    {
        // Three groups, dealt out in turn.
        double[][] contributions = [.. Enumerable.Range(0, 30).Select(i => new[] { (i % 3 * 10) + (0.01 * i), i % 3 == 1 ? 5 : 0 })];
        int[] groups = [.. ExplanationOrder.Of(Samples(contributions), default).Select(row => row % 3)];
        Assert.Equal(2, groups.Zip(groups.Skip(1)).Count(pair => pair.First != pair.Second));
    }

    /// <summary>Each cluster that plain agglomeration by complete linkage makes is a run of the order.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Of_AnyRows_AgreesWithPlainAgglomeration(int seed)
    {
        double[][] rows = [.. Enumerable.Range(0, 25).Select(i => Enumerable.Range(0, 3).Select(j => Math.Sin(((i * 3) + j + 1) * 12.9898 * seed) * 43758.5453 % 1).ToArray())];
        int[] order = [.. ExplanationOrder.Of(Samples(rows), default)];
        Assert.Equal(Enumerable.Range(0, 25), order.Order());

        List<List<int>> clusters = [.. Enumerable.Range(0, 25).Select(i => new List<int> { i })];
        while (clusters.Count > 1)
        {
            (int a, int b) = (from i in Enumerable.Range(0, clusters.Count) from j in Enumerable.Range(0, i) orderby Apart(clusters[i], clusters[j]) select (i, j)).First();
            clusters[b].AddRange(clusters[a]);
            int[] places = [.. clusters[b].Select(row => Array.IndexOf(order, row))];
            Assert.Equal(places.Length - 1, places.Max() - places.Min());
            clusters.RemoveAt(a);
        }

        double Apart(List<int> one, List<int> other) => one.Max(i => other.Max(j => Math.Sqrt(rows[i].Zip(rows[j]).Sum(pair => Math.Pow((float)pair.First - (float)pair.Second, 2)))));
    }

    [Fact]
    public void Of_ManyRows_IsAnEvenSpread()
    {
        ImmutableArray<int> order = ExplanationOrder.Of(Samples([.. Enumerable.Range(0, 2500).Select(i => new[] { Math.Sin(i) })]), default);
        Assert.Equal(ExplanationOrder.MostRows, order.Distinct().Count());
        Assert.All(order.Order().Zip(order.Order().Skip(1)), pair => Assert.InRange(pair.Second - pair.First, 2, 3));
    }

    [Fact]
    public void Of_NumbersThatAreNone_ComeLast()
    {
        ImmutableArray<int> order = ExplanationOrder.Of(Samples([[1.0], [double.NaN], [1.1], [double.PositiveInfinity]]), default);
        Assert.Equal<IEnumerable<int>>([1, 3], order.Skip(2));
        Assert.Empty(ExplanationOrder.Of(Samples([]), default));
        Assert.Equal([0, 1, 2], ExplanationOrder.Of(Samples([[1.0], [1.0], [1.0]]), default).Order());
    }

    [Fact]
    public void Of_Cancelled_Stops() => Assert.Throws<OperationCanceledException>(
        () => ExplanationOrder.Of(Samples([.. Enumerable.Range(0, 500).Select(i => new[] { Math.Sin(i) })]), new CancellationToken(canceled: true)));

    private static SampleAttributions Samples(double[][] contributions) => StrongestInteractionTests.Samples(
        [.. Enumerable.Range(0, contributions.Length == 0 ? 1 : contributions[0].Length).Select(i => $"column {i}")], contributions, contributions);
}
