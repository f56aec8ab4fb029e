namespace ExplainLsp.Samples;

/// <summary>Reads the <c>truncation</c> and the <c>padding</c> of a tokenizer.</summary>
internal static class LengthReader
{
    /// <exception cref="SampleException">Malformed.</exception>
    public static Truncation? Truncation(TokenizerJson? json) => json is not { } found ? null : new Truncation(
        found.Whole("max_length"), found.Choice("strategy", TruncationStrategy.LongestFirst), IsLeft(found));

    /// <exception cref="SampleException">Malformed.</exception>
    public static Padding? Padding(TokenizerJson? json) => json is not { } found ? null : new Padding(
        found.Part("strategy")?.Part("Fixed") is null ? null : found.Part("strategy")!.Value.Whole("Fixed"),
        found.WholeOrNull("pad_to_multiple_of"),
        IsLeft(found),
        found.WholeOrNull("pad_id") ?? 0,
        found.WholeOrNull("pad_type_id") ?? 0,
        found.TextOr("pad_token", "[PAD]"));

    private static bool IsLeft(TokenizerJson json) => json.TextOr("direction", "Right").Equals("left", StringComparison.OrdinalIgnoreCase);
}
