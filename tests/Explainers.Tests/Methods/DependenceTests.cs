using System.Globalization;
using System.Text.Json;
using ExplainLsp.Explainers.Tests.Gradients;
using ExplainLsp.Models;
using ExplainLsp.Models.Tests;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Tests.Methods;

/// <summary>Dependence of two columns, centred curves and the H-statistic, in closed form and against scikit-learn 1.2.1.</summary>
public sealed class DependenceTests : IDisposable
{
    private readonly SmallModels models = new();

    public void Dispose() => models.Dispose();

    private static Explanation Explain(string method, Predictor predictor, EncodedTable table, params (string, string)[] options) =>
        ExplainerCatalog.FindGlobal(method).Explain(new GlobalRequest(predictor, table, null, table, Fixtures.Options(options), 0), null, default);

    private static Explanation Explain(string method, ModelSession session, EncodedTable table, params (string, string)[] options) =>
        Explain(method, SmallModels.PredictorOf(session), table, options);

    [Fact]
    public void PartialDependence_TwoColumns_AgreesWithThePeer()
    {
        JsonElement golden = Fixtures.Golden("breast-cancer-gbm", "partial-dependence").GetProperty("two_way");
        EncodedTable table = Fixtures.Encode("breast-cancer-gbm", "breast-cancer/train.csv", "target");
        int[] features = golden.GetProperty("features").Ints();
        string grids = string.Join(";", golden.GetProperty("grid").EnumerateArray().Select(grid =>
            string.Join(",", grid.Doubles().Select(value => value.ToString("R", CultureInfo.InvariantCulture)))));
        string names = string.Join(",", features.Select(feature => table.Encoder.Columns[feature].Name));
        Surface given = Assert.Single(Explain("partial-dependence", Fixtures.Predictor("breast-cancer-gbm", 1), table, ("feature", names), ("order", "2"), ("grid", grids)).Surfaces);
        double[] expected = [.. golden.GetProperty("average").EnumerateArray().SelectMany(row => row.Doubles())];
        Assert.Equal(64, given.Values.Length);
        for (int i = 0; i < 64; i++)
            Assert.Equal(expected[i], given.Values[i], 1e-5);

        Surface own = Explain("partial-dependence", Fixtures.Predictor("breast-cancer-gbm", 1), table, ("feature", names), ("order", "2"), ("grid", "8")).Surfaces[0];
        for (int i = 0; i < 8; i++)
        {
            Assert.Equal(golden.GetProperty("grid")[0][i].GetDouble(), own.FirstNumeric[i], 1e-5);
            Assert.Equal(golden.GetProperty("grid")[1][i].GetDouble(), own.SecondNumeric[i], 1e-4);
        }
    }

    [Fact]
    public void PartialDependence_AdditiveModel_IsTheColumnsOwnPartAndPairsAddUp()
    {
        ModelSession session = models.Open(TinyModel.Linear(2, -1, 0.5f));
        EncodedTable table = NumberTable.Random(3, 100, 3);
        double mean = NumberTable.Predict(session, table).Average();
        Explanation alone = Explain("partial-dependence", session, table, ("grid", "7"));
        double[] weights = [2, -1, 0.5];
        for (int column = 0; column < 3; column++)
        {
            Curve curve = alone.Attributions[column].Curve!;
            for (int i = 0; i < 7; i++)
                Assert.Equal(mean + (weights[column] * (curve.Numeric[i] - table.Statistics(column).Mean)), curve.Average[i], 1e-5);
        }
        Surface pair = Explain("partial-dependence", session, table, ("grid", "7"), ("feature", "c0,c1"), ("order", "2")).Surfaces[0];
        for (int i = 0; i < 49; i++)
            Assert.Equal(alone.Attributions[0].Curve!.Average[i / 7] + alone.Attributions[1].Curve!.Average[i % 7] - mean, pair.Values[i], 1e-5);
    }

    [Fact]
    public void PartialDependence_FeatureListWithoutOrder_IsOneCurveEach()
    {
        Explanation explanation = Explain("partial-dependence", models.Open(TinyModel.Linear(1, 2, 3)), NumberTable.Random(1, 30, 3), ("feature", "c2,c0"));
        Assert.Equal(["c2", "c0"], explanation.Attributions.Select(attribution => attribution.Feature));
        Assert.All(explanation.Attributions, attribution => Assert.NotNull(attribution.Curve));
        Assert.Empty(explanation.Surfaces);
    }

    [Fact]
    public void Ice_Centred_StartsAtZeroAndKeepsItsShape()
    {
        EncodedTable table = NumberTable.Random(5, 20, 2);
        ModelSession session = models.Product(0, 0);
        Curve plain = Explain("ice", session, table, ("feature", "c0"), ("grid", "5")).Attributions[0].Curve!;
        Explanation explanation = Explain("ice", session, table, ("feature", "c0"), ("grid", "5"), ("centred", "true"));
        Curve centred = explanation.Attributions[0].Curve!;
        Assert.Equal("true", explanation.Options["centred"]);
        for (int row = 0; row < 20; row++)
        {
            for (int i = 0; i < 5; i++)
            {
                Assert.Equal(plain.Individual[row][i] - plain.Individual[row][0], centred.Individual[row][i], 1e-12);
                Assert.Equal(table.Number(row, 1) * (centred.Numeric[i] - centred.Numeric[0]), centred.Individual[row][i], 1e-5);
            }
        }
        for (int i = 0; i < 5; i++)
            Assert.Equal(plain.Average[i] - plain.Average[0], centred.Average[i], 1e-12);
    }

    [Fact]
    public void HStatistic_AdditiveModel_IsZero()
    {
        Explanation explanation = Explain("h-statistic", models.Open(TinyModel.Linear(2, -1, 0.5f)), NumberTable.Random(3, 50, 3));
        Assert.All(explanation.Attributions, attribution => Assert.Equal(0, attribution.Contribution, 1e-6));
        Assert.All(explanation.Tensor!.Values, value => Assert.Equal(0, value, 1e-6));
    }

    [Theory]
    [InlineData("squared")]
    [InlineData("square-root")]
    [InlineData("unnormalised")]
    public void HStatistic_ProductOnAFactorialTable_IsTheClosedForm(string statistic)
    {
        double[] first = [0, 1, 2, 5], second = [-1, 1, 3], third = [0, 1];
        EncodedTable table = ProductModels.Factorial(first, second, third);
        Explanation explanation = Explain("h-statistic", models.Product(0, 0, 2), table, ("statistic", statistic));
        double m0 = first.Average(), m1 = second.Average(), v0 = Variance(first), v1 = Variance(second), v2 = 4 * Variance(third);
        double interaction = v0 * v1, joint = interaction + (m1 * m1 * v0) + (m0 * m0 * v1), whole = joint + v2;

        Assert.Equal("interactions", explanation.Tensor!.Name);
        Assert.Equal([3, 3], explanation.Tensor.Shape.AsEnumerable());
        Assert.Equal(Expected(joint), explanation.Tensor.Values[1], 1e-5);
        Assert.Equal(explanation.Tensor.Values[1], explanation.Tensor.Values[3]);
        Assert.Equal(0, explanation.Tensor.Values[2], 1e-3);
        Assert.Equal(0, explanation.Tensor.Values[0]);
        Assert.Equal(Expected(whole), explanation.Attributions[0].Contribution, 1e-5);
        Assert.Equal(Expected(whole), explanation.Attributions[1].Contribution, 1e-5);
        Assert.Equal(0, explanation.Attributions[2].Contribution, 1e-3);

        double Expected(double divisor) => statistic switch
        {
            "squared" => interaction / divisor,
            "square-root" => Math.Sqrt(interaction / divisor),
            _ => Math.Sqrt(interaction),
        };

        static double Variance(double[] values) => values.Average(value => (value - values.Average()) * (value - values.Average()));
    }

    [Fact]
    public void HStatistic_BruteForceOnARealModel_Agrees()
    {
        EncodedTable table = Fixtures.Encode("breast-cancer-gbm", "breast-cancer/test.csv", "target", Enumerable.Range(0, 15));
        Predictor predictor = Fixtures.Predictor("breast-cancer-gbm", 1);
        int[] columns = [27, 21];
        Explanation explanation = Explain(
            "h-statistic", predictor, table, ("feature", string.Join(",", columns.Select(column => table.Encoder.Columns[column].Name))));

        double[] both = Dependence(columns), one = Dependence([27]), other = Dependence([21]);
        double expected = Enumerable.Range(0, 15).Sum(i => Math.Pow(both[i] - one[i] - other[i], 2)) / both.Sum(value => value * value);
        Assert.Equal(expected, explanation.Tensor!.Values[1], 1e-5);
        double[] model = Dependence([.. Enumerable.Range(0, 30)]), rest = Dependence([.. Enumerable.Range(0, 30).Where(column => column != 27)]);
        expected = Enumerable.Range(0, 15).Sum(i => Math.Pow(model[i] - one[i] - rest[i], 2)) / model.Sum(value => value * value);
        Assert.Equal(expected, explanation.Attributions[0].Contribution, 1e-5);

        double[] Dependence(int[] fixedColumns)
        {
            double[] means = new double[15], values = new double[15];
            for (int i = 0; i < 15; i++)
            {
                InputBatch batch = table.Allocate(15);
                table.CopyRange(0, 15, batch);
                batch.Rows = 15;
                foreach (int column in fixedColumns)
                    table.SetColumn(batch, column, 0, 15, table.Number(i, column));
                predictor.Predict(batch, values, default);
                means[i] = values.Average();
            }
            return [.. means.Select(mean => mean - means.Average())];
        }
    }

    [Fact]
    public void HStatistic_PairThatHardlyMovesThePrediction_IsWarnedOf()
    {
        // c0·c1 with values of a thousandth, beside a column of hundreds.
        EncodedTable table = NumberTable.Of(40, 3, (row, column) => column == 2 ? row * 10 : ((row * (column + 3)) % 7) / 10.0);
        Explanation explanation = Explain("h-statistic", models.Product(0, 0, 1), table);
        Assert.Contains(explanation.Warnings, warning => warning.Contains("below 0.1 % of the prediction's variance", StringComparison.Ordinal));
    }

    [Fact]
    public void HStatistic_TooMuchOrTooLittle_SaysSo()
    {
        ModelSession wide = models.Open(TinyModel.Linear(new float[120]));
        string message = Assert.Throws<ExplainerException>(() => Explain("h-statistic", wide, NumberTable.Random(1, 300, 120), ("samples", "200"))).Message;
        Assert.Contains("Name columns with feature, or lower samples", message, StringComparison.Ordinal);
        message = Assert.Throws<ExplainerException>(() => Explain("h-statistic", wide, NumberTable.Random(1, 1, 120))).Message;
        Assert.Contains("has one", message, StringComparison.Ordinal);
    }
}
