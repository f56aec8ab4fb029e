using System.Text.Json;

namespace ExplainLsp.Models.Tests.Gradients;

/// <summary>Gradients of whole models beside Captum's, and what a gradient model promises about rows.</summary>
public class GradientModelTests
{
    [Fact]
    public void Run_OnTableRows_AgreesWithCaptum()
    {
        var golden = Fixtures.Golden("diabetes-mlp", "gradient");
        var rows = Rows(golden);
        var data = Fixtures.Floats("data/diabetes/test.csv", 10);
        var chosen = rows.SelectMany(row => data[(row * 10)..((row + 1) * 10)]).ToArray();
        using var session = ModelSession.Open(ModelFile.Read(Fixtures.Model("diabetes-mlp")), ModelSessionOptions.Default);
        var gradient = session.Gradient(new("progression", ["features"]), CancellationToken.None);

        var batch = gradient.Run([new("features", chosen, [10])], rows.Length, Ones(rows.Length), null, CancellationToken.None);

        Close(golden, batch.Gradients[0].Data);
    }

    private static int[] Rows(JsonElement golden) =>
        golden.GetProperty("inputs").TryGetProperty("rows", out var rows) ? [.. rows.EnumerateArray().Select(row => row.GetInt32())] : [];

    private static float[] Ones(int count) => [.. Enumerable.Repeat(1f, count)];

    private static void Close(JsonElement golden, float[] actual)
    {
        var tolerance = golden.GetProperty("tolerance");
        var absolute = tolerance.GetProperty("abs").GetDouble();
        var relative = tolerance.TryGetProperty("rel", out var given) ? given.GetDouble() : 0;
        var expected = Flat(golden.GetProperty("values")).ToArray();
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= absolute + (relative * Math.Abs(expected[i])), $"[{i}] is {actual[i]}, not {expected[i]}.");
    }

    private static IEnumerable<double> Flat(JsonElement values) =>
        values.ValueKind == JsonValueKind.Array ? values.EnumerateArray().SelectMany(Flat) : [values.GetDouble()];
}
