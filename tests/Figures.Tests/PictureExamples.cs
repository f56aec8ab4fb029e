using System.Collections.Immutable;
using System.Text.Json;
using ExplainLsp.Explainers;
using SkiaSharp;

namespace ExplainLsp.Figures.Tests;

/// <summary>Maps over pictures made of the peers' own values (tests/fixtures/golden), and small ones for the edges.</summary>
internal static class PictureExamples
{
    private const string Coat = "data/fashion-mnist/test/Coat/00010.png";

    private static readonly string[] Classes =
        ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"];

    public static FigureContext Fashion { get; } = new("fashion-cnn", "00010.png", "0123456789abcdef", "fedcba9876543210", "0.1.0")
    {
        MethodTitle = "Integrated gradients",
        Scale = TargetScale.Logit,
    };

    /// <summary>A picture of the fixtures.</summary>
    public static ImageContext Image(string file = Coat)
    {
        using var bitmap = SKBitmap.Decode(Path.Combine(Examples.Repository, "tests", "fixtures", file));
        var rgb = new byte[bitmap.Width * bitmap.Height * 3];
        for (var i = 0; i < rgb.Length / 3; i++)
        {
            var pixel = bitmap.GetPixel(i % bitmap.Width, i / bitmap.Width);
            (rgb[3 * i], rgb[(3 * i) + 1], rgb[(3 * i) + 2]) = (pixel.Red, pixel.Green, pixel.Blue);
        }

        return new ImageContext(rgb, bitmap.Width, bitmap.Height) { Name = Path.GetFileName(file) };
    }

    /// <summary>A grey ramp of any size.</summary>
    public static ImageContext Ramp(int width, int height, string name = "ramp.png") =>
        new(Enumerable.Range(0, width * height * 3).Select(i => (byte)(i / 3 % width * 255 / Math.Max(1, width - 1))).ToArray(), width, height) { Name = name };

    /// <summary>What a peer's method says of the coat, or of another of the golden's pictures.</summary>
    public static Explanation Fashioned(string method, int picture = 2)
    {
        using var golden = JsonDocument.Parse(File.ReadAllText(Path.Combine(Examples.Repository, "tests", "fixtures", "golden", "fashion-cnn", method + ".json")));
        var root = golden.RootElement;
        var values = Flat(root.GetProperty(root.TryGetProperty("values", out _) ? "values" : "values_mean")[picture]).ToImmutableArray();
        var side = (int)Math.Sqrt(values.Length);
        var target = root.GetProperty("target").GetProperty("index")[picture].GetInt32();
        var id = method switch { "gradcam" => "grad-cam", "shapley-values-exact" => "exact-shap", _ => method };
        return Of(id, [1, side, side], values, Classes[target], target) with
        {
            BaseValue = method is "integrated-gradients" or "shapley-values-exact" ? -12.31 : null,
            PredictedValue = 5.88,
            CompletenessGap = method == "integrated-gradients" ? 0.0098 : null,
            Regions = method == "shapley-values-exact" ? [.. Numbered(values)] : [],
        };
    }

    public static string FileOf(int picture)
    {
        using var golden = JsonDocument.Parse(File.ReadAllText(Path.Combine(Examples.Repository, "tests", "fixtures", "golden", "fashion-cnn", "saliency.json")));
        return golden.RootElement.GetProperty("inputs").GetProperty("files")[picture].GetString()!;
    }

    /// <summary>A map of any values.</summary>
    public static Explanation Of(string method, ImmutableArray<int> shape, ImmutableArray<double> values, string target = "yes", int index = 1) => new()
    {
        Method = method,
        Options = Examples.NoOptions,
        Seed = 0,
        Target = new Target("logits", index, target, TargetSpace.Raw),
        PredictedValue = 1,
        Attributions = [],
        Tensor = new AttributionTensor("pixel_values", shape, values),
        Cost = new Cost(50, 50, 14),
        Background = "zero",
    };

    private static IEnumerable<int> Numbered(ImmutableArray<double> values)
    {
        var numbers = new Dictionary<double, int>();
        foreach (var value in values)
        {
            if (!numbers.TryGetValue(value, out var number)) numbers[value] = number = numbers.Count;
            yield return number;
        }
    }

    private static IEnumerable<double> Flat(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray().SelectMany(Flat) : [element.GetDouble()];
}
