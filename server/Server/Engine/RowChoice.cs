using ExplainLsp.Explainers;
using ExplainLsp.Samples;

namespace ExplainLsp.Server.Engine;

/// <summary>The rows that a user names in a file.</summary>
public static class RowChoice
{
    /// <summary>Rows of a background when nobody named any.</summary>
    public const int SpreadRows = 100;

    /// <summary>The rows that ROWS names, in the order written, each once.</summary>
    /// <exception cref="ExplainerException">Not in one of the forms, or past the end.</exception>
    /// <param name="text">As the user wrote it.</param>
    /// <param name="count">How many rows there are.</param>
    /// <param name="name">The file, for messages.</param>
    public static IReadOnlyList<int> Parse(string text, int count, string name) =>
        RowSelection.TryParse(text, count, out var rows, out var error)
            ? [.. rows.Distinct()]
            : throw new ExplainerException($"{name}: {error}");
}
