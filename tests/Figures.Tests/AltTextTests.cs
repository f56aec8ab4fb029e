using ExplainLsp.Explainers;

namespace ExplainLsp.Figures.Tests;

public class AltTextTests
{
    [Fact]
    public void Contributions_Row_FollowsTheFormula()
    {
        var text = AltText.Contributions(Examples.AdultRow(), Examples.Adult);

        Assert.StartsWith(">50K 65.9\u2009%, from an average of 18.1\u2009%. Towards: marital-status = Married-civ-spouse +19.0 pp, age = 50 +11.1 pp, ", text, StringComparison.Ordinal);
        Assert.Contains("Away: capital-gain = 0 −2.2 pp", text, StringComparison.Ordinal);
        Assert.Matches(@"\d+ others [+−±]\d", text);
        Assert.EndsWith("Exact SHAP, gap <1e−6.", text, StringComparison.Ordinal);
        Assert.InRange(text.Length, 200, 399);
    }

    [Fact]
    public void Contributions_LogOdds_SayProbabilityOnlyWhereThereIsOne()
    {
        var text = AltText.Contributions(Examples.BreastCancerRow(), Examples.BreastCancer);
        Assert.StartsWith("malignant 81.6\u2009%, from an average of −3.41 log-odds. Towards: mean concave points = 0.07798 +2.44 log-odds", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Contributions_LongNames_StayUnderFourHundred()
    {
        var name = new string('w', 300);
        var text = AltText.Contributions(
            Examples.Of(Enumerable.Range(0, 30).Select(i => new Attribution(name + i, name, i))) with { Target = new Target("p", 0, name, TargetSpace.Raw) },
            new FigureContext(name, name, name, name, name) { MethodTitle = "KernelSHAP" });
        Assert.InRange(text.Length, 50, 399);
    }

    [Fact]
    public void Importance_NamesTheMetric()
    {
        var text = AltText.Importance(Examples.Importance(), Examples.BreastCancer with { MethodTitle = "Permutation importance" });
        Assert.StartsWith("Drop in accuracy: worst radius +0.035 ± 0.011, ", text, StringComparison.Ordinal);
        Assert.EndsWith("Permutation importance.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Curve_FollowsTheFormula()
    {
        var (explanation, _) = Examples.Hours();
        var text = AltText.Curve(explanation, "hours-per-week", ["1", "50", "99"], [0.33, 0.66, 0.64], ("84", 0.659), Examples.Adult);
        Assert.Equal(
            ">50K against hours-per-week from 1 to 99: 33.0 %, lowest 33.0 % at 1, highest 66.0 % at 50, 64.0 % at the end. Now 84: 65.9 %.",
            text.Replace(NumberText.ThinSpace, ' '));
    }

    [Theory]
    [InlineData(TargetSpace.Probability, null, "pp", "towards yes", "away from yes")]
    [InlineData(TargetSpace.Raw, TargetScale.LogOdds, "log-odds", "towards yes", "away from yes")]
    [InlineData(TargetSpace.Raw, null, "logit", "towards yes", "away from yes")]
    [InlineData(TargetSpace.Raw, TargetScale.Value, "yes", "towards higher yes", "towards lower yes")]
    public void Words_Directions_AreNeverPositiveOrNegative(TargetSpace space, TargetScale? scale, string unit, string towards, string away)
    {
        var (target, context) = (new Target("p", 1, "yes", space), FigureContext.None with { Scale = scale });
        Assert.Equal((unit, towards, away), (Words.ContributionUnit(target, context), Words.Towards(target, context), Words.Away(target, context)));
    }

    [Fact]
    public void Receipt_NamesWhatTheExplanationRestsOn()
    {
        Assert.Equal(
            ["Exact SHAP", "4,096 coalitions × 20 rows of train-sample.csv", "gap <1e−6", "41 ms", "adult-gbm 01234567", "data fedcba98", "ExplainLsp 0.1.0"],
            Words.Receipt(Examples.AdultRow(), Examples.Adult).ToArray());
        Assert.Contains("seed 0", Words.Receipt(Examples.BreastCancerKernel(), Examples.BreastCancer));
    }

    [Fact]
    public void RankedContributions_AddUp_AndKeepTiesInOrder()
    {
        var explanation = Examples.Of(0.5, -1, 1, 0.25, -0.25, 2, 0.1, 0.2, 0.3);
        var ranked = RankedContributions.Of(explanation, 3);

        Assert.Equal([5, 1, 2], ranked.Indices.ToArray());
        Assert.Equal(6, ranked.OtherCount);
        Assert.Equal(explanation.Attributions.Sum(one => one.Contribution), ranked.Shown.Sum(one => one.Contribution) + ranked.OtherSum, 1e-12);
        Assert.Equal(0, RankedContributions.Of(explanation, 8).OtherCount);
    }
}
