using System.Text.Json;
using ExplainLsp.Explainers.Rules;
using ExplainLsp.Explainers.Tables;
using ExplainLsp.Explainers.Tests.Gradients;
using ExplainLsp.Models;
using ExplainLsp.Models.Onnx;
using ExplainLsp.Models.Tests;
using ExplainLsp.Samples;
using static ExplainLsp.Models.Tests.TinyModel;
using DataType = ExplainLsp.Models.Onnx.TensorProto.Types.DataType;

namespace ExplainLsp.Explainers.Tests.Rules;

/// <summary>Anchors: precise on samples that this test draws itself, against a peer's, and exactly right where the rule is known.</summary>
public sealed class AnchorTests
{
    private const string Model = "adult-gbm";
    private static readonly int[] Steps = [1, 1, 2, 2, 3, 3, 3, 4];
    private static readonly EncodedTable Background = Fixtures.Encode(Model, "adult/train-sample.csv", "income");
    private static readonly EncodedTable Samples = Fixtures.Encode(Model, "adult/test.csv", "income", [0, 1, 2, 3]);

    private static Explanation Explain(int row, long seed = 0, params (string, string)[] options) =>
        new Anchors().Explain(Fixtures.Request(Fixtures.Predictor(Model, 1), Samples, row, Background, seed, options), null, default);

    /// <summary>
    /// Rows of the training file with the rule's columns set, drawn here: the share with the same class lies within three standard errors
    /// of the threshold or above, and within three of what the anchor says.
    /// </summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Explain_Adult_IsPreciseOnFreshSamples(int row)
    {
        AnchorRule anchor = Explain(row).Anchor!;
        Predictor predictor = Fixtures.Predictor(Model, 1);
        int now = Decision.Class(predictor.PredictAll(new TableRow(Samples, row).Encode(), default));
        const int Count = 4000;
        var random = new Random(7);
        InputBatch batch = Background.Allocate(Count);
        Background.CopyRows([.. Enumerable.Range(0, Count).Select(_ => random.Next(Background.RowCount))], batch);
        int ColumnOf(AnchorCondition condition) => Enumerable.Range(0, Background.ColumnCount).Single(i => Background.Encoder.Columns[i].Name == condition.Feature);
        Dictionary<AnchorCondition, int[]> members = anchor.Conditions.Where(each => each.Category is null).ToDictionary(
            each => each, each => Enumerable.Range(0, Background.RowCount).Where(other => InBounds(each, Background.Number(other, ColumnOf(each)))).ToArray());
        int[] Under(int first) => [.. Enumerable.Range(0, Background.RowCount).Where(i => anchor.Conditions.Take(first).All(each => Holds(each, Background, i, ColumnOf(each))))];
        // Numbers come from rows under the rule, or under as many of its first conditions as twenty rows meet.
        int[] donors = Enumerable.Range(0, anchor.Conditions.Length + 1).Select(Under).Last(rows => rows.Length >= 20);
        for (int i = 0; i < Count; i++)
        {
            int donor = donors[random.Next(donors.Length)];
            foreach (AnchorCondition condition in anchor.Conditions)
            {
                int column = ColumnOf(condition);
                if (condition.Category is not null)
                    Samples.CopyColumn(column, [row], batch, i);
                else if (InBounds(condition, Background.Number(donor, column)))
                    Background.CopyColumn(column, [donor], batch, i);
                else
                    Background.CopyColumn(column, [members[condition][random.Next(members[condition].Length)]], batch, i);
            }
        }
        batch.Rows = Count;
        double[] scores = predictor.PredictAll(batch, default);
        double precision = Enumerable.Range(0, Count).Count(i => Decision.Class(scores.AsSpan(i * 2, 2)) == now) / (double)Count;
        double error = Math.Sqrt(0.95 * 0.05 / Count);
        Assert.True(precision >= 0.95 - (3 * error), $"{precision} for {string.Join(" and ", anchor.Conditions.Select(each => each.Text))}");
        Assert.InRange(precision, anchor.Precision - (3 * (error + Math.Sqrt(0.95 * 0.05 / 2000))), anchor.Precision + (3 * (error + Math.Sqrt(0.95 * 0.05 / 2000))));
        Assert.InRange(anchor.Precision, anchor.PrecisionLow, anchor.PrecisionHigh);

        double coverage = Enumerable.Range(0, Background.RowCount).Count(other => anchor.Conditions.All(condition => Holds(
            condition, Background, other, Enumerable.Range(0, Background.ColumnCount).Single(i => Background.Encoder.Columns[i].Name == condition.Feature)))) / (double)Background.RowCount;
        Assert.Equal(coverage, anchor.Coverage, 12);
    }

    /// <summary>The peer's rules are its own; where its precision reaches the threshold, ours covers about as much as the median of its seeds, or more.</summary>
    [Fact]
    public void Explain_Adult_CoversAsMuchAsThePeersRules()
    {
        JsonElement seeds = Fixtures.Golden(Model, "anchors").GetProperty("values");
        for (int row = 0; row < 4; row++)
        {
            double[] coverages = [.. seeds.EnumerateArray().Select(seed => seed[row]).Where(rule => rule.GetProperty("precision").GetDouble() >= 0.95)
                .Select(rule => rule.GetProperty("coverage").GetDouble())];
            double peers = coverages.Length == 0 ? 0 : coverages.Order().ElementAt(coverages.Length / 2);
            AnchorRule anchor = Explain(row).Anchor!;
            Assert.True(anchor.Coverage >= (peers * 0.8) - 0.001, $"row {row}: {anchor.Coverage} against {peers}: {string.Join(" and ", anchor.Conditions.Select(each => each.Text))}");
        }
    }

    [Fact]
    public void Explain_TheRuleIsKnown_FindsExactlyIt()
    {
        using var models = new SmallModels();
        (ModelSession session, EncodedTable table) = Known(models);
        int row = Enumerable.Range(0, table.RowCount).First(i => table.Number(i, 0) > 3 && table.Text(i, 1) == "a");
        Explanation explanation = new Anchors().Explain(Request(session, table, row), null, default);
        Assert.Equal(["c = a", "x > 3"], explanation.Anchor!.Conditions.Select(condition => condition.Text).Order(StringComparer.Ordinal));
        Assert.Equal(1, explanation.Anchor.Precision);
        Assert.Equal(Enumerable.Range(0, table.RowCount).Count(i => table.Number(i, 0) > 3 && table.Text(i, 1) == "a") / (double)table.RowCount, explanation.Anchor.Coverage, 12);
        Assert.Empty(explanation.Warnings);
        // What the conditions add, and what holds without any, is the whole precision.
        Assert.Equal(1, (double)explanation.Quality["basePrecision"] + explanation.Attributions.Sum(attribution => attribution.Contribution), 9);
        Assert.Equal(0, explanation.Attributions[2].Contribution);
        Assert.All(explanation.Attributions.Take(2), attribution => Assert.True(attribution.Contribution > 0.1));
    }

    [Fact]
    public void Explain_NothingIsPreciseEnough_GivesTheBestAndSaysSo()
    {
        using var models = new SmallModels();
        // A wave much shorter than a quartile: no bound at a quartile tells.
        ModelSession session = models.Open(
            1, 1, model => model.Weights("fast", [1], 300).Weights("steep", [1], 100),
            Node("Mul", ["x", "fast"], ["phase"]), Node("Sin", ["phase"], ["wave"]), Node("Mul", ["wave", "steep"], ["z"]), Node("Sigmoid", ["z"], ["y"]));
        var random = new Random(3);
        Table table = Table.Parse("a\n" + string.Concat(Enumerable.Range(0, 400).Select(_ => FormattableString.Invariant($"{random.NextDouble():F4}\n"))));
        EncodedTable rows = TableEncoder.Bind(table, [new InputSpec("x", typeof(float), [1])], [], guessTarget: false).Encode(table, [.. Enumerable.Range(0, table.RowCount)]);
        Explanation explanation = new Anchors().Explain(Request(session, rows, 0), null, default);
        Assert.InRange(explanation.Anchor!.Precision, 0.3, 0.8);
        Assert.Contains(explanation.Warnings, warning => warning.StartsWith("No rule reaches a precision of 0.95.", StringComparison.Ordinal));
    }

    [Fact]
    public void Explain_SameSeed_GivesTheSameRule()
    {
        Assert.Equal(Told(2), Told(2));

        static string Told(long seed) => string.Join(' ', Explain(1, seed).Attributions.Select(attribution => attribution.Contribution));
    }

    [Fact]
    public void Explain_BadRequests_SayWhatToDo()
    {
        using var models = new SmallModels();
        (ModelSession session, EncodedTable table) = Known(models);
        Refused(Request(session, table.Select([0], "1 row"), 0), "there is one only");
        Refused(Request(session, table, 0, ("threshold", "2")), "a number from 0.5 to 1");
        Refused(Request(session, table, 0, ("tolerance", "2")), "for regressions");
        EncodedTable diabetes = Fixtures.Encode("diabetes-mlp-sklearn", "diabetes/train.csv", "target");
        LocalRequest regression = Fixtures.Request(Fixtures.Predictor("diabetes-mlp-sklearn", 0, TargetSpace.Raw), diabetes, 0, diabetes);
        Refused(regression, "Give the option tolerance");
        Assert.NotNull(new Anchors().Explain(regression with { Options = Fixtures.Options(("tolerance", "40"), ("threshold", "0.8")) }, null, default).Anchor);
        Assert.Throws<OperationCanceledException>(() => new Anchors().Explain(Request(session, table, 0), null, new CancellationToken(true)));
    }

    [Theory]
    [InlineData(0.5, 100)]
    [InlineData(0.95, 2000)]
    [InlineData(1, 2000)]
    public void Bounds_AnyShare_LieAroundIt(double share, int samples)
    {
        // Wilson's interval is where |share − p| is 1.96 standard errors of p.
        (double low, double high) = PrecisionBounds.Wilson(share, samples);
        Assert.Equal(1.96, (share - low) / Math.Sqrt(low * (1 - low) / samples), 2);
        if (share < 1)
            Assert.Equal(1.96, (high - share) / Math.Sqrt(high * (1 - high) / samples), 2);
        double upper = PrecisionBounds.Upper(share, 0.01);
        if (share < 1)
            Assert.Equal(0.01, (share * Math.Log(share / upper)) + ((1 - share) * Math.Log((1 - share) / (1 - upper))), 6);
    }

    private static void Refused(LocalRequest request, string expected) =>
        Assert.Contains(expected, Assert.Throws<ExplainerException>(() => new Anchors().Explain(request, null, default)).Message, StringComparison.Ordinal);

    private static LocalRequest Request(ModelSession session, EncodedTable table, int row, params (string, string)[] options) => Fixtures.Request(
        new Predictor(session, session.Outputs[0], new Target(session.Outputs[0].Name, session.Outputs[0].Width - 1, "yes", TargetSpace.Probability)), table, row, table, 0, options);

    /// <summary>p(yes) = σ(20 ([x &gt; 3] + [c = a] − 1.5)); a third column d means nothing. x is 1 to 4, its upper quartile 3.</summary>
    private static (ModelSession Session, EncodedTable Table) Known(SmallModels models)
    {
        ModelProto model = Of(
                Node("OneHotEncoder", ["c"], ["h"], Attribute("cats_strings", "a", "b"), Attribute("zeros", 1)).In("ai.onnx.ml"),
                Node("Reshape", ["h", "shape"], ["h2"]),
                Node("MatMul", ["h2", "first"], ["isA"]),
                Node("Greater", ["x", "three"], ["above"]),
                Node("Cast", ["above"], ["aboveNumber"], Attribute("to", 1)),
                Node("Add", ["isA", "aboveNumber"], ["sum"]),
                Node("Mul", ["d", "zero"], ["nothing"]),
                Node("Add", ["sum", "nothing"], ["sum2"]),
                Node("Sub", ["sum2", "half"], ["shifted"]),
                Node("Mul", ["shifted", "steep"], ["z"]),
                Node("Sigmoid", ["z"], ["y"]))
            .Input("x", DataType.Float, "N", 1).Input("c", DataType.String, "N", 1).Input("d", DataType.Float, "N", 1)
            .Output("y", DataType.Float, "N", 1)
            .Weights("first", [2, 1], 1, 0).Weights("three", [1], 3).Weights("zero", [1], 0).Weights("half", [1], 1.5f).Weights("steep", [1], 20)
            .Integers("shape", [2], -1, 2);
        ModelSession session = models.Open(model);
        Table table = Table.Parse("x,c,d\n" + string.Concat(Enumerable.Range(0, 240).Select(i => FormattableString.Invariant($"{Steps[i % 8]},{(i / 8 % 3 == 0 ? "a" : "b")},{i}\n"))));
        InputSpec[] inputs = [.. session.Inputs.Select(input => new InputSpec(input.Name, input.ElementType, input.RowShape))];
        return (session, TableEncoder.Bind(table, inputs, []).Encode(table, [.. Enumerable.Range(0, table.RowCount)]));
    }

    private static bool Holds(AnchorCondition condition, EncodedTable table, int row, int column) => condition.Category is { } category
        ? table.Text(row, column) == category
        : InBounds(condition, table.Number(row, column));

    private static bool InBounds(AnchorCondition condition, double number) =>
        !(number <= condition.Above) && !(number > condition.AtMost);
}
