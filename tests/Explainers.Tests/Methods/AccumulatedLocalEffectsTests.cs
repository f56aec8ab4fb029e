using System.Globalization;
using System.Text.Json;
using ExplainLsp.Explainers.Tables;
using ExplainLsp.Explainers.Tests.Gradients;
using ExplainLsp.Models;
using ExplainLsp.Models.Tests;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Tests.Methods;

/// <summary>Accumulated local effects against alibi 0.9.4 and closed forms.</summary>
public sealed class AccumulatedLocalEffectsTests : IDisposable
{
    private readonly SmallModels models = new();

    public void Dispose() => models.Dispose();

    private static Explanation Explain(Predictor predictor, EncodedTable table, params (string, string)[] options) =>
        new AccumulatedLocalEffects().Explain(new GlobalRequest(predictor, table, null, table, Fixtures.Options(options), 0), null, default);

    private static Explanation Explain(ModelSession session, EncodedTable table, params (string, string)[] options) =>
        Explain(SmallModels.PredictorOf(session), table, options);

    [Fact]
    public void Ale_BreastCancer_AgreesWithThePeer()
    {
        JsonElement golden = Fixtures.Golden("breast-cancer-gbm", "ale");
        double tolerance = golden.GetProperty("tolerance").GetProperty("abs").GetDouble();
        EncodedTable table = Fixtures.Encode("breast-cancer-gbm", "breast-cancer/train.csv", "target");
        string names = string.Join(",", golden.GetProperty("values").EnumerateArray().Select(feature => feature.GetProperty("name").GetString()));
        Explanation explanation = Explain(Fixtures.Predictor("breast-cancer-gbm", 1), table, ("feature", names));

        foreach ((JsonElement feature, Attribution attribution) in golden.GetProperty("values").EnumerateArray().Zip(explanation.Attributions))
        {
            double[] grid = feature.GetProperty("grid").Doubles(), effect = feature.GetProperty("ale").Doubles();
            Assert.Equal(feature.GetProperty("name").GetString(), attribution.Feature);
            Assert.Equal(grid.Length, attribution.Curve!.Numeric.Length);
            for (int i = 0; i < grid.Length; i++)
            {
                // The golden's grid is rounded to ten digits.
                Assert.Equal(grid[i], attribution.Curve.Numeric[i], 1e-9 * Math.Max(1, Math.Abs(grid[i])));
                Assert.True(Math.Abs(effect[i] - attribution.Curve.Average[i]) <= tolerance, $"{attribution.Feature} at {grid[i]}: peer {effect[i]}, here {attribution.Curve.Average[i]}");
            }
        }
    }

    [Fact]
    public void Ale_LinearModelOfCorrelatedColumns_IsEachColumnsOwnLine()
    {
        double[] weights = [2, -1, 0];
        ModelSession session = models.Open(TinyModel.Linear([.. weights.Select(weight => (float)weight)]));
        EncodedTable random = NumberTable.Random(1, 300, 3);
        EncodedTable table = NumberTable.Of(300, 3, (row, column) => Math.Round(random.Number(row, 0) + (0.1 * random.Number(row, column)), 4));
        Explanation explanation = Explain(session, table);
        Assert.Equal(NumberTable.Predict(session, table).Average(), explanation.BaseValue!.Value, 1e-6);
        for (int column = 0; column < 3; column++)
        {
            Curve curve = explanation.Attributions[column].Curve!;
            Assert.InRange(curve.Grid.Length, 30, 75);
            for (int i = 1; i < curve.Grid.Length; i++)
                Assert.Equal(weights[column] * (curve.Numeric[i] - curve.Numeric[0]), curve.Average[i] - curve.Average[0], 1e-5);
            // Halfway in an interval is not quite where its rows are.
            Assert.Equal(Math.Abs(weights[column]) * table.Statistics(column).StandardDeviation, explanation.Attributions[column].Contribution, 0.01);
        }
    }

    [Fact]
    public void Ale_ProductOnAFactorialTable_HasTheSlopeOfTheOthersMean()
    {
        EncodedTable table = ProductModels.Factorial([0, 1, 2, 3], [0, 1, 2, 5]);
        Curve curve = Explain(models.Product(0, 0), table, ("feature", "c0")).Attributions[0].Curve!;
        Assert.Equal([0, 1, 2, 3], curve.Numeric.AsEnumerable());
        // Mean of c1 is 2; centred where the rows are, two intervals' worth in the first.
        for (int i = 0; i < 4; i++)
            Assert.Equal(2 * (i - 1.25), curve.Average[i], 1e-6);
    }

    [Fact]
    public void Ale_OrderTwoOfAProduct_IsTheProductOfCentredColumns()
    {
        EncodedTable table = ProductModels.Factorial([0, 1, 2, 3], [0, 1, 2, 5], [1, 4]);
        Explanation explanation = Explain(models.Product(3, -2, 1), table, ("feature", "c0,c1"), ("order", "2"), ("grid", "0,1,2,3;0,1,2,5"));
        Surface surface = Assert.Single(explanation.Surfaces);
        Assert.Equal(("c0", "c1"), (surface.First, surface.Second));
        for (int i = 0; i < 4; i++)
        {
            for (int j = 0; j < 4; j++)
                Assert.Equal((surface.FirstNumeric[i] - 1.25) * (surface.SecondNumeric[j] - 1.5), surface.Values[(4 * i) + j], 1e-5);
        }
        Assert.Equal("c0:c1", explanation.Attributions[0].Feature);
        Assert.True(explanation.Attributions[0].Contribution > 0.5);
    }

    [Fact]
    public void Ale_OrderTwoOfAnAdditiveModel_IsZeroAndKnowsWhereNoRowsAre()
    {
        ModelSession session = models.Open(TinyModel.Linear(2, -1));
        EncodedTable table = NumberTable.Of(200, 2, (row, column) => column == 0 ? row % 40 : (row % 40) + (row % 3));
        Explanation explanation = Explain(session, table, ("feature", "c0,c1"), ("order", "2"));
        Surface surface = explanation.Surfaces[0];
        Assert.All(surface.Values.Where(double.IsFinite), value => Assert.Equal(0, value, 1e-4));
        // Low with high never occurs.
        Assert.True(double.IsNaN(surface.Values[surface.SecondGrid.Length - 1]));
        Assert.Equal(0, explanation.Attributions[0].Contribution, 1e-4);
    }

    [Fact]
    public void Ale_OrderTwoOfRandomProducts_DoesNotDependOnTheOrderOfTheColumns()
    {
        EncodedTable table = NumberTable.Random(4, 400, 2);
        ModelSession session = models.Product(1, 1);
        Surface one = Explain(session, table, ("feature", "c0,c1"), ("order", "2")).Surfaces[0];
        Surface other = Explain(session, table, ("feature", "c1,c0"), ("order", "2")).Surfaces[0];
        for (int i = 0; i < 11; i++)
        {
            for (int j = 0; j < 11; j++)
                Assert.Equal(one.Values[(11 * i) + j], other.Values[(11 * j) + i], 1e-6);
        }
    }

    [Fact]
    public void Ale_CategoriesOfAnAdditiveModel_DifferAsPartialDependenceDoes()
    {
        // Rows whose log-odds single precision holds well.
        Predictor predictor = Fixtures.Predictor("adult-logreg", 1, TargetSpace.Raw);
        EncodedTable all = Fixtures.Encode("adult-logreg", "adult/test.csv", "income", Enumerable.Range(0, 1000));
        double[] said = new double[1000];
        predictor.Predict(all.Batch, said, default);
        EncodedTable table = all.Select([.. Enumerable.Range(0, 1000).Where(row => Math.Abs(said[row]) < 4)], "rows");
        Curve effect = Explain(predictor, table, ("feature", "marital-status")).Attributions[0].Curve!;
        Curve dependence = new PartialDependence().Explain(
            new GlobalRequest(predictor, table, null, table, Fixtures.Options(("feature", "marital-status")), 0), null, default).Attributions[0].Curve!;

        Assert.Equal(dependence.Grid.Order(), effect.Grid.Order());
        double[] offsets = [.. effect.Grid.Select((category, i) => effect.Average[i] - dependence.Average[dependence.Grid.IndexOf(category)])];
        Assert.All(offsets, offset => Assert.Equal(offsets[0], offset, 1e-4));
        int column = table.Encoder.Columns.Select(known => known.Name).ToList().IndexOf("marital-status");
        Assert.Equal(0, Enumerable.Range(0, table.RowCount).Average(row => effect.Average[effect.Grid.IndexOf(table.Text(row, column))]), 1e-9);
    }

    [Fact]
    public void Ale_OrderTwoOfTwoCategories_HasASpread()
    {
        EncodedTable table = Fixtures.Encode("adult-gbm", "adult/test.csv", "income", Enumerable.Range(0, 400));
        Explanation explanation = Explain(Fixtures.Predictor("adult-gbm", 1), table, ("feature", "age,sex"), ("order", "2"));
        Surface surface = explanation.Surfaces[0];
        Assert.Equal(["Female", "Male"], surface.SecondGrid.AsEnumerable());
        double largest = surface.Values.Where(double.IsFinite).Max(Math.Abs);
        Assert.InRange(explanation.Attributions[0].Contribution, largest / 100, largest);
    }

    [Fact]
    public void CategoryOrder_CategoriesAlongANumber_FollowIt()
    {
        // Each letter has its own range of the number; the alphabet does not tell the order.
        string[] letters = ["d", "a", "e", "c", "b"];
        var lines = Enumerable.Range(0, 200).Select(row => $"{letters[row / 40]},{(row / 40 * 4) + (row % 20)}");
        Table table = Table.Parse("letter,size\n" + string.Join("\n", lines) + "\n");
        EncodedTable encoded = TableEncoder.Bind(table, [new InputSpec("letter", typeof(string), [1]), new InputSpec("size", typeof(float), [1])], [])
            .Encode(table, [.. Enumerable.Range(0, 200)]);
        FeatureGrid grid = CategoryOrder.BySimilarity(
            encoded, [.. Enumerable.Range(0, 200)], 0, FeatureGrid.OfCategories(encoded, 0, 100), default);
        Assert.True(grid.Texts.SequenceEqual(letters) || grid.Texts.Reverse().SequenceEqual(letters), string.Join(" ", grid.Texts));
    }

    [Fact]
    public void Ale_ConstantAndEmptyColumns_SaysSoAndIsFlat()
    {
        EncodedTable table = NumberTable.Of(30, 3, (row, column) => column switch { 0 => row, 1 => 7, _ => double.NaN });
        Explanation explanation = Explain(models.Open(TinyModel.Linear(1, 1, 0)), table);
        Assert.Equal([0], explanation.Attributions[1].Curve!.Average.AsEnumerable());
        Assert.Null(explanation.Attributions[2].Curve);
        Assert.Contains(explanation.Warnings, warning => warning.Contains("Column c1 has one value only", StringComparison.Ordinal));
        Assert.Contains(explanation.Warnings, warning => warning.Contains("Column c2 has no values", StringComparison.Ordinal));
    }

    [Fact]
    public void Ale_OneRow_IsZeroWithAWarning()
    {
        Explanation explanation = Explain(models.Open(TinyModel.Linear(1, 1)), NumberTable.Random(1, 1, 2));
        Assert.All(explanation.Attributions, attribution => Assert.Equal(0, attribution.Contribution));
        Assert.Contains(explanation.Warnings, warning => warning.Contains("Columns c0, c1 have one value only", StringComparison.Ordinal));
    }

    [Fact]
    public void Ale_GivenGrid_ReachesToTheEndsOfTheData()
    {
        EncodedTable table = NumberTable.Of(11, 1, (row, _) => row);
        Curve curve = Explain(models.Open(TinyModel.Linear(1)), table, ("grid", "2,4,99")).Attributions[0].Curve!;
        Assert.Equal([0, 2, 4, 10], curve.Numeric.AsEnumerable());
        // A quantile grid of as many intervals as asked for.
        Assert.Equal([0, 2, 4, 6, 8, 10], Explain(models.Open(TinyModel.Linear(1)), table, ("grid", "5")).Attributions[0].Curve!.Numeric.AsEnumerable());
    }

    [Theory]
    [InlineData("feature", "c0", "order=2 takes 2 to 10 columns")]
    [InlineData("grid", "1,2;3,4;5,6", "a list for each, separated by semicolons")]
    public void Ale_PairsThatCannotBe_SaysWhatToGive(string key, string value, string expected)
    {
        ModelSession session = models.Open(TinyModel.Linear(1, 1));
        string message = Assert.Throws<ExplainerException>(() => Explain(session, NumberTable.Random(1, 20, 2), ("order", "2"), (key, value))).Message;
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ale_ThousandsOfCategories_LooksAtTheMostFrequent()
    {
        string[] lines = File.ReadAllLines(Path.Combine(Fixtures.Root, "data", "adult", "test.csv"));
        int occupation = lines[0].Split(',').ToList().IndexOf("occupation");
        Table table = Table.Parse(string.Join("\n", lines.Take(3001).Select((line, i) => i == 0 ? line : string.Join(",", line.Split(',').Select((cell, column) =>
            column == occupation ? "job" + i.ToString(CultureInfo.InvariantCulture) : cell)))) + "\n");
        ModelSession session = Fixtures.Session("adult-gbm");
        EncodedTable encoded = TableEncoder.Bind(table, [.. session.Inputs.Select(input => new InputSpec(input.Name, input.ElementType, input.RowShape))], ["income"])
            .Encode(table, [.. Enumerable.Range(0, table.RowCount)]);
        Explanation explanation = Explain(Fixtures.Predictor("adult-gbm", 1), encoded, ("feature", "occupation"));
        Assert.Equal(100, explanation.Attributions[0].Curve!.Grid.Length);
        Assert.Contains(explanation.Warnings, warning => warning.Contains("categories, and only the 100 most frequent", StringComparison.Ordinal));
    }
}
