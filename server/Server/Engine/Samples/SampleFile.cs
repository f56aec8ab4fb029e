using ExplainLsp.Samples;

namespace ExplainLsp.Server.Engine;

/// <summary>A table with the name people know it by; its text may be newer than the file (an editor's buffer).</summary>
/// <param name="Path">The file's path, as it is to be shown and written to results.</param>
/// <param name="Table">Its rows.</param>
public sealed record SampleFile(string Path, Table Table)
{
    /// <summary>The file's name without its folder: <c>test.csv</c>.</summary>
    public string Name => System.IO.Path.GetFileName(Path);
}
