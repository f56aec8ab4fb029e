using ExplainLsp.Explainers.Gradients;

namespace ExplainLsp.Explainers.Tests.Gradients;

/// <summary>Rules for integrals against what they promise.</summary>
public sealed class QuadratureTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(50)]
    [InlineData(400)]
    public void GaussLegendre_PolynomialsUpToTwiceItsSteps_AreExact(int steps)
    {
        Quadrature rule = Quadrature.Of("gauss-legendre", steps);
        foreach (int degree in new[] { 0, 1, steps, (2 * steps) - 1 })
            Assert.Equal(1.0 / (degree + 1), rule.Nodes.Zip(rule.Weights, (node, weight) => weight * Math.Pow(node, degree)).Sum(), 1e-12);
        Assert.Equal(rule.Nodes.Order(), rule.Nodes);
    }

    /// <summary>Abramowitz and Stegun, table 25.4, n = 3, mapped to [0, 1].</summary>
    [Fact]
    public void GaussLegendre_ThreeSteps_AreThoseOfTheTable()
    {
        Quadrature rule = Quadrature.Of("gauss-legendre", 3);
        Assert.Equal((1 - 0.774596669241483) / 2, rule.Nodes[0], 1e-14);
        Assert.Equal(0.5, rule.Nodes[1], 1e-14);
        Assert.Equal(5.0 / 18, rule.Weights[0], 1e-14);
        Assert.Equal(8.0 / 18, rule.Weights[1], 1e-14);
    }

    [Theory]
    [InlineData("riemann-left", 0.0, 0.75)]
    [InlineData("riemann-middle", 0.125, 0.875)]
    [InlineData("riemann-right", 0.25, 1.0)]
    [InlineData("trapezoid", 0.0, 1.0)]
    public void Riemann_FourSteps_StandWhereTheyShould(string name, double first, double last)
    {
        Quadrature rule = Quadrature.Of(name, 4);
        Assert.Equal((first, last), (rule.Nodes[0], rule.Nodes[^1]));
        Assert.Equal(name == "trapezoid" ? 0.75 : 1, rule.Weights.Sum(), 1e-15);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(50)]
    [InlineData(64)]
    public void SpreadOrder_AnyCount_IsAPermutationThatStartsInTheMiddle(int count)
    {
        int[] order = Quadrature.SpreadOrder(count);
        Assert.Equal(Enumerable.Range(0, count), order.Order());
        Assert.Equal(count / 2, order[0]);
    }
}
