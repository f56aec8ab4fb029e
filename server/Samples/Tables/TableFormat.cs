using System.Collections.Immutable;

namespace ExplainLsp.Samples;

/// <summary>How a file holds a table.</summary>
public enum TableFormat
{
    /// <summary>Fields between commas, semicolons, tabs or bars, the first line a header.</summary>
    Delimited,

    /// <summary>One JSON object a line.</summary>
    JsonLines,

    /// <summary>Apache Parquet.</summary>
    Parquet,

    /// <summary>Apache Arrow's IPC format, file or stream; Feather is the file.</summary>
    Arrow,
}

/// <summary>The formats of tables by the names of files.</summary>
public static class TableFormats
{
    private static readonly Dictionary<string, TableFormat> byExtension = new(StringComparer.OrdinalIgnoreCase)
    {
        [".csv"] = TableFormat.Delimited,
        [".tsv"] = TableFormat.Delimited,
        [".tab"] = TableFormat.Delimited,
        [".jsonl"] = TableFormat.JsonLines,
        [".ndjson"] = TableFormat.JsonLines,
        [".parquet"] = TableFormat.Parquet,
        [".pq"] = TableFormat.Parquet,
        [".arrow"] = TableFormat.Arrow,
        [".arrows"] = TableFormat.Arrow,
        [".feather"] = TableFormat.Arrow,
    };

    /// <summary>The extensions of tables, lower case, with their dots.</summary>
    public static ImmutableArray<string> Extensions { get; } = [.. byExtension.Keys];

    /// <summary>Whether a file is a table by its extension.</summary>
    public static bool IsTable(string path) => byExtension.ContainsKey(Path.GetExtension(path));

    /// <summary>Whether a file is a table that no text editor can show.</summary>
    public static bool IsBinary(string path) => Of(path) is TableFormat.Parquet or TableFormat.Arrow;

    /// <summary>The format that an extension says; CSV for an unknown one.</summary>
    public static TableFormat Of(string path) => byExtension.GetValueOrDefault(Path.GetExtension(path), TableFormat.Delimited);

    /// <summary>A tab where the name says so and the text has one; null to guess.</summary>
    internal static char? DelimiterOf(string path, ReadOnlySpan<char> text) =>
        Path.GetExtension(path).ToLowerInvariant() is ".tsv" or ".tab" && text.Contains('\t') ? '\t' : null;
}
