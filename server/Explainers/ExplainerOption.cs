namespace ExplainLsp.Explainers;

/// <summary>An option that a method knows.</summary>
/// <param name="Key">Its name on the command line: <c>evaluations</c>.</param>
/// <param name="Default">What holds when it is not given, as text; null where it depends on the sample (say so in the description).</param>
/// <param name="Description">One sentence with unit and range.</param>
public sealed record ExplainerOption(string Key, string? Default, string Description);
