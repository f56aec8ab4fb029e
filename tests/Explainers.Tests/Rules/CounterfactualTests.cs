using System.Collections.Immutable;
using System.Globalization;
using ExplainLsp.Explainers.Tables;
using ExplainLsp.Explainers.Tests.Gradients;
using ExplainLsp.Models;
using ExplainLsp.Models.Tests;
using ExplainLsp.Samples;
using static ExplainLsp.Models.Tests.TinyModel;

namespace ExplainLsp.Explainers.Tests.Rules;

/// <summary>Counterfactuals: checked by the model on the cells as a file would hold them, within constraints, near the optimum.</summary>
public sealed class CounterfactualTests
{
    private static readonly EncodedTable AdultTraining = Fixtures.Encode("adult-gbm", "adult/train-sample.csv", "income");
    private static readonly EncodedTable BreastCancerTraining = Fixtures.Encode("breast-cancer-gbm", "breast-cancer/train.csv", "target");

    private static LocalRequest Adult(string model, int row, long seed = 0, params (string, string)[] options)
    {
        EncodedTable samples = Fixtures.Encode(model, "adult/test.csv", "income", [row]);
        return Fixtures.Request(Fixtures.Predictor(model, 1), samples, 0, AdultTraining, seed, options);
    }

    private static LocalRequest BreastCancer(int row, long seed = 0, params (string, string)[] options) => Fixtures.Request(
        Fixtures.Predictor("breast-cancer-gbm", 1),
        Fixtures.Encode("breast-cancer-gbm", "breast-cancer/test.csv", "target", [row]), 0,
        BreastCancerTraining, seed, options);

    private static Explanation Explain(LocalRequest request) => new Counterfactuals().Explain(request, null, default);

    /// <summary>What the model says of the changed row, read back from the text of a file.</summary>
    private static int Said(LocalRequest request, Counterfactual counterfactual)
    {
        var row = (TableRow)request.Sample;
        TableEncoder encoder = row.Table.Encoder;
        string[] texts = [.. row.Features.Select(feature => counterfactual.Changes.FirstOrDefault(change => change.Feature == feature.Name)?.To ?? feature.Value!)];
        Table file = Table.Parse($"{string.Join(';', row.Features.Select(feature => feature.Name))}\n{string.Join(';', texts)}\n");
        EncodedTable encoded = TableEncoder.Bind(file, encoder.Inputs, [], guessTarget: false).Encode(file, [0]);
        return Decision.Class(request.Predictor.PredictAll(encoded.Batch, default));
    }

    [Theory]
    [InlineData("adult-gbm")]
    [InlineData("adult-logreg")]
    [InlineData("breast-cancer-gbm")]
    public void Explain_RealModels_EachIsWhatTheModelSays(string model)
    {
        for (int row = 0; row < 5; row++)
        {
            LocalRequest request = model.StartsWith("adult", StringComparison.Ordinal) ? Adult(model, row) : BreastCancer(row);
            int now = Decision.Class(request.Predictor.PredictAll(request.Sample.Encode(), default));
            Explanation explanation = Explain(request);
            Assert.NotEmpty(explanation.Counterfactuals);
            Assert.Equal(explanation.Counterfactuals.Order(Comparer<Counterfactual>.Create((a, b) => a.Distance.CompareTo(b.Distance))), explanation.Counterfactuals);
            foreach (Counterfactual counterfactual in explanation.Counterfactuals)
            {
                Assert.NotEmpty(counterfactual.Changes);
                Assert.Equal(1 - now, Said(request, counterfactual));
                Assert.InRange(counterfactual.Plausibility, 0, 1);
                Assert.All(counterfactual.Changes, change => Assert.NotEqual(change.From, change.To));
            }
            Assert.All(explanation.Attributions, attribution => Assert.InRange(attribution.Contribution, 0, 1));
        }
    }

    [Fact]
    public void Explain_SeveralFound_ChangeDifferentColumns()
    {
        Explanation explanation = Explain(Adult("adult-gbm", 0));
        Assert.Equal(4, explanation.Counterfactuals.Length);
        string[] kinds = [.. explanation.Counterfactuals.Select(each => string.Join(',', each.Changes.Select(change => change.Feature)))];
        Assert.True(kinds.Distinct().Count() >= 3, string.Join(" | ", kinds));
    }

    [Fact]
    public void Explain_AnySeed_KeepsConstraintsAndTheColumnsOwnForm()
    {
        var constraints = new Dictionary<string, ColumnConstraint>
        {
            ["age"] = new() { Immutable = true },
            ["hours-per-week"] = new() { Minimum = 20, Maximum = 50 },
            ["workclass"] = new() { Categories = ["State-gov", "Local-gov"] },
            ["capital-gain"] = new() { Maximum = 6000 },
        }.ToImmutableDictionary();
        for (int seed = 0; seed < 4; seed++)
        {
            for (int row = 0; row < 4; row++)
            {
                LocalRequest request = Adult("adult-gbm", row, seed, ("immutable", "sex,race"), ("count", "10")) with { Constraints = constraints };
                foreach (CellChange change in Explain(request).Counterfactuals.SelectMany(each => each.Changes))
                {
                    Assert.DoesNotContain(change.Feature, (string[])["age", "sex", "race"]);
                    if (change.Feature is "hours-per-week" or "capital-gain" or "capital-loss")
                    {
                        long number = long.Parse(change.To, CultureInfo.InvariantCulture);
                        Assert.InRange(number, change.Feature == "hours-per-week" ? 20 : 0, change.Feature == "hours-per-week" ? 50 : change.Feature == "capital-gain" ? 6000 : 4356);
                    }
                    else if (change.Feature == "workclass")
                    {
                        Assert.Contains(change.To, (string[])["State-gov", "Local-gov"]);
                    }
                }
            }
        }
    }

    [Fact]
    public void Explain_SameSeed_GivesTheSameChanges() => Assert.Equal(Words(Explain(Adult("adult-gbm", 1, 7))), Words(Explain(Adult("adult-gbm", 1, 7))));

    private static string Words(Explanation explanation) => string.Join('\n', explanation.Counterfactuals.Select(each =>
        $"{each.Distance} {each.Plausibility} {string.Join(' ', each.Changes)}"));

    /// <summary>
    /// p(yes) = σ(w·x − b) with all deviations 1: the least distance is the row's shortfall over the largest weight, as long as that column
    /// alone may bridge it.
    /// </summary>
    [Theory]
    [InlineData(2, 1, 0.5, 3)]
    [InlineData(1, -3, 1, 4)]
    [InlineData(0.2, 0.3, -0.5, 0.8)]
    public void Explain_LinearModel_IsNearTheOptimum(float first, float second, float third, float threshold)
    {
        using var models = new SmallModels();
        ModelSession session = Logistic(models, [first, second, third], threshold);
        EncodedTable background = Grid(3, -3, 3);
        int middle = Enumerable.Range(0, background.RowCount).First(row => Enumerable.Range(0, 3).All(column => background.Number(row, column) == 0));
        var request = Request(session, background, middle);
        Explanation explanation = Explain(request);
        // Every column has the median absolute deviation of its values −3, −2, … 3, which is 2.
        double best = threshold / Math.Max(Math.Abs(first), Math.Max(Math.Abs(second), Math.Abs(third))) / 2;
        Assert.InRange(explanation.Counterfactuals[0].Distance, best - 1e-9, (best * 1.02) + 0.01);
    }

    /// <summary>One column reaches its bound before the model turns, so that two must change: the bound of the stronger, the rest from the weaker.</summary>
    [Fact]
    public void Explain_LinearModelWithBound_IsNearTheOptimumOfTwoColumns()
    {
        using var models = new SmallModels();
        ModelSession session = Logistic(models, [2, 1, 0.1f], 5);
        EncodedTable background = Grid(3, -3, 3);
        int middle = Enumerable.Range(0, background.RowCount).First(row => Enumerable.Range(0, 3).All(column => background.Number(row, column) == 0));
        LocalRequest request = Request(session, background, middle) with
        {
            Constraints = ImmutableDictionary<string, ColumnConstraint>.Empty.Add("c0", new ColumnConstraint { Maximum = 2 }),
        };
        double best = (2 + 1) / 2.0;
        Assert.InRange(Explain(request).Counterfactuals[0].Distance, best - 1e-9, best * 1.1);
    }

    [Fact]
    public void Explain_Regression_ReachesTheRangeOrAsksForIt()
    {
        EncodedTable samples = Fixtures.Encode("diabetes-mlp-sklearn", "diabetes/test.csv", "target", [0]);
        EncodedTable background = Fixtures.Encode("diabetes-mlp-sklearn", "diabetes/train.csv", "target");
        Predictor predictor = Fixtures.Predictor("diabetes-mlp-sklearn", 0, TargetSpace.Raw);
        double now = predictor.PredictOne(new TableRow(samples, 0), default);
        string range = FormattableString.Invariant($"{now + 30:F0}..{now + 60:F0}");
        Explanation explanation = Explain(Fixtures.Request(predictor, samples, 0, background, 0, ("desired", range)));
        Assert.NotEmpty(explanation.Counterfactuals);
        Assert.All(explanation.Counterfactuals, each => Assert.InRange(each.PredictedValue, Math.Round(now + 30), Math.Round(now + 60)));
        Refused(Fixtures.Request(predictor, samples, 0, background), "Give the option desired as a range");
        Refused(Fixtures.Request(predictor, samples, 0, background, 0, ("desired", "200")), "a range: 100..150");
        Refused(Fixtures.Request(predictor, samples, 0, background, 0, ("desired", "0..10000")), "already");
    }

    [Fact]
    public void Explain_ThreeClasses_TurnsIntoTheOneThatIsDesired()
    {
        EncodedTable samples = Fixtures.Encode("wine-logreg", "wine/test.csv", "target", [0]);
        EncodedTable background = Fixtures.Encode("wine-logreg", "wine/train.csv", "target");
        Predictor predictor = Fixtures.Predictor("wine-logreg", 0);
        int now = Decision.Class(predictor.PredictAll(samples.Batch, default));
        for (int desired = 0; desired < 3; desired++)
        {
            LocalRequest request = Fixtures.Request(predictor, samples, 0, background, 0, ("desired", predictor.NameOf(desired)));
            if (desired == now)
                Refused(request, "already");
            else
                Assert.All(Explain(request).Counterfactuals, each => Assert.Equal((desired, predictor.NameOf(desired)), (Said(request, each), each.PredictedName)));
        }
        Refused(Fixtures.Request(predictor, samples, 0, background, 0, ("desired", "merlot")), "one of the classes");
    }

    [Fact]
    public void Explain_ConstraintInTheWay_NamesIt()
    {
        using var models = new SmallModels();
        ModelSession session = Logistic(models, [1, 0, 0], 1);
        EncodedTable background = Grid(3, -3, 3);
        LocalRequest request = Request(session, background, 0) with
        {
            Constraints = ImmutableDictionary<string, ColumnConstraint>.Empty
                .Add("c0", new ColumnConstraint { Maximum = 0.5 }).Add("c1", new ColumnConstraint { Immutable = true }),
        };
        Explanation explanation = Explain(request);
        Assert.Empty(explanation.Counterfactuals);
        string warning = Assert.Single(explanation.Warnings);
        Assert.Contains("c0 (0.5 or less)", warning, StringComparison.Ordinal);
        Assert.DoesNotContain("c1", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_NoSuchRowAnywhere_SaysSo()
    {
        using var models = new SmallModels();
        ModelSession session = Logistic(models, [1, 0, 0], 100);
        Assert.Contains("of no row of the background", Assert.Single(Explain(Request(session, Grid(3, -3, 3), 0)).Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_BadRequests_SayWhatToDo()
    {
        using var models = new SmallModels();
        ModelSession session = Logistic(models, [1, 1, 1], 1);
        EncodedTable background = Grid(3, -3, 3);
        Refused(Request(session, background.Select([0], "1 row"), 0), "one row shows none");
        Refused(Request(session, background, 0, ("immutable", "c9")), "Column \"c9\"");
        Refused(Request(session, background, 0, ("immutable", "c0,c1,c2")), "No column may change");
        Refused(Request(session, background, 0, ("count", "0")), "a whole number from 1");
        Assert.Throws<OperationCanceledException>(() => new Counterfactuals().Explain(Request(session, background, 0), null, new CancellationToken(true)));
    }

    [Fact]
    public void Explain_ConstantAndMissingColumns_AreLeftAlone()
    {
        using var models = new SmallModels();
        ModelSession session = Logistic(models, [1, 0, 0], 1);
        Table table = Table.Parse("c0,c1,c2\n" + string.Concat(Enumerable.Range(0, 30).Select(i => FormattableString.Invariant($"{(i / 10.0) - 1.5:F1},7,\n"))));
        EncodedTable background = TableEncoder.Bind(table, [new InputSpec("x", typeof(float), [3])], []).Encode(table, [.. Enumerable.Range(0, 30)]);
        // A missing value times 0 is NaN to the model, so the last column is read as 0 here.
        background.SetColumn(background.Batch, 2, 0, 30, 0);
        Explanation explanation = Explain(Request(session, background, 0));
        Assert.Equal("c0", Assert.Single(Assert.Single(explanation.Counterfactuals).Changes).Feature);
    }

    private static void Refused(LocalRequest request, string expected) =>
        Assert.Contains(expected, Assert.Throws<ExplainerException>(() => Explain(request)).Message, StringComparison.Ordinal);

    private static LocalRequest Request(ModelSession session, EncodedTable table, int row, params (string, string)[] options) => Fixtures.Request(
        new Predictor(session, session.Outputs[0], new Target(session.Outputs[0].Name, 1, "yes", TargetSpace.Probability)), table, row, table, 0, options);

    /// <summary>p(yes) = σ(w·x − threshold).</summary>
    private static ModelSession Logistic(SmallModels models, float[] weights, float threshold) => models.Open(
        weights.Length, 1,
        model => model.Weights("w", [weights.Length, 1], weights).Weights("b", [1], threshold),
        Node("MatMul", ["x", "w"], ["xw"]), Node("Sub", ["xw", "b"], ["z"]), Node("Sigmoid", ["z"], ["y"]));

    /// <summary>All rows of whole numbers, with two decimals.</summary>
    private static EncodedTable Grid(int columns, int low, int high)
    {
        int values = high - low + 1;
        int rows = (int)Math.Pow(values, columns);
        string header = string.Join(',', Enumerable.Range(0, columns).Select(column => $"c{column}"));
        string lines = string.Concat(Enumerable.Range(0, rows).Select(row => string.Join(',', Enumerable.Range(0, columns).Select(
            column => FormattableString.Invariant($"{low + (row / (int)Math.Pow(values, column) % values):F2}"))) + "\n"));
        Table table = Table.Parse($"{header}\n{lines}");
        return TableEncoder.Bind(table, [new InputSpec("x", typeof(float), [columns])], []).Encode(table, [.. Enumerable.Range(0, rows)]);
    }
}
