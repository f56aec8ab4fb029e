namespace ExplainLsp.Samples;

/// <summary>What an attribution belongs to: a column, a superpixel, a word.</summary>
/// <param name="Name">Its name exactly as in the file.</param>
/// <param name="Value">Its value in this sample as the user wrote it; null where a feature has none (a pixel).</param>
public sealed record Feature(string Name, string? Value);
