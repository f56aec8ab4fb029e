using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace ExplainLsp.Explainers.Tests.Methods;

public class StrongestInteractionTests
{
    /// <summary>The peer's TreeSHAP values of 143 rows; the sums were computed from them by shap's formula, apart from this code.</summary>
    [Fact]
    public void Approximate_PeersValues_FollowsTheFormulaOfShap()
    {
        using var golden = JsonDocument.Parse(File.ReadAllText(Path.Combine(Fixtures.Root, "golden/breast-cancer-gbm/shap-tree-interventional.json")));
        string[][] lines = [.. File.ReadLines(Path.Combine(Fixtures.Root, "data/breast-cancer/test.csv")).Select(line => line.Split(',')[..30])];
        var samples = Samples(
            lines[0],
            [.. lines[1..].Select(line => line.Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray())],
            [.. golden.RootElement.GetProperty("values").EnumerateArray().Select(row => row.EnumerateArray().Select(value => value.GetDouble()).ToArray())]);
        int radius = samples.Features.IndexOf("worst radius");

        ImmutableArray<double> strengths = StrongestInteraction.Approximate(samples, radius);

        Assert.Equal("worst concave points", samples.Features[StrongestInteraction.Of(samples, radius)!.Value]);
        Assert.Equal(5.6175, strengths[samples.Features.IndexOf("worst concave points")], 2e-3);
        Assert.Equal(5.5380, strengths[samples.Features.IndexOf("worst fractal dimension")], 2e-3);
        Assert.Equal(4.6096, strengths[samples.Features.IndexOf("mean texture")], 2e-3);
        Assert.Equal(0, strengths[radius]);
    }

    [Fact]
    public void Of_InteractionValues_TakesTheLargestBesideTheDiagonal()
    {
        SampleAttributions samples = Samples(["a", "b", "c"], [[1, 2, 3]], [[1, 1, 1]]);
        var interactions = new AttributionTensor("interactions", [3, 3], [9, 0.1, -0.4, 0.1, 9, 0.2, -0.4, 0.2, 9]);

        Assert.Equal(2, StrongestInteraction.Of(samples, 0, interactions));
        Assert.Equal(2, StrongestInteraction.Of(samples, 1, interactions));
        Assert.Equal(0, StrongestInteraction.Of(samples, 2, interactions));
    }

    [Fact]
    public void Of_MissingnessThatMatters_IsFound()
    {
        // The contribution depends on whether b is there, and on nothing else.
        double[][] values = [.. Enumerable.Range(0, 60).Select(i => new[] { i, i % 3 == 0 ? double.NaN : 5, i * 7 % 11 })];
        SampleAttributions samples = Samples(["a", "b", "c"], values, [.. values.Select(row => new[] { double.IsNaN(row[1]) ? 1.0 : -1, 0, 0 })]);
        Assert.Equal(1, StrongestInteraction.Of(samples, 0));
    }

    [Fact]
    public void Of_NothingBeside_IsNull()
    {
        Assert.Null(StrongestInteraction.Of(Samples(["a"], [[1], [2]], [[0.5], [1]]), 0));
        Assert.Null(StrongestInteraction.Of(Samples(["a", "b"], [[1, 4], [2, 4], [3, 4]], [[1, 0], [2, 0], [3, 0]]), 0));
        Assert.Null(StrongestInteraction.Of(Samples(["a", "b"], [], []), 0));
    }

    internal static SampleAttributions Samples(string[] features, double[][] values, double[][] contributions) => new(
        [.. Enumerable.Range(0, values.Length)], [.. features], [.. values.SelectMany(row => row.Select(value => (float)value))],
        [.. values.SelectMany(row => row.Select(value => value.ToString(CultureInfo.InvariantCulture)))],
        [.. contributions.SelectMany(row => row.Select(value => (float)value))], [.. contributions.Select(row => row.Sum())], 0, values.Length);
}
