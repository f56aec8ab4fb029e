using ExplainLsp.Explainers.Sampling;

namespace ExplainLsp.Explainers.Tests.Sampling;

public sealed class SeededRandomTests
{
    [Fact]
    public void Stream_SameSeedAndKey_Repeats() =>
        Assert.Equal(Draw(new SeededRandom(5, 1, 2)), Draw(new SeededRandom(5, 1, 2)));

    [Fact]
    public void Stream_OtherSeedKeyOrOrderOfKey_Differs()
    {
        string[] streams =
        [
            Draw(new SeededRandom(5)), Draw(new SeededRandom(6)), Draw(new SeededRandom(5, 0)), Draw(new SeededRandom(5, 1, 2)),
            Draw(new SeededRandom(5, 2, 1)), Draw(new SeededRandom(5, 1)), Draw(new SeededRandom(-5)), Draw(new SeededRandom(5, 0, 0)),
        ];
        Assert.Equal(streams.Length, streams.Distinct().Count());
    }

    [Fact]
    public void Uniform_ManyDraws_HasTheMomentsAndLowCorrelationBetweenNeighbouringStreams()
    {
        const int n = 100_000;
        var first = new SeededRandom(0, 1);
        var second = new SeededRandom(0, 2);
        double sum = 0, squares = 0, cross = 0;
        for (int i = 0; i < n; i++)
        {
            double x = first.Uniform() - 0.5;
            double y = second.Uniform() - 0.5;
            Assert.InRange(x, -0.5, 0.5);
            sum += x;
            squares += x * x;
            cross += x * y;
        }
        // Within five standard errors of 0, 1/12 and 0.
        Assert.InRange(sum / n, -5 * Math.Sqrt(1.0 / 12 / n), 5 * Math.Sqrt(1.0 / 12 / n));
        Assert.InRange((squares / n) - (1.0 / 12), -0.0012, 0.0012);
        Assert.InRange(cross / n, -0.0014, 0.0014);
    }

    [Fact]
    public void Normal_ManyDraws_HasMeanZeroAndVarianceOne()
    {
        const int n = 100_000;
        var random = new SeededRandom(1);
        double sum = 0, squares = 0, fourth = 0;
        for (int i = 0; i < n; i++)
        {
            double x = random.Normal();
            sum += x;
            squares += x * x;
            fourth += x * x * x * x;
        }
        Assert.InRange(sum / n, -0.016, 0.016);
        Assert.InRange(squares / n, 0.977, 1.023);
        Assert.InRange(fourth / n, 2.8, 3.2);
    }

    [Fact]
    public void Permutation_OfThree_AllSixAreEquallyLikely()
    {
        var random = new SeededRandom(2);
        var counts = Enumerable.Range(0, 60_000).Select(_ => string.Concat(random.Permutation(3))).CountBy(order => order).ToList();
        Assert.Equal(6, counts.Count);
        Assert.All(counts, count => Assert.InRange(count.Value, 9_500, 10_500));
    }

    [Fact]
    public void Below_SmallBound_StaysBelowAndReachesAll()
    {
        var random = new SeededRandom(3);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6], Enumerable.Range(0, 1000).Select(_ => random.Below(7)).Distinct().Order());
    }

    private static string Draw(SeededRandom random) => string.Join(',', Enumerable.Range(0, 4).Select(_ => random.NextBits()));
}
