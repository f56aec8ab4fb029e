using ExplainLsp.Explainers.Shapley;
using ExplainLsp.Explainers.Tables;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Tests.Methods;

/// <summary>What is refused, with which words; determinism, cancellation, defaults, small methods.</summary>
public sealed class RequestTests
{
    private const string Model = "breast-cancer-gbm";
    private static readonly EncodedTable Samples = Fixtures.Encode(Model, "breast-cancer/test.csv", "target");
    private static readonly EncodedTable Background = Fixtures.Encode(Model, "breast-cancer/background100.csv", "target", Enumerable.Range(0, 5));

    private static LocalRequest Local(params (string, string)[] options) =>
        Fixtures.Request(Fixtures.Predictor(Model, 1), Samples, 0, Background, 0, options);

    private static GlobalRequest Global(double[]? labels, params (string, string)[] options) =>
        new(Fixtures.Predictor(Model, 1), Samples, labels, Background, Fixtures.Options(options), 0);

    private static string Refused(Action act) => Assert.Throws<ExplainerException>(act).Message;

    [Theory]
    [InlineData("kernel-shap", "steps", "5", "kernel-shap knows evaluations, link")]
    [InlineData("kernel-shap", "evaluations", "many", "a whole number from 2 to 16,777,216")]
    [InlineData("kernel-shap", "evaluations", "99999999999", "a whole number from 2 to 16,777,216")]
    [InlineData("kernel-shap", "evaluations", "40", "Set evaluations to")]
    [InlineData("kernel-shap", "evaluations", "16777216", "would hold more than 128 MB of coalitions. Set evaluations to 8,388,608 or fewer")]
    [InlineData("permutation-shap", "evaluations", "50", "Set evaluations to 118 or more")]
    [InlineData("exact-shap", "evaluations", "16777216", "use kernel-shap")]
    [InlineData("lime", "kernel-width", "-1", "a number from")]
    [InlineData("lime", "discretizer", "decile", "quartile, none")]
    [InlineData("occlusion", "baseline", "blur", "mean, zero or a number")]
    [InlineData("kernel-shap", "link", "probit", "identity, logit")]
    public void Explain_LocalOptionThatCannotBe_SaysWhatCan(string method, string key, string value, string expected) =>
        Assert.Contains(expected, Refused(() => ExplainerCatalog.FindLocal(method).Explain(Local((key, value)), null, default)), StringComparison.Ordinal);

    [Theory]
    [InlineData("permutation-importance", "metric", "f1", "accuracy, log-loss, roc-auc")]
    [InlineData("permutation-importance", "metric", "mae", "accuracy, log-loss, roc-auc: output")]
    [InlineData("partial-dependence", "feature", "age", "Column \"age\"")]
    [InlineData("partial-dependence", "grid", "1", "from 2 to 1,000")]
    [InlineData("partial-dependence", "grid", "1,2", "exactly one feature")]
    [InlineData("mean-abs-shap", "evaluations", "10", "Set evaluations to")]
    public void Explain_GlobalOptionThatCannotBe_SaysWhatCan(string method, string key, string value, string expected) =>
        Assert.Contains(expected, Refused(() => ExplainerCatalog.FindGlobal(method).Explain(Global([.. new double[143]], (key, value)), null, default)), StringComparison.Ordinal);

    [Fact]
    public void ExactShap_ThirtyColumns_RefusesWithTheNumbers()
    {
        string message = Refused(() => new ExactShap().Explain(Local(), null, default));
        Assert.Contains("1,073,741,824 coalitions (30 varying columns) × 5 background rows", message, StringComparison.Ordinal);
    }

    [Fact]
    public void PermutationImportance_NoLabels_NamesTheWaysToGiveThem()
    {
        string message = Refused(() => new PermutationImportance().Explain(Global(null), null, default));
        Assert.Contains("--label-column", message, StringComparison.Ordinal);
        Assert.Contains("explain.json", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Catalog_UnknownOrMisplacedMethod_ListsThoseThereAre()
    {
        Assert.Contains("exact-shap, kernel-shap", Refused(() => ExplainerCatalog.FindLocal("shapley")), StringComparison.Ordinal);
        Assert.Contains("a whole file", Refused(() => ExplainerCatalog.FindLocal("ice")), StringComparison.Ordinal);
        Assert.Contains("one row", Refused(() => ExplainerCatalog.FindGlobal("lime")), StringComparison.Ordinal);
    }

    [Fact]
    public void Default_BudgetBelowAllCoalitions_IsKernelShapThatRuns()
    {
        LocalRequest request = Local();
        (ILocalExplainer method, var options) = ExplainerCatalog.Default(request.Masker!, 1);
        Assert.Equal("kernel-shap", method.Id);
        Assert.Equal(30, method.Explain(request with { Options = options }, null, default).Attributions.Length);
    }

    [Fact]
    public void ModelGame_OtherMemoryBudgetOrThreads_GivesTheSameBits()
    {
        Assert.Equal(Solve(1, 1), Solve(ModelGame.DefaultMemoryBudget, 1));
        Assert.Equal(Solve(100_000, 1), Solve(ModelGame.DefaultMemoryBudget, 2));

        static double[] Solve(long budget, int threads)
        {
            var game = new ModelGame(
                Fixtures.Predictor(Model, 1, threads: threads), new BackgroundMasker(new TableRow(Samples, 3), Background), memoryBudget: budget);
            ShapleyValues result = new KernelShapley(game.Players, 300, 7).Solve(game, default);
            return [.. result.Values, .. result.StandardErrors!];
        }
    }

    [Theory]
    [InlineData("kernel-shap")]
    [InlineData("permutation-shap")]
    [InlineData("lime")]
    [InlineData("occlusion")]
    [InlineData("break-down")]
    [InlineData("ceteris-paribus")]
    public void Explain_LocalCancelled_Stops(string method) => Assert.Throws<OperationCanceledException>(
        () => ExplainerCatalog.FindLocal(method).Explain(Local(), null, new CancellationToken(true)));

    [Theory]
    [InlineData("permutation-importance")]
    [InlineData("mean-abs-shap")]
    [InlineData("partial-dependence")]
    [InlineData("ice")]
    [InlineData("ale")]
    [InlineData("h-statistic")]
    [InlineData("performance")]
    public void Explain_GlobalCancelled_Stops(string method) => Assert.Throws<OperationCanceledException>(
        () => ExplainerCatalog.FindGlobal(method).Explain(Global([.. new double[143]]), null, new CancellationToken(true)));

    [Theory]
    [InlineData("mean")]
    [InlineData("zero")]
    [InlineData("12.5")]
    public void Occlusion_EachColumn_IsTheDropWhenItIsReplaced(string baseline)
    {
        Explanation explanation = new Occlusion().Explain(Local(("baseline", baseline)), null, default);
        Predictor predictor = Fixtures.Predictor(Model, 1);
        double[] value = new double[1];
        for (int column = 0; column < 30; column++)
        {
            InputBatch batch = new TableRow(Samples, 0).Encode();
            double number = baseline == "mean" ? Background.Statistics(column).Mean : baseline == "zero" ? 0 : 12.5;
            Samples.SetColumn(batch, column, 0, 1, number);
            predictor.Predict(batch, value, default);
            Assert.Equal(explanation.PredictedValue!.Value - value[0], explanation.Attributions[column].Contribution, 1e-12);
        }
        Assert.Null(explanation.CompletenessGap);
    }

    [Fact]
    public void IceCurve_OfARow_PassesThroughItsPrediction()
    {
        var row = new TableRow(Samples, 2);
        Predictor predictor = Fixtures.Predictor(Model, 1);
        FeatureGrid grid = FeatureGrid.Of(Background, 27, 20).With(Samples.Number(2, 27), typeof(float));
        Curve curve = IceCurve.Compute(predictor, row, 27, grid, Background, default);
        double[] value = new double[1];
        predictor.Predict(row.Encode(), value, default);
        int at = curve.Numeric.IndexOf(Samples.Number(2, 27));
        Assert.True(at >= 0);
        Assert.Equal(value[0], curve.Individual[0][at]);
        Assert.Equal(curve.Numeric.Length, curve.Average.Length);
    }

    [Fact]
    public void GridAcross_WholeNumbersOrFewOrMany_ShowsWhereACurveBends()
    {
        Assert.Equal([3, 4, 5, 6, 7], FeatureGrid.Across([7, 3, double.NaN, 3], typeof(float), 100).Numbers.ToArray());
        Assert.Equal([0.5, 2], FeatureGrid.Across([2, 0.5, 0.5], typeof(float), 100).Numbers.ToArray());
        FeatureGrid many = FeatureGrid.Across(Enumerable.Range(0, 1000).Select(i => i / 8.0), typeof(double), 100);
        Assert.Equal(100, many.Numbers.Length);
        Assert.Equal((0, 999 / 8.0), (many.Numbers[0], many.Numbers[^1]));
    }

    [Fact]
    public void MeanAbsShap_TwoRows_IsTheMeanOfTheirKernelShap()
    {
        EncodedTable two = Samples.Select([0, 1], "two rows");
        var request = new GlobalRequest(Fixtures.Predictor(Model, 1), two, null, Background, Fixtures.Options(("evaluations", "200")), 4);
        Explanation global = new MeanAbsShap().Explain(request, null, default);
        Explanation[] rows = [.. Enumerable.Range(0, 2).Select(row => new KernelShap().Explain(
            Fixtures.Request(Fixtures.Predictor(Model, 1), two, row, Background, 4, ("evaluations", "200")), null, default))];
        for (int i = 0; i < 30; i++)
            Assert.Equal(rows.Average(row => Math.Abs(row.Attributions[i].Contribution)), global.Attributions[i].Mean!.Value, 1e-12);
    }
}
