using System.Text.Json;
using ExplainLsp.Explainers;
using ExplainLsp.Samples;
using ExplainLsp.Server.Engine;

namespace ExplainLsp.Server.Tests.Engine;

/// <summary>The engine on real models: targets, backgrounds, and what the caches hang on.</summary>
public sealed class ExplanationEngineTests : IDisposable
{
    private readonly ExplanationEngine _engine = new(EngineOptions.Default);

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void ExplainRow_TypingElsewhere_TakesTheCachedExplanation()
    {
        var lines = File.ReadAllLines(Fixtures.Data("wine")).Take(12).ToArray();
        var before = Explain(Wine(lines), 3);
        lines[1] = "99" + lines[1][lines[1].IndexOf(',', StringComparison.Ordinal)..];
        lines[^1] = "12,half a ro";

        var after = Explain(Wine(lines), 3);

        Assert.Same(before.Explanation.Quality, after.Explanation.Quality);
        Assert.Equal(before.Explanation.Cost, after.Explanation.Cost);
    }

    [Fact]
    public void ExplainRow_CellOfTheRowChanged_ComputesAnew()
    {
        var lines = File.ReadAllLines(Fixtures.Data("wine")).Take(12).ToArray();
        var before = Explain(Wine(lines), 3);
        lines[4] = "15" + lines[4][lines[4].IndexOf(',', StringComparison.Ordinal)..];

        var after = Explain(Wine(lines), 3);

        Assert.Equal("15", after.Explanation.Attributions[0].Value);
        Assert.NotEqual(before.Explanation.PredictedValue, after.Explanation.PredictedValue);
    }

    [Fact]
    public void ExplainRow_BackgroundIsTheFileWithAFaultyRow_LeavesItOutAndSaysSo()
    {
        var lines = File.ReadAllLines(Fixtures.Data("wine")).Take(12).ToArray();
        lines[^1] = "12,half a ro";

        var report = Explain(Wine(lines) with { BackgroundPath = null, BackgroundRows = null }, 0);

        Assert.Equal("the mean of 10 rows of test.csv", report.Explanation.Background);
        Assert.Contains(report.Explanation.Warnings, warning => warning.Contains("1 row of test.csv could not be read", StringComparison.Ordinal));
    }

    [Fact]
    public void ExplainRow_NoBackgroundNamed_SpreadsAHundredRows()
    {
        var query = Wine(File.ReadAllLines(Fixtures.Data("wine"))) with { BackgroundRows = null };

        Assert.Equal("the mean of 100 rows of train.csv", Explain(query, 0).Explanation.Background);
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("class_2", 2)]
    [InlineData("CLASS_0", 0)]
    public void ExplainRow_Target_TakesIndexOrName(string target, int index)
    {
        var query = Wine(File.ReadAllLines(Fixtures.Data("wine")));

        Assert.Equal(index, Explain(query with { Target = target }, 0).Explanation.Target.Index);
    }

    [Fact]
    public void ExplainRow_UnknownClass_ListsTheClasses()
    {
        var query = Wine(File.ReadAllLines(Fixtures.Data("wine"))) with { Target = "merlot" };

        var problem = Assert.Throws<ExplainerException>(() => Explain(query, 0));

        Assert.Contains("class_0, class_1, class_2", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Predict_FaultyRow_IsAnOutcomeWithAProblem()
    {
        var lines = File.ReadAllLines(Fixtures.Data("wine")).Take(4).ToArray();
        lines[2] = "1,2,3";

        var outcomes = _engine.Predict(Wine(lines), [0, 1, 2], CancellationToken.None);

        Assert.Equal([true, false, true], outcomes.Select(outcome => outcome.Prediction is not null));
        Assert.Contains("Row 1 has 3 fields", outcomes[1].Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void ExplainRow_Cancelled_Stops()
    {
        var query = Wine(File.ReadAllLines(Fixtures.Data("wine")));

        Assert.ThrowsAny<OperationCanceledException>(() => _engine.Explain(query, 0, null, new CancellationToken(true)));
    }

    [Fact]
    public void ExplainCell_Curve_PassesThroughThePrediction()
    {
        var report = _engine.ExplainCell(Wine(File.ReadAllLines(Fixtures.Data("wine"))), 2, "proline", CancellationToken.None);

        var curve = Assert.Single(report.Explanation.Attributions).Curve!;
        Assert.Equal(2, Assert.Single(curve.Rows));
        Assert.Contains(curve.Individual[0], value => Math.Abs(value - report.Explanation.PredictedValue!.Value) < 1e-9);
    }

    [Fact]
    public void Json_NotFiniteNumbers_AreNullWithAWarning()
    {
        var report = Explain(Wine(File.ReadAllLines(Fixtures.Data("wine"))), 0);
        var spoilt = report with { Explanation = report.Explanation with { PredictedValue = double.NaN } };

        var json = JsonDocument.Parse(ExplanationJson.Write(spoilt)).RootElement;

        Assert.Equal(JsonValueKind.Null, json.GetProperty("predictedValue").ValueKind);
        Assert.Contains(json.GetProperty("warnings").EnumerateArray(), warning => warning.GetString()!.Contains("1 number", StringComparison.Ordinal));
    }

    [Fact]
    public void Csv_TextThatASpreadsheetWouldRun_IsDefusedAndNumbersStayNumbers()
    {
        var report = Explain(Wine(File.ReadAllLines(Fixtures.Data("wine"))), 0);
        var hostile = report with
        {
            Explanation = report.Explanation with
            {
                Attributions = [new Attribution("=cmd|' /C calc'!A0", "@SUM(1,2)", -0.5), new Attribution("alcohol", "-5.5", 0.25)],
            },
        };

        var lines = ExplanationCsv.Write(hostile).Split("\r\n");

        Assert.Equal("feature,value,attribution", lines[0]);
        Assert.Equal("'=cmd|' /C calc'!A0,\"'@SUM(1,2)\",-0.5", lines[1]);
        Assert.Equal("alcohol,-5.5,0.25", lines[2]);
    }

    private ExplanationReport Explain(ExplanationQuery query, int row) => _engine.Explain(query, row, null, CancellationToken.None);

    private ExplanationQuery Wine(string[] lines)
    {
        var samples = new SampleFile(Fixtures.Data("wine"), Table.Parse(string.Join('\n', lines)));
        var binding = new SampleBinder(_engine.Sessions).Bind(Fixtures.Model("wine-logreg"), samples, null, CancellationToken.None);
        return new ExplanationQuery(samples, binding)
        {
            Method = "occlusion",
            BackgroundPath = Fixtures.Data("wine", "train.csv"),
            BackgroundRows = "0-9",
        };
    }
}
