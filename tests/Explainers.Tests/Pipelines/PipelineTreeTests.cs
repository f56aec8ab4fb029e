using ExplainLsp.Explainers.Tests.Trees;
using ExplainLsp.Explainers.Trees;
using ExplainLsp.Models;
using ExplainLsp.Models.Onnx;
using ExplainLsp.Samples;
using static ExplainLsp.Models.Tests.TinyModel;

namespace ExplainLsp.Explainers.Tests.Pipelines;

/// <summary>Trees behind a pipeline, in the user's columns, against all coalitions of these columns run through the whole model.</summary>
public sealed class PipelineTreeTests : IDisposable
{
    private readonly SmallPipelines pipelines = new();

    public void Dispose() => pipelines.Dispose();

    [Fact]
    public void Interventional_EncodedColumns_EqualsAllCoalitionsOfTheOriginalColumns()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            ModelSession session = pipelines.Open([.. SmallPipelines.PerColumn(), RandomTrees.NodeOf(seed, SmallPipelines.Features, 3, 1 + (seed % 6))]);
            EncodedTable samples = SmallPipelines.Rows(session, seed, 5), background = SmallPipelines.Rows(session, seed + 100, 12);
            Assert.Contains(ExplainerCatalog.LocalFor(SampleKinds.Rows, session, session.Outputs[0], default), method => method.Id == "tree-shap");
            for (int row = 0; row < samples.RowCount; row++)
            {
                LocalRequest request = Fixtures.Request(SmallPipelines.PredictorOf(session), samples, row, background);
                Explanation mine = new TreeShap().Explain(request, null, default);
                Explanation all = new ExactShap().Explain(request, null, default);
                Assert.Equal(["city", "rooms", "age", "income"], mine.Attributions.Select(attribution => attribution.Feature));
                for (int i = 0; i < 4; i++)
                    Assert.Equal(all.Attributions[i].Contribution, mine.Attributions[i].Contribution, 1e-5);
                Assert.Equal(all.BaseValue!.Value, mine.BaseValue!.Value, 1e-5);
                Assert.Equal(0, mine.CompletenessGap!.Value, 1e-10);
                Assert.Equal("per-column", mine.Quality["pipeline"]);
                Assert.Empty(mine.Warnings);
            }
        }
    }

    [Fact]
    public void PathDependent_EncodedColumns_FollowsAllFeaturesOfAKnownColumn()
    {
        for (int seed = 0; seed < 30; seed++)
        {
            ModelSession session = pipelines.Open([.. SmallPipelines.PerColumn(), RandomTrees.NodeOf(seed, SmallPipelines.Features, 2, 1 + (seed % 6))]);
            EncodedTable samples = SmallPipelines.Rows(session, seed, 3), background = SmallPipelines.Rows(session, seed + 100, 40);
            TreeEnsemble trees = TreeEnsemble.Of(session.File, default);
            double[] features = FeaturesOf(session, trees, background), rows = FeaturesOf(session, trees, samples);
            double[] covers = PathDependentBackground.Count(trees, RowBlock.Of(features, SmallPipelines.Features), default);
            for (int row = 0; row < samples.RowCount; row++)
            {
                double[] x = rows[(row * SmallPipelines.Features)..((row + 1) * SmallPipelines.Features)];
                Explanation mine = new TreeShap().Explain(
                    Fixtures.Request(SmallPipelines.PredictorOf(session), samples, row, background, 0, ("value-function", "path-dependent")), null, default);
                double[] values = TreeShapExactnessTests.ShapleyByDefinition(trees.Columns.Length, coalition => trees.Roots.Sum(root => Expected(trees, covers, root, x, coalition)));
                for (int column = 0; column < values.Length; column++)
                    Assert.Equal(values[column], mine.Attributions[trees.Columns[column].Input].Contribution, 1e-10);
                Assert.Equal(0, mine.CompletenessGap!.Value, 1e-10);
            }
        }
    }

    [Fact]
    public void MeanAbsShap_EncodedColumns_IsTheMeanOfTreeShap()
    {
        ModelSession session = pipelines.Open([.. SmallPipelines.PerColumn(), RandomTrees.NodeOf(3, SmallPipelines.Features, 4, 4)]);
        EncodedTable samples = SmallPipelines.Rows(session, 1, 150), background = SmallPipelines.Rows(session, 2, 20);
        Predictor predictor = SmallPipelines.PredictorOf(session);
        Explanation global = new MeanAbsShap().Explain(new GlobalRequest(predictor, samples, null, background, Fixtures.Options(), 0), null, default);
        double[] expected = new double[4];
        for (int row = 0; row < samples.RowCount; row++)
        {
            Explanation one = new TreeShap().Explain(Fixtures.Request(predictor, samples, row, background), null, default);
            for (int i = 0; i < 4; i++)
                expected[i] += Math.Abs(one.Attributions[i].Contribution) / samples.RowCount;
        }
        Assert.Equal(true, global.Quality["exact"]);
        Assert.Equal(0, global.Cost.ModelRows);
        for (int i = 0; i < 4; i++)
            Assert.Equal(expected[i], global.Attributions[i].Contribution, 1e-10);
    }

    [Fact]
    public void Explain_NormalizedRows_UsesPerturbationAndSaysSo()
    {
        NodeProto[] nodes =
        [
            .. SmallPipelines.PerColumn()[..^1], Node("Normalizer", ["numbers"], ["unit"], Attribute("norm", "L2")).In("ai.onnx.ml"),
            Node("Concat", ["categories", "unit"], ["x"], Attribute("axis", 1)), RandomTrees.NodeOf(1, SmallPipelines.Features, 3, 4),
        ];
        ModelSession session = pipelines.Open(nodes);
        EncodedTable samples = SmallPipelines.Rows(session, 1, 2), background = SmallPipelines.Rows(session, 2, 10);
        LocalRequest request = Fixtures.Request(SmallPipelines.PredictorOf(session), samples, 0, background);
        Assert.DoesNotContain(ExplainerCatalog.LocalFor(SampleKinds.Rows, session, session.Outputs[0], default), method => method.Id == "tree-shap");
        Explanation mine = new TreeShap().Explain(request, null, default), all = new ExactShap().Explain(request, null, default);
        Assert.Equal("exact-shap", mine.Method);
        Assert.Equal("mixes-columns", mine.Quality["pipeline"]);
        Assert.Contains(mine.Warnings, warning => warning.Contains("Normalizer mixes columns", StringComparison.Ordinal) && warning.Contains("exact-shap", StringComparison.Ordinal));
        Assert.Equal(all.Attributions.Select(one => one.Contribution), mine.Attributions.Select(one => one.Contribution));
        Assert.Throws<ExplainerException>(() => new TreeShapInteractions().Explain(request, null, default));
    }

    private static double[] FeaturesOf(ModelSession session, TreeEnsemble trees, EncodedTable table) => session.Features(
        trees.Pipeline, [.. table.Batch.Tensors.Select(tensor => new ModelTensor(tensor.Name, tensor.Data, tensor.RowShape))], table.RowCount, default);

    /// <summary>Lundberg et al. 2020, algorithm 1, a node being followed when the column behind its feature is known.</summary>
    private static double Expected(TreeEnsemble trees, double[] covers, int node, double[] x, int coalition)
    {
        int feature = trees.Features[node];
        if (feature < 0)
            return trees.LeafValues[node];
        if ((coalition >> trees.Pipeline.ColumnOf[feature] & 1) == 1)
            return Expected(trees, covers, trees.TakesTrue(node, x[feature]) ? trees.TrueNodes[node] : trees.FalseNodes[node], x, coalition);
        double share = covers[node] > 0 ? covers[trees.TrueNodes[node]] / covers[node] : 0.5;
        return (share * Expected(trees, covers, trees.TrueNodes[node], x, coalition))
            + ((1 - share) * Expected(trees, covers, trees.FalseNodes[node], x, coalition));
    }
}
