using System.Collections.Immutable;
using System.Globalization;
using ExplainLsp.Samples;
using Newtonsoft.Json;

namespace ExplainLsp.Workspaces;

/// <summary>Reads <c>preprocessing</c> of a manifest's entry.</summary>
/// <param name="range">The place of a node.</param>
/// <param name="report">Takes what is wrong: the node, and the sentence.</param>
internal sealed class PreprocessingReader(Func<JsonNode, TextRange> range, Action<JsonNode, string> report)
{
    /// <summary>What may stand in it.</summary>
    public static readonly string[] Properties = ["size", "resize", "crop", "filter", "scale", "mean", "deviation", "channels", "layout"];

    private static readonly (string Word, ResizeMode Mode)[] resizes =
        [("exact", ResizeMode.Exact), ("shortest-edge", ResizeMode.ShortestEdge), ("letterbox", ResizeMode.Letterbox), ("none", ResizeMode.None)];

    private static readonly (string Word, ResampleFilter Filter)[] filters =
    [
        ("bilinear", ResampleFilter.Bilinear), ("bicubic", ResampleFilter.Bicubic), ("lanczos", ResampleFilter.Lanczos),
        ("nearest", ResampleFilter.Nearest), ("box", ResampleFilter.Box), ("hamming", ResampleFilter.Hamming),
    ];

    private static readonly (string Word, ChannelOrder Order)[] orders =
        [("rgb", ChannelOrder.Rgb), ("bgr", ChannelOrder.Bgr), ("grey", ChannelOrder.Grey), ("gray", ChannelOrder.Grey)];

    private static readonly (string Word, GridLayout Layout)[] layouts =
        [("nchw", GridLayout.ChannelsFirst), ("nhwc", GridLayout.ChannelsLast), ("channels-first", GridLayout.ChannelsFirst), ("channels-last", GridLayout.ChannelsLast)];

    public ManifestPreprocessing Read(JsonNode node) => new(range(node))
    {
        Size = Pair(node, "size"),
        Resize = Word(node, "resize", resizes),
        Crop = Pair(node, "crop"),
        Filter = Word(node, "filter", filters),
        Scale = Number(node, "scale"),
        Mean = Numbers(node, "mean"),
        Deviation = Numbers(node, "deviation"),
        Channels = Word(node, "channels", orders),
        Layout = Word(node, "layout", layouts),
    };

    private T? Word<T>(JsonNode parent, string name, (string Word, T Value)[] known)
        where T : struct
    {
        if (parent[name] is not { } node)
            return null;
        foreach (var (word, value) in known)
        {
            if (node is { Kind: JsonToken.String, Value: string text } && Plain(text) == Plain(word))
                return value;
        }
        report(node, $"{name} must be one of {string.Join(", ", known.Select(pair => pair.Word))}.");
        return null;
    }

    private static string Plain(string word) => word.Trim().Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToUpperInvariant();

    private (int Height, int Width)? Pair(JsonNode parent, string name)
    {
        if (parent[name] is not { } node)
            return null;
        var sides = node.Kind == JsonToken.StartArray ? node.Items : [node, node];
        if (sides is [{ Kind: JsonToken.Integer } height, { Kind: JsonToken.Integer } width] && Side(height) is { } down && Side(width) is { } across)
            return (down, across);
        report(node, $"{name} must be a whole number of pixels, or [height, width].");
        return null;
    }

    private static int? Side(JsonNode node) => Convert.ToDouble(node.Value, CultureInfo.InvariantCulture) is >= 1 and <= 16_384 and var side ? (int)side : null;

    private double? Number(JsonNode parent, string name)
    {
        if (parent[name] is not { } node)
            return null;
        if (NumberOf(node) is { } number)
            return number;
        report(node, $"{name} must be a number.");
        return null;
    }

    private ImmutableArray<double> Numbers(JsonNode parent, string name)
    {
        if (parent[name] is not { } node)
            return [];
        double?[] numbers = node.Kind == JsonToken.StartArray ? [.. node.Items.Select(NumberOf)] : [NumberOf(node)];
        if (numbers.Length is 1 or 3 && !numbers.Contains(null) && (name != "deviation" || !numbers.Contains(0)))
            return [.. numbers.Select(number => number!.Value)];
        report(node, name == "deviation" ? "deviation must be a number other than 0, or a list of three." : $"{name} must be a number, or a list of three.");
        return [];
    }

    private static double? NumberOf(JsonNode node) =>
        node.Kind is JsonToken.Integer or JsonToken.Float && Convert.ToDouble(node.Value, CultureInfo.InvariantCulture) is var number && double.IsFinite(number) ? number : null;
}
