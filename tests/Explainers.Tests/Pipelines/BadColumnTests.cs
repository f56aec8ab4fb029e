using ExplainLsp.Explainers.Tests.Trees;
using ExplainLsp.Models;
using ExplainLsp.Models.Onnx;
using ExplainLsp.Models.Tests;
using ExplainLsp.Samples;
using static ExplainLsp.Models.Tests.TinyModel;
using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;

namespace ExplainLsp.Explainers.Tests.Pipelines;

/// <summary>Columns and backgrounds as bad as people have them.</summary>
public sealed class BadColumnTests : IDisposable
{
    private readonly SmallPipelines pipelines = new();

    public void Dispose() => pipelines.Dispose();

    [Fact]
    public void UnseenCategory_EncoderIgnoresIt_IsExplainedWithAWarning()
    {
        ModelSession session = Trees(true);
        EncodedTable samples = SmallPipelines.Rows(session, "Mars,2,30,1", "Oslo,9,30,1", "Bern,1,30,"), background = SmallPipelines.Rows(session, 2, 12);
        Explanation mine = new TreeShap().Explain(Fixtures.Request(SmallPipelines.PredictorOf(session), samples, 0, background), null, default);
        Explanation all = new ExactShap().Explain(Fixtures.Request(SmallPipelines.PredictorOf(session), samples, 0, background), null, default);
        for (int i = 0; i < 4; i++)
            Assert.Equal(all.Attributions[i].Contribution, mine.Attributions[i].Contribution, 1e-5);
        var warnings = UnseenCategories.Warnings(session.File, samples);
        Assert.Contains(warnings, warning => warning.Contains("city", StringComparison.Ordinal) && warning.Contains("\"Mars\"", StringComparison.Ordinal));
        Assert.Contains(warnings, warning => warning.Contains("rooms", StringComparison.Ordinal) && warning.Contains("\"9\"", StringComparison.Ordinal));
        Assert.Empty(UnseenCategories.Warnings(session.File, background));
    }

    [Fact]
    public void UnseenCategory_EncoderRefusesIt_FailsWithASentence()
    {
        ModelSession session = Trees(false);
        EncodedTable samples = SmallPipelines.Rows(session, "Mars,2,30,1"), background = SmallPipelines.Rows(session, 2, 12);
        ModelRunException failed = Assert.Throws<ModelRunException>(
            () => new TreeShap().Explain(Fixtures.Request(SmallPipelines.PredictorOf(session), samples, 0, background), null, default));
        Assert.DoesNotContain("\n", failed.Message, StringComparison.Ordinal);
        Assert.Contains(UnseenCategories.Warnings(session.File, samples), warning => warning.Contains("refuses", StringComparison.Ordinal));
    }

    [Fact]
    public void ConstantAndMissingColumns_GiveZeroAndStayComplete()
    {
        ModelSession session = Trees(true);
        EncodedTable samples = SmallPipelines.Rows(session, "Oslo,2,30,", "Rome,2,55,"), background = SmallPipelines.Rows(session, "Oslo,2,20,", "York,2,60,", "Bern,2,41,");
        for (int row = 0; row < 2; row++)
        {
            Explanation mine = new TreeShap().Explain(Fixtures.Request(SmallPipelines.PredictorOf(session), samples, row, background), null, default);
            Assert.Equal(0, mine.Attributions[1].Contribution);
            Assert.Equal(0, mine.Attributions[3].Contribution);
            Assert.Equal(0, mine.CompletenessGap!.Value, 1e-10);
        }
        Explanation global = new MeanAbsShap().Explain(
            new GlobalRequest(SmallPipelines.PredictorOf(session), samples, null, background, Fixtures.Options(), 0), null, default);
        Assert.Equal(0, global.Attributions[3].Contribution);
    }

    [Fact]
    public void OneBackgroundRow_Explains_AndCorrelatedIsRefused()
    {
        ModelSession session = pipelines.Open(
            [.. SmallPipelines.PerColumn(), Node("LinearRegressor", ["x"], ["y"], Attribute("coefficients", Enumerable.Repeat(0.5f, 10).ToArray()), Attribute("intercepts", 1f)).In("ai.onnx.ml")]);
        EncodedTable samples = SmallPipelines.Rows(session, 1, 1), background = SmallPipelines.Rows(session, 2, 1);
        Predictor predictor = SmallPipelines.PredictorOf(session);
        Assert.Equal(0, new LinearShap().Explain(Fixtures.Request(predictor, samples, 0, background), null, default).CompletenessGap!.Value, 1e-10);
        ExplainerException refused = Assert.Throws<ExplainerException>(
            () => new LinearShap().Explain(Fixtures.Request(predictor, samples, 0, background, 0, ("value-function", "correlated")), null, default));
        Assert.Contains("One background row", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MissingValueNobodyFills_LinearModel_NamesTheColumn()
    {
        using var folder = new ModelFolder();
        using ModelSession session = folder.Open(TinyModel.Linear(1, 2));
        Table table = Table.Parse("a,b\n1,\n2,3\n");
        EncodedTable rows = TableEncoder.Bind(table, [new InputSpec("x", typeof(float), [2])], []).Encode(table, [0, 1]);
        ExplainerException refused = Assert.Throws<ExplainerException>(
            () => new LinearShap().Explain(Fixtures.Request(SmallPipelines.PredictorOf(session), rows, 0, rows.Select([1], "one row")), null, default));
        Assert.StartsWith("Column b is missing", refused.Message, StringComparison.Ordinal);
        Assert.Throws<ExplainerException>(() => new LinearShap().Explain(Fixtures.Request(SmallPipelines.PredictorOf(session), rows, 1, rows.Select([0], "one row")), null, default));
    }

    [Fact]
    public void MillionCategories_AreNotHeld_PerturbationAnswersAndSaysWhy()
    {
        NodeProto[] nodes =
        [
            Node("OneHotEncoder", ["rooms"], ["many"], Attribute("cats_int64s", [.. Enumerable.Range(0, 1_000_000).Select(i => (long)i)]), Attribute("zeros", 1)).In("ai.onnx.ml"),
            Node("Reshape", ["many", "wide"], ["flattened"]), Node("Concat", ["flattened", "age"], ["x"], Attribute("axis", 1)), RandomTrees.NodeOf(3, 5, 2, 3),
        ];
        ModelSession session = pipelines.Open(
            model =>
            {
                var wide = new TensorProto { Name = "wide", DataType = (int)DataType.Int64, Int64Data = { -1, 1_000_000 } };
                wide.Dims.Add(2);
                model.Graph.Initializer.Add(wide);
            },
            nodes);
        EncodedTable samples = SmallPipelines.Rows(session, "Oslo,2,30,1"), background = SmallPipelines.Rows(session, "Oslo,1,20,1", "Oslo,3,40,1");
        Explanation mine = new TreeShap().Explain(Fixtures.Request(SmallPipelines.PredictorOf(session), samples, 0, background), null, default);
        Assert.Contains(mine.Warnings, warning => warning.Contains("1,000,001 features", StringComparison.Ordinal));
        Assert.Equal(0, mine.CompletenessGap!.Value, 1e-5);
    }

    private ModelSession Trees(bool zeros) => pipelines.Open([.. SmallPipelines.PerColumn(zeros), RandomTrees.NodeOf(4, SmallPipelines.Features, 3, 5)]);
}
