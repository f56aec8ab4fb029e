using ExplainLsp.Explainers.Trees;
using ExplainLsp.Models;
using ExplainLsp.Models.Tests.Trees;
using ExplainLsp.Samples;
using Google.Protobuf;

namespace ExplainLsp.Explainers.Tests.Trees;

/// <summary>TreeSHAP on random ensembles against all coalitions, which ONNX Runtime evaluates.</summary>
public sealed class TreeShapExactnessTests
{
    public static TheoryData<int, int, int> Ensembles
    {
        get
        {
            var data = new TheoryData<int, int, int>();
            for (int seed = 0; seed < 60; seed++)
                data.Add(seed, 1 + (seed % 6), seed % 7);
            return data;
        }
    }

    [Theory, MemberData(nameof(Ensembles))]
    public void Interventional_RandomEnsembles_EqualsAllCoalitions(int seed, int features, int depth)
    {
        using var trees = new RandomTrees(seed, features, 1 + (seed % 4), depth);
        EncodedTable samples = trees.Rows(seed + 1000, 4, seed % 2 == 0), background = trees.Rows(seed + 2000, 9, seed % 3 == 0);
        for (int row = 0; row < samples.RowCount; row++)
        {
            LocalRequest request = Fixtures.Request(trees.Predictor, samples, row, background);
            Explanation mine = new TreeShap().Explain(request, null, default);
            Explanation all = new ExactShap().Explain(request, null, default);
            Assert.Equal(all.BaseValue!.Value, mine.BaseValue!.Value, 1e-5);
            Assert.Equal(all.PredictedValue!.Value, mine.PredictedValue!.Value, 1e-5);
            for (int i = 0; i < features; i++)
                Assert.Equal(all.Attributions[i].Contribution, mine.Attributions[i].Contribution, 1e-5);
            Assert.Equal(0, mine.CompletenessGap!.Value, 1e-10);
        }
    }

    [Theory, MemberData(nameof(Ensembles))]
    public void PathDependent_RandomEnsembles_EqualsTheDefinition(int seed, int features, int depth)
    {
        using var trees = new RandomTrees(seed, features, 1 + (seed % 4), depth);
        EncodedTable samples = trees.Rows(seed + 1000, 3, false), background = trees.Rows(seed + 2000, 40, false);
        TreeEnsemble ensemble = TreeEnsemble.Of(trees.Session.File, default);
        double[] covers = PathDependentBackground.Count(ensemble, RowBlock.Of(ensemble, background, [.. Enumerable.Range(0, 40)]), default);
        for (int row = 0; row < samples.RowCount; row++)
        {
            double[] x = [.. Enumerable.Range(0, features).Select(i => samples.Number(row, i))];
            double[] values = ShapleyByDefinition(features, coalition => Enumerable.Range(0, ensemble.Roots.Length)
                .Sum(tree => Expected(ensemble, covers, ensemble.Roots[tree], x, coalition)));
            Explanation mine = new TreeShapInteractions().Explain(
                Fixtures.Request(trees.Predictor, samples, row, background, 0, ("value-function", "path-dependent")), null, default);
            for (int i = 0; i < features; i++)
            {
                Assert.Equal(values[i], mine.Attributions[i].Contribution, 1e-10);
                Assert.Equal(values[i], Enumerable.Range(0, features).Sum(j => mine.Tensor!.Values[(i * features) + j]), 1e-10);
            }
        }
    }

    [Fact]
    public void Margin_EveryRow_IsWhatTheModelSays()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            using var trees = new RandomTrees(seed, 4, 3, 8);
            EncodedTable rows = trees.Rows(seed, 100, true);
            TreeEnsemble ensemble = TreeEnsemble.Of(trees.Session.File, default);
            double[] said = trees.Predictor.PredictAll(rows.Batch, default);
            for (int row = 0; row < rows.RowCount; row++)
            {
                double[] x = [.. Enumerable.Range(0, 4).Select(i => rows.Number(row, i))];
                Assert.Equal(said[row], ensemble.Margin(x, 0), 1e-5);
            }
        }
    }

    [Fact]
    public void Solve_ManyRows_GivesTheBitsOfOneRow()
    {
        using var trees = new RandomTrees(5, 6, 20, 6);
        EncodedTable samples = trees.Rows(1, 300, true), background = trees.Rows(2, 50, true);
        TreeEnsemble ensemble = TreeEnsemble.Of(trees.Session.File, default);
        var game = new TreeShapley(ensemble, 0, new InterventionalBackground(ensemble, RowBlock.Of(ensemble, background, [.. Enumerable.Range(0, 50)])));
        TreeValues all = game.Solve(RowBlock.Of(ensemble, samples, [.. Enumerable.Range(0, 300)]), false, 2, null, default);
        foreach (int row in (int[])[0, 63, 64, 299])
        {
            TreeValues one = game.Solve(RowBlock.Of(ensemble, samples, [row]), false, 1, null, default);
            for (int feature = 0; feature < 6; feature++)
                Assert.Equal(one.Of(0, feature), all.Of(row, feature));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Solve_AnyThreads_GivesTheSameBits(bool pathDependent)
    {
        using var trees = new RandomTrees(6, 6, 30, 6);
        EncodedTable samples = trees.Rows(1, 400, true), background = trees.Rows(2, 50, true);
        TreeEnsemble ensemble = TreeEnsemble.Of(trees.Session.File, default);
        RowBlock[] rows = RowBlock.Of(ensemble, samples, [.. Enumerable.Range(0, 400)]), others = RowBlock.Of(ensemble, background, [.. Enumerable.Range(0, 50)]);
        ITreeBackground absent = pathDependent
            ? new PathDependentBackground(ensemble, PathDependentBackground.Count(ensemble, others, default)) : new InterventionalBackground(ensemble, others);
        TreeValues one = new TreeShapley(ensemble, 0, absent).Solve(rows, true, 1, null, default);
        foreach (int threads in (int[])[2, 3, 5])
        {
            TreeValues many = new TreeShapley(ensemble, 0, absent).Solve(rows, true, threads, null, default);
            Assert.Equal(one.BaseValue, many.BaseValue);
            for (int block = 0; block < rows.Length; block++)
            {
                Assert.Equal(one.Values[block], many.Values[block]);
                Assert.Equal(one.Pairs[block], many.Pairs[block]);
            }
        }
    }

    [Theory]
    [InlineData(20)]
    [InlineData(30)]
    [InlineData(60)]
    public void PathDependent_ChainsOfManyFeatures_StayComplete(int depth)
    {
        string path = Path.Combine(Path.GetTempPath(), $"trees-{Guid.NewGuid():N}.onnx");
        try
        {
            int next = 0;
            var listing = new TreeListing(depth) { IsChain = true, Early = 0, Feature = _ => next++ % depth };
            File.WriteAllBytes(path, listing.Grow(new Random(depth), 2, depth).Regressor().ToByteArray());
            TreeEnsemble ensemble = TreeEnsemble.Of(ModelFile.Read(path), default);
            // Each inner node keeps nine rows of ten: no value is too small to see a mistake.
            double[] covers = new double[ensemble.NodeCount];
            Array.Fill(covers, 1);
            for (int node = 0; node < covers.Length; node++)
            {
                if (ensemble.Features[node] >= 0)
                    (covers[ensemble.TrueNodes[node]], covers[ensemble.FalseNodes[node]]) = (0.9 * covers[node], 0.1 * covers[node]);
            }
            using var trees = new RandomTrees(1, depth, 1, 1);
            EncodedTable samples = trees.Rows(3, 64, true);
            TreeValues values = new TreeShapley(ensemble, 0, new PathDependentBackground(ensemble, covers))
                .Solve(RowBlock.Of(ensemble, samples, [.. Enumerable.Range(0, 64)]), false, 1, null, default);
            for (int row = 0; row < 64; row++)
            {
                double[] x = [.. Enumerable.Range(0, depth).Select(i => samples.Number(row, i))];
                double sum = values.BaseValue + Enumerable.Range(0, depth).Sum(i => values.Of(row, i));
                Assert.Equal(ensemble.Margin(x, 0), sum, 1e-12 * 10);
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void PathDependent_DeepTrees_StaysComplete()
    {
        using var trees = new RandomTrees(11, 30, 3, 24);
        EncodedTable samples = trees.Rows(1, 5, true), background = trees.Rows(2, 400, true);
        for (int row = 0; row < samples.RowCount; row++)
        {
            Explanation mine = new TreeShap().Explain(
                Fixtures.Request(trees.Predictor, samples, row, background, 0, ("value-function", "path-dependent")), null, default);
            Assert.Equal(0, mine.CompletenessGap!.Value, 1e-9);
        }
    }

    /// <summary>The expectation that path-dependent TreeSHAP defines (Lundberg et al. 2020, algorithm 1).</summary>
    private static double Expected(TreeEnsemble trees, double[] covers, int node, double[] x, int coalition)
    {
        int feature = trees.Features[node];
        if (feature < 0)
            return trees.LeafValues[node];
        if ((coalition >> feature & 1) == 1)
            return Expected(trees, covers, trees.TakesTrue(node, x[feature]) ? trees.TrueNodes[node] : trees.FalseNodes[node], x, coalition);
        double share = covers[node] > 0 ? covers[trees.TrueNodes[node]] / covers[node] : 0.5;
        return (share * Expected(trees, covers, trees.TrueNodes[node], x, coalition))
            + ((1 - share) * Expected(trees, covers, trees.FalseNodes[node], x, coalition));
    }

    internal static double[] ShapleyByDefinition(int players, Func<int, double> value)
    {
        double[] worth = [.. Enumerable.Range(0, 1 << players).Select(value)];
        double[] values = new double[players];
        for (int i = 0; i < players; i++)
        {
            for (int coalition = 0; coalition < 1 << players; coalition++)
            {
                if ((coalition >> i & 1) == 1)
                    continue;
                int size = System.Numerics.BitOperations.PopCount((uint)coalition);
                double weight = Factorial(size) * Factorial(players - size - 1) / Factorial(players);
                values[i] += weight * (worth[coalition | 1 << i] - worth[coalition]);
            }
        }
        return values;
    }

    private static double Factorial(int n) => n < 2 ? 1 : n * Factorial(n - 1);
}
