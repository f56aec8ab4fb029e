using ExplainLsp.Models.Onnx;
using ExplainLsp.Models.Trees;

namespace ExplainLsp.Models.Tests.Trees;

/// <summary>Our layout of trees against ONNX Runtime, row by row.</summary>
public sealed class FlatEnsembleTests
{
    private const int Rows = 300;

    private static readonly string[] AllModes = ["BRANCH_LEQ", "BRANCH_LT", "BRANCH_GTE", "BRANCH_GT", "BRANCH_EQ", "BRANCH_NEQ"];

    private static Func<Random, int, (int, float)[]> AllClasses(int classes, bool positive = false) => (random, _) =>
        [.. Enumerable.Range(0, classes).Select(score => (score, Weight(random, positive)))];

    private static Func<Random, int, (int, float)[]> OneClass(int classes, bool positive = false) => (random, tree) =>
        [(tree % classes, Weight(random, positive))];

    private static float Weight(Random random, bool positive) => (float)((random.NextDouble() * (positive ? 0.2 : 4)) - (positive ? 0 : 2));

    private static TreeListing Listing(int seed, int depth, Func<Random, int, (int, float)[]>? leaf = null, string[]? modes = null, int trees = 7) =>
        new TreeListing(5) { Modes = modes ?? AllModes, Leaf = leaf ?? OneClass(1) }.Grow(new Random(seed), trees, depth);

    public static TheoryData<int, int, bool> Shapes
    {
        get
        {
            var data = new TheoryData<int, int, bool>();
            foreach (var depth in (int[])[0, 1, 2, 3, 4, 5, 6, 9])
            {
                data.Add(depth, depth, false);
                data.Add(100 + depth, depth, true);
            }

            return data;
        }
    }

    [Theory, MemberData(nameof(Shapes))]
    public void Run_EveryModeOfTheListedOperator_IsWhatOnnxRuntimeSays(int seed, int depth, bool doubles) =>
        AssertSame(Listing(seed, depth).Regressor(bases: [0.25f], doubles: doubles), seed, doubles, "y");

    [Theory, MemberData(nameof(Shapes))]
    public void Run_EveryModeOfTheNewerOperator_IsWhatOnnxRuntimeSays(int seed, int depth, bool doubles)
    {
        AssertSame(Listing(seed, depth).AtLeastOneSplit().Flat(doubles: doubles), seed, doubles, "y");
        // ONNX Runtime cuts values to whole numbers before it looks for them in a set, so that some models with sets are left to it.
        AssertSame(Listing(seed, depth, modes: [.. AllModes, "BRANCH_MEMBER"]).AtLeastOneSplit().Flat(doubles: doubles), seed, doubles, "y", isOurs: null);
    }

    [Theory]
    [InlineData("SUM")]
    [InlineData("AVERAGE")]
    public void Run_SeveralTargets_IsWhatOnnxRuntimeSays(string aggregate)
    {
        AssertSame(Listing(1, 4, AllClasses(3)).Regressor(3, aggregate: aggregate, bases: [1, -2, 0.5f]), 1, false, "y");
        AssertSame(Listing(2, 7, AllClasses(3)).Regressor(3, aggregate: aggregate), 2, false, "y");
        AssertSame(Listing(3, 7, OneClass(3)).AtLeastOneSplit().Flat(3, aggregate: aggregate == "SUM" ? 1 : 0), 3, false, "y");
    }

    [Theory]
    [InlineData("NONE")]
    [InlineData("LOGISTIC")]
    [InlineData("SOFTMAX")]
    [InlineData("SOFTMAX_ZERO")]
    public void Run_ManyClasses_IsWhatOnnxRuntimeSays(string post)
    {
        AssertSame(Listing(4, 3, OneClass(3)).Classifier(3, post, [0.5f, -0.5f, 0.1f]), 4, false, "scores");
        AssertSame(Listing(5, 8, AllClasses(4)).Classifier(4, post), 5, false, "scores");
        AssertSame(Listing(6, 3, AllClasses(2)).Classifier(2, post), 6, false, "scores");
        AssertSame(Listing(7, 6, AllClasses(5), trees: 3).Classifier(5, post, doubles: true), 7, true, "scores");
    }

    [Theory]
    [InlineData("NONE", false, false)]
    [InlineData("LOGISTIC", false, false)]
    [InlineData("NONE", true, false)]
    [InlineData("NONE", false, true)]
    [InlineData("LOGISTIC", false, true)]
    public void Run_OneScoreForTwoClasses_IsWhatOnnxRuntimeSays(string post, bool positive, bool withBase)
    {
        foreach (var depth in (int[])[3, 7])
        {
            var listing = new TreeListing(5) { Leaf = (random, _) => [(0, Weight(random, positive))] }.Grow(new Random(depth), 6, depth);
            AssertSame(listing.Classifier(2, post, withBase ? [0.5f] : null), depth, false, "scores");
            AssertSame(listing.Classifier(2, post, withBase ? [0.5f, -0.25f] : null), depth, false, "scores", isOurs: null);
            var second = new TreeListing(5) { Leaf = (random, _) => [(1, Weight(random, positive))] }.Grow(new Random(depth), 6, depth);
            AssertSame(second.Classifier(2, post, withBase ? [0.5f, -0.25f] : null), depth, false, "scores", isOurs: null);
        }
    }

    [Theory]
    [InlineData("LOGISTIC", true)]
    [InlineData("SOFTMAX", false)]
    public void Run_ConventionsOfOnnxRuntimeAlone_AreLeftToIt(string post, bool positive)
    {
        var listing = new TreeListing(5) { Leaf = (random, _) => [(0, Weight(random, positive))] }.Grow(new Random(1), 4, 3);
        AssertSame(listing.Classifier(2, post), 1, false, "scores", isOurs: null);
        AssertSame(Listing(1, 3, AllClasses(3)).Classifier(3, "PROBIT"), 1, false, "scores", isOurs: false);
        AssertSame(Listing(2, 3).Regressor(aggregate: "MIN"), 2, false, "y", isOurs: false);
        AssertSame(Listing(2, 3).Regressor(aggregate: "MAX"), 2, false, "y", isOurs: false);
    }

    [Fact]
    public void Run_ThresholdsAtTheEnds_IsWhatOnnxRuntimeSays()
    {
        float[] ends = [float.NegativeInfinity, float.PositiveInfinity, 0, -0f, float.Epsilon, float.MaxValue, float.MinValue, 1];
        for (var seed = 0; seed < 20; seed++)
        {
            var listing = new TreeListing(3) { Modes = AllModes, Threshold = random => ends[random.Next(ends.Length)] }.Grow(new Random(seed), 5, 3 + (seed % 5));
            AssertSame(listing.Regressor(), seed, false, "y", isOurs: null);
        }
    }

    [Fact]
    public void Sum_AnyBlock_GivesTheSameBits()
    {
        var trees = Trees(Listing(8, 7, AllClasses(2), trees: 40).Classifier(2));
        var flat = FlatEnsemble.Of(trees);
        var values = TreeRows.Draw(new Random(8), Rows, 5);
        TreeColumn[] columns = [.. Enumerable.Range(0, 5).Select(i => new TreeColumn(Array.ConvertAll(values, value => (float)value), i, 5))];
        var all = new double[Rows * 2];
        flat.Sum([.. columns], 0, Rows, all, default);
        foreach (var (start, count) in ((int, int)[])[(0, 1), (17, 3), (250, 50), (1, 299)])
        {
            var part = new double[count * 2];
            flat.Sum([.. columns], start, count, part, default);
            Assert.Equal(all[(start * 2)..((start + count) * 2)], part);
        }
    }

    [Theory]
    [InlineData("breast-cancer-gbm")]
    [InlineData("breast-cancer-rf")]
    public void Run_EveryRowOfTheCorpus_IsWhatOnnxRuntimeSays(string model)
    {
        using var session = ModelSession.Open(ModelFile.Read(Fixtures.Model(model)), new ModelSessionOptions(2, 1 << 20));
        foreach (var file in (string[])["train", "test"])
        {
            var values = Array.ConvertAll(Fixtures.Floats($"data/breast-cancer/{file}.csv", 30), value => (double)value);
            var said = TreeRows.Reference(Fixtures.Model(model), values, 30, false, "probabilities", session.Inputs[0].Name);
            var own = session.RunTable(Array.ConvertAll(values, value => (float)value), values.Length / 30);
            Assert.True(session.RunsTreesItself);
            for (var i = 0; i < own.Length; i++)
                Assert.Equal(said[i], own[i], 1e-6);
        }
    }

    [Fact]
    public void RunLogOdds_FarFromHalf_KeepsTheTreesOwnSum()
    {
        var listing = new TreeListing(5) { Leaf = (random, _) => [(0, 10 + Weight(random, false))] }.Grow(new Random(1), 6, 3);
        using var folder = new ModelFolder();
        // Leaves around 10 are positive, which ONNX Runtime takes for probabilities: one below zero makes them scores.
        listing.Weights[0] = listing.Weights[0] with { Weight = -1 };
        var file = ModelFile.Read(folder.Write(listing.Classifier(2, "LOGISTIC")));
        using var session = ModelSession.Open(file, ModelSessionOptions.Default);
        var values = TreeRows.Draw(new Random(1), 20, 5);
        var output = session.Outputs[0];
        Assert.True(session.HasLogOdds(output));
        var odds = new double[40];
        session.RunLogOdds([TreeRows.Tensor(values, 5, false)], 20, output, odds, default);
        var trees = TreeEnsemble.Of(file, default);
        for (var row = 0; row < 20; row++)
        {
            Assert.Equal(trees.Margin(values.AsSpan(row * 5, 5), 1), odds[(row * 2) + 1], 1e-12);
            Assert.Equal(-odds[(row * 2) + 1], odds[row * 2], 1e-12);
        }
    }

    private static TreeEnsemble Trees(ModelProto model)
    {
        using var folder = new ModelFolder();
        return TreeEnsemble.Of(ModelFile.Read(folder.Write(model)), default);
    }

    private static void AssertSame(ModelProto model, int seed, bool doubles, string output, bool? isOurs = true)
    {
        using var folder = new ModelFolder();
        var path = folder.Write(model);
        var values = TreeRows.Draw(new Random(seed), Rows, (int)model.Graph.Input[0].Type.TensorType.Shape.Dim[1].DimValue, doubles && seed % 2 == 0 ? 1.1 : 1);
        var features = values.Length / Rows;
        var said = TreeRows.Reference(path, values, features, doubles, output);
        using var session = ModelSession.Open(ModelFile.Read(path), new ModelSessionOptions(1, 1 << 20));
        var own = session.Run(Rows, TreeRows.Tensor(values, features, doubles));
        if (isOurs is { } expected)
            Assert.Equal(expected, session.RunsTreesItself);
        for (var i = 0; i < said.Length; i++)
        {
            if (double.IsFinite(said[i]))
                Assert.True(Math.Abs(said[i] - own[i]) <= 2e-5 * Math.Max(1, Math.Abs(said[i])), $"{i}: {said[i]} {own[i]} {session.RunsTreesItself}");
            else
                Assert.Equal(said[i], own[i]);
        }
    }
}
