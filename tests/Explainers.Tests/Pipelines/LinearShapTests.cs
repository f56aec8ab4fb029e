using System.Text.Json;
using ExplainLsp.Models;
using ExplainLsp.Models.Onnx;
using ExplainLsp.Models.Tests;
using ExplainLsp.Samples;
using static ExplainLsp.Models.Tests.TinyModel;

namespace ExplainLsp.Explainers.Tests.Pipelines;

/// <summary>Linear SHAP against SHAP's LinearExplainer, all coalitions, and closed forms.</summary>
public sealed class LinearShapTests : IDisposable
{
    private static readonly float[] Coefficients = [0.5f, -1, 0.25f, 2, 1, -0.5f, 0.75f, -2, 1.5f, 0.3f];
    private readonly SmallPipelines pipelines = new();

    public void Dispose() => pipelines.Dispose();

    [Fact]
    public void Explain_WineEveryRowAndClass_AgreesWithThePeer()
    {
        JsonElement golden = Fixtures.Golden("wine-logreg", "shap-linear");
        EncodedTable samples = Fixtures.Encode("wine-logreg", "wine/test.csv", "target"), background = Fixtures.Encode("wine-logreg", "wine/train.csv", "target");
        double tolerance = golden.GetProperty("tolerance").GetProperty("abs").GetDouble();
        for (int index = 0; index < 3; index++)
        {
            for (int row = 0; row < samples.RowCount; row++)
            {
                Explanation mine = new LinearShap().Explain(
                    Fixtures.Request(Fixtures.Predictor("wine-logreg", index, TargetSpace.Raw), samples, row, background), null, default);
                Assert.Equal(golden.GetProperty("base_value")[index].GetDouble(), mine.BaseValue!.Value, tolerance);
                Assert.Equal(golden.GetProperty("predictions")[row][index].GetDouble(), mine.PredictedValue!.Value, tolerance * 10);
                for (int i = 0; i < 13; i++)
                {
                    double expected = golden.GetProperty("values")[row][i][index].GetDouble();
                    Assert.Equal(expected, mine.Attributions[i].Contribution, tolerance + (tolerance * Math.Abs(expected)));
                }
            }
        }
    }

    [Fact]
    public void Explain_AdultInOriginalColumns_EqualsAllCoalitions()
    {
        // Without capital gains: their probabilities are so close to 1 that single precision leaves little of their log-odds.
        EncodedTable samples = Without("adult/test.csv", 6), background = Without("adult/train-sample.csv", 25);
        Assert.InRange(background.RowCount, 15, 25);
        for (int row = 0; row < samples.RowCount; row++)
        {
            LocalRequest request = Fixtures.Request(Fixtures.Predictor("adult-logreg", 1, TargetSpace.Raw), samples, row, background);
            Explanation mine = new LinearShap().Explain(request, null, default), all = new ExactShap().Explain(request, null, default);
            Assert.Equal(12, mine.Attributions.Length);
            Assert.Empty(mine.Warnings);
            for (int i = 0; i < 12; i++)
                Assert.Equal(all.Attributions[i].Contribution, mine.Attributions[i].Contribution, 2e-4);
            Explanation rescaled = new LinearShap().Explain(
                request with { Predictor = Fixtures.Predictor("adult-logreg", 1, TargetSpace.Probability) }, null, default);
            Assert.Equal(0, rescaled.CompletenessGap!.Value, 1e-9);
            Assert.Equal(false, rescaled.Quality["exact"]);
        }
    }

    private static EncodedTable Without(string file, int rows)
    {
        Table table = Fixtures.Table(file);
        int gain = table.Header.IndexOf("capital-gain");
        return Fixtures.Encode("adult-logreg", file, "income", Enumerable.Range(0, rows).Where(row => table.Row(row)[gain] == "0"));
    }

    public static TheoryData<string> Heads => ["classifier", "one row", "softmax", "regressor", "gemm", "matmul", "sigmoid", "principal components"];

    [Theory, MemberData(nameof(Heads))]
    public void Explain_EveryFormOfLinearModel_EqualsAllCoalitions(string head)
    {
        ModelSession session = Open(head);
        EncodedTable samples = SmallPipelines.Rows(session, 1, 5), background = SmallPipelines.Rows(session, 2, 15);
        Assert.Contains(ExplainerCatalog.LocalFor(SampleKinds.Rows, session, session.Outputs[0], default), method => method.Id == "linear-shap");
        for (int index = 0; index < session.Outputs[0].Width; index++)
        {
            for (int row = 0; row < samples.RowCount; row++)
            {
                LocalRequest request = Fixtures.Request(SmallPipelines.PredictorOf(session, index), samples, row, background);
                Explanation mine = new LinearShap().Explain(request, null, default), all = new ExactShap().Explain(request, null, default);
                Assert.Empty(mine.Warnings);
                Assert.Equal(all.PredictedValue!.Value, mine.PredictedValue!.Value, 1e-3);
                for (int i = 0; i < 4; i++)
                    Assert.Equal(all.Attributions[i].Contribution, mine.Attributions[i].Contribution, 1e-3);
                Assert.Equal(0, mine.CompletenessGap!.Value, 1e-10);
            }
        }
    }

    /// <summary>With three numbers: conditional means by hand from the normal equations of each coalition.</summary>
    [Fact]
    public void Correlated_FewColumns_EqualsTheConditionalExpectations()
    {
        using var folder = new ModelFolder();
        double[] weights = [1, -2, 0.5];
        using ModelSession session = folder.Open(Linear([.. weights.Select(weight => (float)weight)]));
        var random = new Random(4);
        string lines = string.Join("\n", Enumerable.Range(0, 40).Select(_ =>
        {
            double a = random.NextDouble(), b = a + (0.3 * random.NextDouble()), c = random.NextDouble() - b;
            return FormattableString.Invariant($"{a:F4},{b:F4},{c:F4}");
        }));
        EncodedTable table = TableEncoder.Bind(Table.Parse("a,b,c\n" + lines + "\n"), [new InputSpec("x", typeof(float), [3])], [])
            .Encode(Table.Parse("a,b,c\n" + lines + "\n"), [.. Enumerable.Range(0, 40)]);
        double[][] rows = [.. Enumerable.Range(0, 40).Select(row => Enumerable.Range(0, 3).Select(i => table.Number(row, i)).ToArray())];
        double[] mean = [.. Enumerable.Range(0, 3).Select(i => rows.Average(row => row[i]))];
        double Covariance(int i, int j) => rows.Sum(row => (row[i] - mean[i]) * (row[j] - mean[j])) / 39;
        double[] x = rows[0];
        double[] expected = Trees.TreeShapExactnessTests.ShapleyByDefinition(3, coalition => Enumerable.Range(0, 3).Sum(i => weights[i] * Mean(i, coalition)));
        Explanation mine = new LinearShap().Explain(
            Fixtures.Request(SmallPipelines.PredictorOf(session), table, 0, table, 0, ("value-function", "correlated")), null, default);
        for (int i = 0; i < 3; i++)
            Assert.Equal(expected[i], mine.Attributions[i].Contribution, 1e-9);
        Assert.Equal(true, mine.Quality["exact"]);

        double Mean(int i, int coalition)
        {
            int[] known = [.. Enumerable.Range(0, 3).Where(j => (coalition >> j & 1) == 1)];
            if (known.Contains(i))
                return x[i];
            if (known.Length == 0)
                return mean[i];
            if (known is [var one])
                return mean[i] + (Covariance(i, one) / Covariance(one, one) * (x[one] - mean[one]));
            (int p, int q) = (known[0], known[1]);
            double determinant = (Covariance(p, p) * Covariance(q, q)) - (Covariance(p, q) * Covariance(p, q));
            double byP = ((Covariance(i, p) * Covariance(q, q)) - (Covariance(i, q) * Covariance(p, q))) / determinant;
            double byQ = ((Covariance(i, q) * Covariance(p, p)) - (Covariance(i, p) * Covariance(p, q))) / determinant;
            return mean[i] + (byP * (x[p] - mean[p])) + (byQ * (x[q] - mean[q]));
        }
    }

    [Fact]
    public void Correlated_Sampled_IsWithinItsErrorOfTheExactValues()
    {
        EncodedTable samples = Fixtures.Encode("wine-logreg", "wine/test.csv", "target", [0]), background = Fixtures.Encode("wine-logreg", "wine/train.csv", "target");
        Predictor predictor = Fixtures.Predictor("wine-logreg", 0, TargetSpace.Raw);
        Explanation exact = new LinearShap().Explain(Fixtures.Request(predictor, samples, 0, background, 0, ("value-function", "correlated"), ("evaluations", "8192")), null, default);
        Explanation sampled = new LinearShap().Explain(Fixtures.Request(predictor, samples, 0, background, 0, ("value-function", "correlated"), ("evaluations", "2000")), null, default);
        Assert.Equal(true, exact.Quality["exact"]);
        Assert.Equal(false, sampled.Quality["exact"]);
        for (int i = 0; i < 13; i++)
        {
            double error = sampled.Attributions[i].StandardError!.Value;
            Assert.InRange(Math.Abs(sampled.Attributions[i].Contribution - exact.Attributions[i].Contribution), 0, (4.5 * error) + 1e-9);
        }
    }

    [Fact]
    public void Correlated_OneHotColumnsAndConstants_StaysComplete()
    {
        ModelSession session = Open("regressor");
        EncodedTable samples = SmallPipelines.Rows(session, 1, 5), background = SmallPipelines.Rows(session, 2, 60);
        for (int row = 0; row < samples.RowCount; row++)
        {
            Explanation mine = new LinearShap().Explain(
                Fixtures.Request(SmallPipelines.PredictorOf(session), samples, row, background, 0, ("value-function", "correlated")), null, default);
            Assert.Equal(0, mine.CompletenessGap!.Value, 1e-8);
            Assert.All(mine.Attributions, attribution => Assert.True(Math.Abs(attribution.Contribution) < 20));
        }
    }

    [Fact]
    public void Explain_ModelThatIsNoLinearModel_IsRefused()
    {
        EncodedTable samples = Fixtures.Encode("diabetes-mlp", "diabetes/test.csv", "target", [0]), background = Fixtures.Encode("diabetes-mlp", "diabetes/train.csv", "target", [1, 2]);
        Predictor predictor = Fixtures.Predictor("diabetes-mlp", 0, TargetSpace.Raw);
        ExplainerException refused = Assert.Throws<ExplainerException>(() => new LinearShap().Explain(Fixtures.Request(predictor, samples, 0, background), null, default));
        Assert.Contains("no linear model", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(ExplainerCatalog.LocalFor(SampleKinds.Rows, predictor.Session, predictor.Output, default), method => method.Id == "linear-shap");
    }

    private ModelSession Open(string head)
    {
        NodeProto[] front = SmallPipelines.PerColumn();
        float[] mirrored = [.. Coefficients.Select(value => -value), .. Coefficients];
        NodeProto Classifier(string post, float[] coefficients, params float[] intercepts) => Node(
            "LinearClassifier", ["x"], ["label", "scores"], Attribute("coefficients", coefficients), Attribute("intercepts", intercepts),
            Attribute("classlabels_ints", 0L, 1L), Attribute("post_transform", post)).In("ai.onnx.ml");
        NodeProto normalised = Node("Normalizer", ["scores"], ["y"], Attribute("norm", "L1")).In("ai.onnx.ml");
        NodeProto bias = Node("Add", ["product", "bias"], ["y"]);
        return head switch
        {
            "classifier" => Two([.. front, Classifier("LOGISTIC", mirrored, -0.5f, 0.5f), normalised]),
            "one row" => Two([.. front, Classifier("LOGISTIC", Coefficients, 0.5f), normalised]),
            "softmax" => Two([.. front, Classifier("SOFTMAX", [.. mirrored.Select(value => value / 2)], -0.25f, 0.25f), normalised]),
            "regressor" => pipelines.Open([.. front, Node("LinearRegressor", ["x"], ["y"], Attribute("coefficients", Coefficients), Attribute("intercepts", 0.5f)).In("ai.onnx.ml")]),
            "gemm" => pipelines.Open(Weights, [.. front, Node("Gemm", ["x", "row", "bias"], ["y"], Attribute("transB", 1L))]),
            "matmul" => pipelines.Open(Weights, [.. front, Node("MatMul", ["x", "column"], ["product"]), bias]),
            "sigmoid" => pipelines.Open(Weights, [.. front, Node("MatMul", ["x", "column"], ["product"]), Node("Add", ["product", "bias"], ["z"]), Node("Sigmoid", ["z"], ["y"])]),
            _ => pipelines.Open(
                model => Weights(model.Weights("turn", [10, 2], [.. Enumerable.Range(0, 20).Select(i => (i % 7 / 7f) - 0.4f)]).Weights("two", [2, 1], 1.5f, -1)),
                [.. front, Node("Sub", ["x", "middle"], ["centred"]), Node("MatMul", ["centred", "turn"], ["components"]), Node("MatMul", ["components", "two"], ["product"]), bias]),
        };

        ModelSession Two(NodeProto[] nodes) => pipelines.Open(model => model.Graph.Output[0] = Value("y", TensorProto.Types.DataType.Float, "N", 2), nodes);

        static void Weights(ModelProto model) => model.Weights("row", [1, 10], Coefficients).Weights("column", [10, 1], Coefficients)
            .Weights("bias", [1], 0.5f).Weights("middle", [1, 10], [.. Coefficients.Select(value => value / 2)]);
    }
}
