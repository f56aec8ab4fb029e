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
    public static IReadOnlyList<int> Parse(string text, SampleFile file) =>
        RowSelection.TryParse(text, file.Table.RowCount, out var rows, out var error)
            ? [.. rows.Distinct()]
            : throw new ExplainerException($"{file.Name}: {error}");
}
