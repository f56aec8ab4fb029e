using System.Collections.Immutable;
using System.Text.Json;

namespace ExplainLsp.Samples;

/// <summary>A size of <c>preprocessor_config.json</c>.</summary>
/// <param name="Height">Pixels down, or the shorter edge.</param>
/// <param name="Width">Pixels across, or the shorter edge.</param>
/// <param name="IsEdge">Whether it is the shorter edge.</param>
/// <param name="Longest">The longest edge allowed.</param>
internal sealed record ProcessorSize(int Height, int Width, bool IsEdge, int? Longest);

/// <summary>Reads the keys of a <c>preprocessor_config.json</c>; what has a wrong type is refused by its key.</summary>
internal sealed class ProcessorJson(JsonElement root, string origin)
{
    private const int LargestSide = 8192;

    public string Origin => origin;

    public bool Has(string key) => root.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null;

    public string? Text(string key) => Find(key) is not { } value ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString() : throw Wrong(key, "a text");

    public bool? Flag(string key) => Find(key)?.ValueKind switch
    {
        null => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Wrong(key, "true or false"),
    };

    public double? Number(string key) => Find(key) is not { } value ? null : Number(value, key);

    public ImmutableArray<double>? Numbers(string key) => Find(key) is not { } value ? null
        : value.ValueKind != JsonValueKind.Array ? [Number(value, key)]
        : value.GetArrayLength() > 0 ? [.. value.EnumerateArray().Select(item => Number(item, key))] : throw Wrong(key, "numbers");

    /// <summary>A number by Pillow's numbering, or a name.</summary>
    public ResampleFilter? Filter() => Find("resample") switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } value when value.TryGetInt32(out var number) && Enum.IsDefined((ResampleFilter)number) => (ResampleFilter)number,
        { ValueKind: JsonValueKind.String } value when Enum.TryParse<ResampleFilter>(value.GetString(), ignoreCase: true, out var named) && Enum.IsDefined(named) => named,
        _ => throw Wrong("resample", "a number from 0 to 5 (Pillow's)"),
    };

    /// <param name="key">The key.</param>
    /// <param name="byEdge">Whether one number is the shorter edge instead of both sides.</param>
    public ProcessorSize? Size(string key, bool byEdge = false)
    {
        switch (Find(key))
        {
            case null:
                return null;
            case { ValueKind: JsonValueKind.Number } value:
                return new ProcessorSize(Side(value, key), Side(value, key), byEdge, null);
            case { ValueKind: JsonValueKind.Array } value when value.GetArrayLength() == 2:
                return new ProcessorSize(Side(value[0], key), Side(value[1], key), false, null);
            case { ValueKind: JsonValueKind.Object } value when value.TryGetProperty("height", out var height) && value.TryGetProperty("width", out var width):
                return new ProcessorSize(Side(height, key), Side(width, key), false, null);
            case { ValueKind: JsonValueKind.Object } value when value.TryGetProperty("shortest_edge", out var shortest):
                int? longest = value.TryGetProperty("longest_edge", out var most) && most.ValueKind == JsonValueKind.Number ? Side(most, key) : null;
                return new ProcessorSize(Side(shortest, key), Side(shortest, key), true, longest);
            default:
                throw Wrong(key, "a number, height and width, or shortest_edge");
        }
    }

    private JsonElement? Find(string key) => Has(key) ? root.GetProperty(key) : null;

    private double Number(JsonElement value, string key) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number) ? number : throw Wrong(key, "a number");

    private int Side(JsonElement value, string key) => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var side) && side is > 0 and <= LargestSide
        ? side : throw Wrong(key, $"sides of 1 to {LargestSide} pixels");

    private SampleException Wrong(string key, string wanted) => new($"{origin}: {key} must be {wanted}. Fix it there.");
}
