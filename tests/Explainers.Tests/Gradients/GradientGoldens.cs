using System.Text.Json;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Tests.Gradients;

/// <summary>How goldens of gradient methods are read and compared.</summary>
internal static class GradientGoldens
{
    /// <summary>The background pictures that a golden names; null when it names none.</summary>
    public static References? References(string model, JsonElement golden)
    {
        JsonElement parameters = golden.GetProperty("parameters");
        if ((!parameters.TryGetProperty("baselines", out JsonElement named) && !parameters.TryGetProperty("background", out named))
            || named.ValueKind != JsonValueKind.Object || !named.TryGetProperty("files", out JsonElement files))
        {
            return null;
        }
        InputTensor[] rows = [.. files.EnumerateArray().Select(file => GridFixtures.Image(model, file.GetString()!).Tensor)];
        float[] data = [.. rows.SelectMany(row => (float[])row.Data)];
        return new References(new InputBatch([rows[0] with { Data = data }], rows.Length) { Rows = rows.Length }, $"{rows.Length} pictures");
    }

    /// <summary>Within the golden's own tolerance, element by element.</summary>
    public static void AssertNear(JsonElement golden, double[] expected, IReadOnlyList<double> actual, string what)
    {
        JsonElement tolerance = golden.GetProperty("tolerance");
        double absolute = tolerance.GetProperty("abs").GetDouble();
        double relative = tolerance.TryGetProperty("rel", out JsonElement rel) ? rel.GetDouble() : 0;
        Assert.Equal(expected.Length, actual.Count);
        for (int i = 0; i < expected.Length; i++)
        {
            double allowed = absolute + (relative * Math.Abs(expected[i]));
            Assert.True(Math.Abs(expected[i] - actual[i]) <= allowed, $"{what}, element {i}: peer {expected[i]}, here {actual[i]}, tolerance {allowed}");
        }
    }

    /// <summary>
    /// The golden's statistical rule: the mean of n runs within 4 deviations / √n + 1e−3 of the largest mean; the peer's own mean comes
    /// from its n runs, so both count. Deviations from ten runs are themselves uncertain: three elements in a thousand lie beyond four of
    /// them (Student's t of 9 degrees), so one in a hundred may, and none twice as far.
    /// </summary>
    public static void AssertWithinSpread(JsonElement golden, int at, double[][] runs)
    {
        double[] mean = golden.GetProperty("values_mean")[at].Flat(), deviation = golden.GetProperty("values_std")[at].Flat();
        double peers = golden.GetProperty("n_seeds").GetInt32();
        double largest = mean.Max(Math.Abs);
        int outside = 0;
        for (int i = 0; i < mean.Length; i++)
        {
            double allowed = (4 * deviation[i] * Math.Sqrt((1.0 / runs.Length) + (1 / peers))) + (1e-3 * largest);
            double miss = Math.Abs(runs.Average(run => run[i]) - mean[i]);
            outside += miss > allowed ? 1 : 0;
            Assert.True(miss <= 2 * allowed, $"element {i}: peer {mean[i]}, here off by {miss}, allowed {allowed}");
        }
        Assert.InRange(outside, 0, mean.Length / 100);
    }
}
