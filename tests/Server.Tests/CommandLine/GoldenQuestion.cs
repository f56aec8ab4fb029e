using System.Text.Json;

namespace ExplainLsp.Server.Tests.CommandLine;

/// <summary>A peer's reference values, and how a script asks for the same on the command line.</summary>
/// <param name="Model">The model's folder.</param>
/// <param name="Golden">The reference file's name.</param>
/// <param name="Method">The method's id.</param>
/// <param name="Options">Options beyond those that the file itself says (mask, window, layer, background).</param>
public sealed record GoldenQuestion(string Model, string Golden, string Method, params string[] Options)
{
    /// <summary>Runs of a random method, averaged.</summary>
    private const int Seeds = 5;

    private static readonly Dictionary<string, string> LayersOfModels = new()
    {
        ["fashion-cnn"] = "/features/features.8/Conv_output_0",
        ["digits-resnet"] = "head",
    };

    private readonly JsonElement _golden = Fixtures.Golden(Model, Golden);

    private bool IsStatistical => _golden.TryGetProperty("values_mean", out _);

    private bool IsOfRegions => Golden == "lime-image";

    /// <inheritdoc/>
    public override string ToString() => $"{Model}, {Golden}";

    /// <summary>
    /// Asks, and gives back the largest difference in units of what the reference allows. The deviations of random methods are estimates
    /// from ten runs, for thousands of pixels at once: one pixel in 200 may lie beyond four standard errors, none beyond eight.
    /// </summary>
    internal async Task<double> AskAsync()
    {
        using var folder = new TemporaryFolder();
        var arguments = Arguments(folder);
        var runs = new List<double[][]>();
        for (var seed = 0; seed < (IsStatistical ? Seeds : 1); seed++)
        {
            var lines = (await CommandRun.SucceedAsync([.. arguments, "--seed", $"{seed}"])).Lines;
            runs.Add([.. lines.Select(line => ValuesOf(JsonDocument.Parse(line).RootElement))]);
        }

        var differences = Differences(runs).Order().ToArray();
        return IsStatistical ? Math.Max(differences[^(1 + (differences.Length / 200))], differences[^1] / 2) : differences[^1];
    }

    private string[] Arguments(TemporaryFolder folder)
    {
        var parameters = _golden.GetProperty("parameters");
        var options = new List<string>(Options);
        if (parameters.TryGetProperty("mask", out var mask))
        {
            options.Add($"mask={Write(folder, mask)}");
        }

        if (parameters.TryGetProperty("segments", out var segments))
        {
            options.Add($"segments={Write(folder, segments)}");
        }

        if (parameters.TryGetProperty("window", out var window))
        {
            options.Add($"window={List(window)}");
            options.Add($"stride={List(parameters.GetProperty("stride"))}");
        }

        if (parameters.TryGetProperty("layer", out _))
        {
            options.Add($"layer={LayersOfModels[Model]}");
        }

        return
        [
            "explain", $"models/{Model}", .. Expected().Select((_, i) => _golden.GetProperty("inputs").GetProperty("files")[i].GetString()!),
            "--method", Method, "--space", IsOfRegions ? "probability" : "raw", "--format", "json",
            .. BackgroundOf(parameters), .. options.SelectMany(option => (string[])["--option", option]),
        ];
    }

    /// <summary>The background pictures are the first ones of the list.</summary>
    private static string[] BackgroundOf(JsonElement parameters) =>
        (parameters.TryGetProperty("baselines", out var pictures) || parameters.TryGetProperty("background", out pictures)) && pictures.ValueKind == JsonValueKind.Object
            ? ["--background", "data/fashion-mnist/background.csv", "--background-rows", $"0-{pictures.GetProperty("files").GetArrayLength() - 1}"]
            : [];

    private double[] ValuesOf(JsonElement json) => IsOfRegions
        ? [.. json.GetProperty("attributions").EnumerateArray().Select(attribution => attribution.GetProperty("attribution").GetDouble())]
        : [.. json.GetProperty("tensor").GetProperty("values").EnumerateArray().Select(value => value.GetDouble())];

    private JsonElement[] Expected() => [.. _golden.GetProperty(IsStatistical ? "values_mean" : "values").EnumerateArray()];

    private IEnumerable<double> Differences(List<double[][]> runs)
    {
        var expected = Expected().Select(Flat).ToArray();
        Assert.Equal(expected.Length, runs[0].Length);
        for (var sample = 0; sample < expected.Length; sample++)
        {
            Assert.Equal(expected[sample].Length, runs[0][sample].Length);
            var allowed = Allowed(sample, expected[sample]);
            for (var i = 0; i < expected[sample].Length; i++)
            {
                yield return Math.Abs(runs.Average(run => run[sample][i]) - expected[sample][i]) / allowed[i];
            }
        }
    }

    /// <summary>What the reference states: a bound for deterministic methods; for random ones four standard errors of both means, and a thousandth of the largest value.</summary>
    private double[] Allowed(int sample, double[] expected)
    {
        var tolerance = _golden.GetProperty("tolerance");
        if (!IsStatistical)
        {
            var (absolute, relative) = (tolerance.GetProperty("abs").GetDouble(), tolerance.TryGetProperty("rel", out var share) ? share.GetDouble() : 0);
            return [.. expected.Select(value => absolute + (relative * Math.Abs(value)))];
        }

        var error = 4 * Math.Sqrt((1.0 / Seeds) + (1.0 / _golden.GetProperty("n_seeds").GetInt32()));
        var slack = 1e-3 * expected.Max(Math.Abs);
        return [.. Flat(_golden.GetProperty("values_std")[sample]).Select(deviation => (error * deviation) + slack)];
    }

    private static double[] Flat(JsonElement json) => json.ValueKind == JsonValueKind.Array ? [.. json.EnumerateArray().SelectMany(Flat)] : [json.GetDouble()];

    private static string List(JsonElement numbers) => string.Join(",", numbers.EnumerateArray().Select(number => number.GetInt32()));

    private static string Write(TemporaryFolder folder, JsonElement labels)
    {
        var path = Path.Combine(folder.Path, "regions.npy");
        NumpyLabels.Write(path, [.. labels.EnumerateArray().Select(row => row.EnumerateArray().Select(label => label.GetInt32()).ToArray())]);
        return path;
    }
}
