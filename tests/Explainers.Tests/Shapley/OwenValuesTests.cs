using ExplainLsp.Explainers.Shapley;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Tests.Shapley;

/// <summary>What theory says of Owen values, and what the hierarchy of a picture is.</summary>
public sealed class OwenValuesTests
{
    private static readonly GridShape Plane = new(1, 3, 4, GridLayout.Plain);

    [Fact]
    public void OfElements_AnyShape_HoldsEveryElementOnceAndHalvesTheLongerSide()
    {
        foreach (GridShape grid in (GridShape[])[Plane, new(3, 5, 2, GridLayout.ChannelsFirst), new(3, 2, 7, GridLayout.ChannelsLast), new(1, 1, 9, GridLayout.Plain), new(1, 1, 1, GridLayout.Plain)])
        {
            RegionTree tree = RegionTree.OfElements(grid);
            Assert.Equal(Enumerable.Range(0, grid.Elements), tree.Order.Order());
            Assert.Equal((2 * grid.Elements) - 1, tree.Nodes.Count);
            Assert.All(tree.Nodes.Where(node => node.Count > 1), node => Assert.Equal(node.Count, tree.Nodes[node.First].Count + tree.Nodes[node.Second].Count));
        }

        // 3 down, 4 across: the first cut is between the columns.
        RegionTree wide = RegionTree.OfElements(Plane);
        RegionTree.Node left = wide.Nodes[wide.Nodes[0].First];
        Assert.Equal([0, 1, 4, 5, 8, 9], wide.Order[left.Start..(left.Start + left.Count)].Order());
    }

    [Fact]
    public void Solve_AdditiveGame_GivesEachItsWorthWhateverTheBudget()
    {
        double[] worth = [.. Enumerable.Range(0, 12).Select(i => (i * i) - 20.0)];
        ShapleyValues exact = Solve(Games.Additive(3, worth), 10_000);
        for (int i = 0; i < worth.Length; i++)
            Assert.Equal(worth[i], exact.Values[i], 1e-9);
        Assert.Equal(worth.Sum(), Solve(Games.Additive(3, worth), 6).Values.Sum(), 1e-9);
    }

    [Fact]
    public void Solve_Interactions_AreSharedAsOwenSays()
    {
        // Elements 0 and 11 lie in different halves, 0 and 4 in one: a pair's worth is halved either way; a dummy gets nothing.
        ShapleyValues apart = Solve(Games.Unanimity(12, 0, 11), 10_000);
        Assert.Equal(0.5, apart.Values[0], 1e-9);
        Assert.Equal(0.5, apart.Values[11], 1e-9);
        Assert.Equal(0, apart.Values[5], 1e-9);

        // Of three, two in the left half: the half shares ½, so each of them gets ¼, as in Owen (1977), not Shapley's third.
        ShapleyValues three = Solve(Games.Unanimity(12, 0, 1, 11), 10_000);
        Assert.Equal(0.25, three.Values[0], 1e-9);
        Assert.Equal(0.25, three.Values[1], 1e-9);
        Assert.Equal(0.5, three.Values[11], 1e-9);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(37)]
    [InlineData(400)]
    public void Solve_AnyBudget_AddsUpAndKeepsToIt(int evaluations)
    {
        (FormulaGame game, _) = Games.RandomSum(12, 40, 4, 5);
        ShapleyValues values = Solve(game, evaluations);
        Assert.Equal(values.Full - values.Empty, values.Values.Sum(), 1e-9);
        Assert.True(game.Evaluations <= evaluations + 1);
    }

    [Fact]
    public void OfRegions_FourCorners_AreHalvedByTheirPlaces()
    {
        var quarters = new Segmentation([0, 0, 1, 1, 0, 0, 1, 1, 2, 2, 3, 3, 2, 2, 3, 3], 4, "4 regions");
        RegionTree tree = RegionTree.OfRegions(new GridShape(1, 4, 4, GridLayout.Plain), quarters);
        RegionTree.Node top = tree.Nodes[tree.Nodes[0].First];
        Assert.Equal([0, 1], tree.Order[top.Start..(top.Start + top.Count)].Order());
        Assert.Equal(7, tree.Nodes.Count);
    }

    private static ShapleyValues Solve(FormulaGame game, long evaluations) =>
        new OwenValues(RegionTree.OfElements(Plane), evaluations).Solve(game, null, default);
}
