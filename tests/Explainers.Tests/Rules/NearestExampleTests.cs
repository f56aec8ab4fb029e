using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Tests.Rules;

/// <summary>Nearest examples and counter-examples against a search by hand; LIME's pick against what a cover is.</summary>
public sealed class NearestExampleTests
{
    private const string Model = "breast-cancer-gbm";
    private static readonly EncodedTable Training = Fixtures.Encode(Model, "breast-cancer/train.csv", "target");
    private static readonly EncodedTable Samples = Fixtures.Encode(Model, "breast-cancer/test.csv", "target");

    [Fact]
    public void Explain_BreastCancer_AreTheNearestOfEachClass()
    {
        Predictor predictor = Fixtures.Predictor(Model, 1);
        Explanation explanation = new NearestExamples().Explain(Fixtures.Request(predictor, Samples, 4, Training), null, default);
        double[] scales = [.. Enumerable.Range(0, 30).Select(column =>
        {
            double[] values = [.. Enumerable.Range(0, Training.RowCount).Select(row => Training.Number(row, column))];
            double median = Median(values);
            return Median([.. values.Select(value => Math.Abs(value - median))]);
        })];
        double[] all = new double[Training.RowCount];
        predictor.Predict(Training.Batch, all, default);
        double own = predictor.PredictOne(new TableRow(Samples, 4), default);
        var ranked = Enumerable.Range(0, Training.RowCount)
            .Select(row => (Row: row, Distance: Enumerable.Range(0, 30).Sum(column => Math.Abs(Training.Number(row, column) - Samples.Number(4, column)) / scales[column])))
            .OrderBy(pair => pair.Distance).ToArray();
        int[] hits = [.. ranked.Where(pair => all[pair.Row] > 0.5 == own > 0.5).Take(3).Select(pair => pair.Row)];
        int[] misses = [.. ranked.Where(pair => all[pair.Row] > 0.5 != own > 0.5).Take(3).Select(pair => pair.Row)];
        Assert.Equal(hits, explanation.Neighbours.Where(each => each.SamePrediction).Select(each => each.Row));
        Assert.Equal(misses, explanation.Neighbours.Where(each => !each.SamePrediction).Select(each => each.Row));
        Assert.All(explanation.Neighbours, each => Assert.Equal(all[each.Row], each.PredictedValue));
        Assert.All(explanation.Neighbours, each => Assert.Equal(ranked.Single(pair => pair.Row == each.Row).Distance, each.Distance, 6));
        Assert.Equal(1, explanation.Attributions.Sum(each => each.Contribution), 9);
        double[] parts = [.. Enumerable.Range(0, 30).Select(column => misses.Sum(row => Math.Abs(Training.Number(row, column) - Samples.Number(4, column)) / scales[column]))];
        Assert.Equal(parts.Select(part => Math.Round(part / parts.Sum(), 9)), explanation.Attributions.Select(each => Math.Round(each.Contribution, 9)));
    }

    [Fact]
    public void Explain_RowOfTheBackgroundItself_IsLeftOut()
    {
        Explanation explanation = new NearestExamples().Explain(Fixtures.Request(Fixtures.Predictor(Model, 1), Training, 11, Training), null, default);
        Assert.DoesNotContain(explanation.Neighbours, each => each.Row == 11);
        Assert.All(explanation.Neighbours, each => Assert.True(each.Distance > 0));
    }

    [Fact]
    public void Explain_Regression_ComparesWithinTheTolerance()
    {
        EncodedTable rows = Fixtures.Encode("diabetes-mlp-sklearn", "diabetes/train.csv", "target");
        Predictor predictor = Fixtures.Predictor("diabetes-mlp-sklearn", 0, TargetSpace.Raw);
        Explanation explanation = new NearestExamples().Explain(Fixtures.Request(predictor, rows, 3, rows, 0, ("tolerance", "10")), null, default);
        Assert.All(explanation.Neighbours, each => Assert.Equal(Math.Abs(each.PredictedValue - explanation.PredictedValue!.Value) <= 10, each.SamePrediction));
    }

    [Fact]
    public void Explain_OneRowInTheBackground_SaysWhatIsMissing()
    {
        Explanation explanation = new NearestExamples().Explain(
            Fixtures.Request(Fixtures.Predictor(Model, 1), Samples, 4, Training.Select([11], "1 row of train.csv")), null, default);
        Assert.Single(explanation.Neighbours);
        Assert.Contains(explanation.Warnings, warning => warning.Contains("1 row of train.csv", StringComparison.Ordinal));
    }

    [Fact]
    public void Pick_MoreRows_CoverMoreAndEachAddsSomething()
    {
        Explanation two = Pick(2), five = Pick(5);
        Assert.Equal(2, two.Samples!.Rows.Length);
        Assert.Equal(two.Samples.Rows, five.Samples!.Rows.Take(2));
        Assert.True((double)five.Quality["coverage"] > (double)two.Quality["coverage"]);
        Assert.Equal(five.Samples.Rows.Length, five.Samples.Rows.Distinct().Count());
        Assert.Equal(5 * 30, five.Samples.Contributions.Length);
        double[] all = new double[Samples.RowCount];
        Fixtures.Predictor(Model, 1).Predict(Samples.Batch, all, default);
        Assert.Equal(five.Samples.Rows.Select(row => all[row]), five.Samples.Predicted);
    }

    [Fact]
    public void Pick_RowsExplained_AreLimesOwn()
    {
        Explanation picked = Pick(1);
        var row = new TableRow(Samples, picked.Samples!.Rows[0]);
        Explanation alone = new Lime().Explain(
            new LocalRequest(Fixtures.Predictor(Model, 1), row, new BackgroundMasker(row, Training), Fixtures.Options(("samples", "500")), 0), null, default);
        Assert.Equal(alone.Attributions.Select(each => (float)each.Contribution), picked.Samples.Contributions);
        Assert.All(picked.Attributions, each => Assert.True(each.Contribution >= 0));
    }

    private static Explanation Pick(int count) => new SubmodularPick().Explain(
        new GlobalRequest(Fixtures.Predictor(Model, 1), Samples, null, Training, Fixtures.Options(("count", $"{count}"), ("samples", "20"), ("evaluations", "500")), 0), null, default);

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values.Length % 2 == 1 ? values[values.Length / 2] : (values[(values.Length / 2) - 1] + values[values.Length / 2]) / 2;
    }
}
