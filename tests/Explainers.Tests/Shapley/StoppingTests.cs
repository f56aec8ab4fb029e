using ExplainLsp.Explainers.Shapley;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Tests.Shapley;

/// <summary>Sampling that stops at a standard error, and the proxy that takes noise away.</summary>
public sealed class StoppingTests
{
    [Theory]
    [InlineData("kernel-shap", 0.05)]
    [InlineData("kernel-shap", 0.02)]
    [InlineData("permutation-shap", 0.1)]
    public void StandardError_Reached_StopsEarlyAndSaysWhatItTook(string method, double wanted)
    {
        LocalRequest request = Cancer(("standard-error", FormattableString.Invariant($"{wanted}")));
        Explanation found = ExplainerCatalog.FindLocal(method).Explain(request, null, default);
        Explanation exact = new TreeShap().Explain(request with { Options = Fixtures.Options() }, null, default);
        Assert.InRange((double)found.Quality["largestStandardError"], 0, wanted);
        Assert.InRange(found.Cost.Evaluations, 100, 65_000);
        Assert.DoesNotContain(found.Warnings, warning => warning.Contains("was not reached", StringComparison.Ordinal));
        for (int i = 0; i < 30; i++)
            Assert.InRange(Math.Abs(found.Attributions[i].Contribution - exact.Attributions[i].Contribution), 0, 5 * wanted);
        Assert.Equal(0, found.CompletenessGap!.Value, 1e-5);
    }

    [Theory]
    [InlineData("kernel-shap")]
    [InlineData("permutation-shap")]
    public void StandardError_BudgetTooSmall_SaysWhatWasReached(string method)
    {
        Explanation found = ExplainerCatalog.FindLocal(method).Explain(Cancer(("standard-error", "1e-9"), ("evaluations", "600")), null, default);
        Assert.Contains(found.Warnings, warning => warning.StartsWith("The standard error asked for, 1E-09, was not reached", StringComparison.Ordinal));
        Assert.Throws<ExplainerException>(() => ExplainerCatalog.FindLocal(method).Explain(Cancer(("standard-error", "-1")), null, default));
    }

    /// <summary>Over 60 seeds: the mean is the known value within 4 standard errors of that mean, and the error is smaller than without.</summary>
    [Fact]
    public void ControlVariate_ThirdOrderGame_IsUnbiasedAndLessNoisy()
    {
        (FormulaGame game, double[] values) = Games.RandomSum(12, 40, 3, 5);
        const int seeds = 60;
        double[] sum = new double[12], squares = new double[12];
        double plain = 0, fitted = 0, claimed = 0;
        for (int seed = 0; seed < seeds; seed++)
        {
            double[] without = new KernelShapley(12, 700, seed).Solve(game, default).Values;
            ShapleyValues with = new KernelShapley(12, 700, seed, null, true).Solve(game, default);
            for (int i = 0; i < 12; i++)
            {
                double error = with.Values[i] - values[i];
                sum[i] += error;
                squares[i] += error * error;
                fitted += error * error;
                plain += (without[i] - values[i]) * (without[i] - values[i]);
                claimed += with.StandardErrors![i] * with.StandardErrors[i];
            }
        }
        Assert.True(fitted < plain / 2, $"squared error {fitted} with, {plain} without");
        for (int i = 0; i < 12; i++)
            Assert.InRange(Math.Abs(sum[i] / seeds), 0, 4 * Math.Sqrt(squares[i] / seeds / seeds));
        // The standard errors are honest: within a factor of two of what is seen.
        Assert.InRange(claimed / fitted, 0.25, 4);
    }

    [Fact]
    public void ControlVariate_GameWithoutTriples_ChangesNothingThatMatters()
    {
        FormulaGame game = Games.Voting(20, 7, 5, 4, 4, 3, 3, 2, 2, 2, 1, 1, 1, 1, 1);
        double[] exact = new ExactShapley(14).Solve(game, default).Values;
        double plain = 0, fitted = 0;
        for (int seed = 0; seed < 20; seed++)
        {
            plain += new KernelShapley(14, 400, seed).Solve(game, default).Values.Zip(exact, (a, b) => (a - b) * (a - b)).Sum();
            fitted += new KernelShapley(14, 400, seed, null, true).Solve(game, default).Values.Zip(exact, (a, b) => (a - b) * (a - b)).Sum();
        }
        Assert.True(fitted < 1.2 * plain, $"squared error {fitted} with, {plain} without");
    }

    [Fact]
    public void Solve_ManyGames_GivesTheBitsOfASolverOfItsOwn()
    {
        var shared = new KernelShapley(10, 200, 3, null, true);
        for (int seed = 0; seed < 4; seed++)
        {
            FormulaGame game = Games.RandomSum(10, 20, 4, seed).Game;
            Assert.Equal(new KernelShapley(10, 200, 3, null, true).Solve(game, default).Values, shared.Solve(game, default).Values);
        }
    }

    private static LocalRequest Cancer(params (string, string)[] options)
    {
        EncodedTable samples = Fixtures.Encode("breast-cancer-gbm", "breast-cancer/test.csv", "target", [0]);
        EncodedTable background = Fixtures.Encode("breast-cancer-gbm", "breast-cancer/background100.csv", "target", Enumerable.Range(0, 10));
        return Fixtures.Request(Fixtures.Predictor("breast-cancer-gbm", 1, TargetSpace.Raw), samples, 0, background, 0, options);
    }
}
