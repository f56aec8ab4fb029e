using ExplainLsp.Models.Onnx;

namespace ExplainLsp.Models.Tests.Trees;

/// <summary>Trees that cannot be used are refused in one sentence.</summary>
public sealed class DamagedTreesTests
{
    [Fact]
    public void Of_ATreeThatLoops_IsRefused() => AssertRefused("two parents", listing => listing.Nodes[1].True = 0);

    [Fact]
    public void Of_AChildThatIsNotThere_IsRefused() => AssertRefused("child that is not there", listing => listing.Nodes[1].False = 99);

    [Fact]
    public void Of_AColumnThatIsNotThere_IsRefused() => AssertRefused("column 7", listing => listing.Nodes[0].Feature = 7);

    [Fact]
    public void Of_AThresholdThatIsNoNumber_IsRefused() => AssertRefused("threshold that is not a number", listing => listing.Nodes[0].Threshold = float.NaN);

    [Fact]
    public void Of_AnUnknownMode_IsRefused() => AssertRefused("BRANCH_NEAR", listing => listing.Nodes[0].Mode = "BRANCH_NEAR");

    [Fact]
    public void Of_AnUnknownPostTransform_IsRefused() => AssertRefused("CUBIC", _ => { }, post: "CUBIC");

    [Fact]
    public void Of_AnUnknownAggregate_IsRefused() => AssertRefused("MEDIAN", _ => { }, aggregate: "MEDIAN");

    [Fact]
    public void Of_AWeightOfAClassThatIsNotThere_IsRefused() =>
        AssertRefused("leaf or class", listing => listing.Weights[0] = listing.Weights[0] with { Score = 5 });

    [Theory]
    [InlineData("nodes_values")]
    [InlineData("nodes_featureids")]
    [InlineData("nodes_truenodeids")]
    [InlineData("target_ids")]
    public void Of_AListCutShort_IsRefused(string name)
    {
        var model = Listing().Regressor();
        var attribute = model.Graph.Node[0].Attribute.Single(attribute => attribute.Name == name);
        if (attribute.Floats.Count > 0)
            attribute.Floats.RemoveAt(0);
        else
            attribute.Ints.RemoveAt(0);
        AssertRefused(name, model);
    }

    [Fact]
    public void Of_ASetThatIsNotThere_IsRefused()
    {
        var model = new TreeListing(3) { Modes = ["BRANCH_MEMBER"], Early = 0 }.Grow(new Random(1), 1, 2).Flat();
        var attributes = model.Graph.Node[0].Attribute;
        attributes.Remove(attributes.Single(attribute => attribute.Name == "membership_values"));
        AssertRefused("set that is not there", model);
    }

    [Fact]
    public void Of_AChainOfTenThousandNodes_IsRead()
    {
        var listing = new TreeListing(3) { Early = 0, IsChain = true };
        var thread = new Thread(() => listing.Grow(new Random(1), 1, 10_000), 256 << 20);
        thread.Start();
        thread.Join();
        using var folder = new ModelFolder();
        var trees = TreeEnsemble.Of(ModelFile.Read(folder.Write(listing.Regressor())), default);
        Assert.Equal(20_001, trees.NodeCount);
        var flat = Models.Trees.FlatEnsemble.Of(trees);
        double[] row = [0.5, -1, 2];
        var sum = new double[1];
        flat.Sum([.. Enumerable.Range(0, 3).Select(i => new Models.Trees.TreeColumn(Array.ConvertAll(row, value => (float)value), i, 3))], 0, 1, sum, default);
        Assert.Equal(trees.Margin(row, 0), sum[0], 1e-12);
    }

    private static TreeListing Listing() => new TreeListing(3) { Early = 0 }.Grow(new Random(1), 2, 2);

    private static void AssertRefused(string word, Action<TreeListing> damage, string post = "NONE", string aggregate = "SUM")
    {
        var listing = Listing();
        damage(listing);
        AssertRefused(word, listing.Regressor(post: post, aggregate: aggregate));
    }

    private static void AssertRefused(string word, ModelProto model)
    {
        using var folder = new ModelFolder();
        var file = ModelFile.Read(folder.Write(model));
        var exception = Assert.Throws<ModelException>(() => TreeEnsemble.Of(file, default));
        Assert.Contains(word, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);
    }
}
