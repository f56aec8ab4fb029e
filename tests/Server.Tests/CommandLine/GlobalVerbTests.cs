using System.Text.Json;

namespace ExplainLsp.Server.Tests.CommandLine;

/// <summary>What scripts see of the methods for whole files and of row profiles.</summary>
public sealed class GlobalVerbTests
{
    private const string Model = "models/breast-cancer-gbm";
    private const string Train = "data/breast-cancer/train.csv";

    private static async Task<JsonElement> JsonAsync(params string[] arguments) => (await CommandRun.SucceedAsync([.. arguments, "--format", "json"])).Json;

    [Fact]
    public async Task Global_Ale_AgreesWithThePeer()
    {
        var golden = Fixtures.Golden("breast-cancer-gbm", "ale").GetProperty("values")[1];
        var json = await JsonAsync("global", Model, Train, "--method", "ale", "--option", "feature=mean texture", "--target", "1");

        var curve = json.GetProperty("attributions")[0].GetProperty("curve");
        var (expected, average) = (golden.GetProperty("ale"), curve.GetProperty("average"));
        Assert.Equal(expected.GetArrayLength(), average.GetArrayLength());
        for (var i = 0; i < expected.GetArrayLength(); i++)
        {
            Assert.Equal(expected[i].GetDouble(), average[i].GetDouble(), 1e-5);
        }
    }

    [Fact]
    public async Task Global_PairsOfColumns_HaveASurface()
    {
        var json = await JsonAsync(
            "global", Model, Train, "--method", "partial-dependence", "--option", "feature=mean texture,worst area", "--option", "order=2", "--option", "grid=3");

        var surface = Assert.Single(json.GetProperty("surfaces").EnumerateArray());
        Assert.Equal(["mean texture", "worst area"], surface.GetProperty("features").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(3, surface.GetProperty("values").GetArrayLength());
        Assert.Equal("mean texture:worst area", json.GetProperty("attributions")[0].GetProperty("feature").GetString());

        var text = (await CommandRun.SucceedAsync(
            "global", Model, Train, "--method", "ale", "--option", "feature=mean texture,worst area", "--option", "order=2", "--option", "grid=3")).Output;
        Assert.Contains("worst area (across)", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Global_HStatistic_HasTheMatrixOfPairs()
    {
        var json = await JsonAsync(
            "global", Model, Train, "--method", "h-statistic", "--option", "feature=mean texture,worst area,worst concave points", "--option", "samples=20");

        var tensor = json.GetProperty("tensor");
        Assert.Equal("interactions", tensor.GetProperty("name").GetString());
        Assert.Equal([3, 3], tensor.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32()));
        Assert.Contains(json.GetProperty("warnings").EnumerateArray(), warning => warning.GetString()!.Contains("20 of 426 rows", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Global_Performance_HasClassesByNameAndMetricsInQuality()
    {
        var json = await JsonAsync("global", Model, "data/breast-cancer/test.csv", "--method", "performance");

        var performance = json.GetProperty("performance");
        Assert.Equal(["malignant", "benign"], performance.GetProperty("classes").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(143, performance.GetProperty("confusion").EnumerateArray().SelectMany(row => row.EnumerateArray()).Sum(rows => rows.GetInt32()));
        Assert.Equal(0.958, json.GetProperty("quality").GetProperty("accuracy").GetDouble(), 1e-3);
        Assert.Contains(performance.GetProperty("worst")[0].GetProperty("truth").GetString(), (string[])["malignant", "benign"]);
    }

    [Fact]
    public async Task Global_GroupsOfColumns_AreOneEntry()
    {
        var json = await JsonAsync(
            "global", "models/adult-gbm", "data/adult/test.csv", "--method", "permutation-importance", "--option", "groups=education+occupation,age+sex", "--option", "repeats=2");

        var names = json.GetProperty("attributions").EnumerateArray().Select(entry => entry.GetProperty("feature").GetString()).ToArray();
        Assert.Equal(10, names.Length);
        Assert.Contains("age + sex", names);
        Assert.Contains("education + occupation", names);
    }

    [Fact]
    public async Task Explain_BreakDownAndCeterisParibus_TellOneRow()
    {
        var broken = await JsonAsync("explain", "models/adult-gbm", "data/adult/test.csv", "--rows", "3", "--method", "break-down");
        Assert.Equal(0, broken.GetProperty("completenessGap").GetDouble(), 1e-9);

        var profiles = await JsonAsync("explain", "models/adult-gbm", "data/adult/test.csv", "--rows", "3", "--method", "ceteris-paribus", "--option", "feature=age");
        var curve = profiles.GetProperty("attributions")[0].GetProperty("curve");
        Assert.Equal(3, curve.GetProperty("rows")[0].GetInt32());
        var at = curve.GetProperty("grid").EnumerateArray().ToList().FindIndex(value => value.GetDouble() == 24);
        Assert.Equal(profiles.GetProperty("predictedValue").GetDouble(), curve.GetProperty("average")[at].GetDouble(), 1e-6);
    }
}
