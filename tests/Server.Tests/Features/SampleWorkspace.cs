using ExplainLsp.Server.Rpc;
using ExplainLsp.Server.Tests.Protocol;

namespace ExplainLsp.Server.Tests.Features;

/// <summary>A folder of its own with copies of the sample workspace's files, so that a test may change them.</summary>
internal sealed class SampleWorkspace : IDisposable
{
    private static readonly string Samples = Path.Combine(Repository.Root, "samples");

    /// <summary>An empty folder.</summary>
    public SampleWorkspace() => Directory.CreateDirectory(Folder);

    public string Folder { get; } = Path.Combine(Path.GetTempPath(), "explainlsp-tests", Guid.NewGuid().ToString("N"));

    /// <summary>The sample workspace's manifest and some of its folders.</summary>
    public static SampleWorkspace With(params string[] folders)
    {
        var workspace = new SampleWorkspace();
        workspace.Copy("explain.json");
        foreach (var folder in folders)
        {
            foreach (var file in Directory.GetFiles(Path.Combine(Samples, folder)))
            {
                workspace.Copy(Path.GetRelativePath(Samples, file));
            }
        }

        return workspace;
    }

    public string PathOf(string file) => Path.Combine(Folder, file);

    public string UriOf(string file) => DocumentUri.FromPath(PathOf(file));

    public string Read(string file) => File.ReadAllText(PathOf(file));

    public void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(file))!);
        File.WriteAllText(PathOf(file), text);
    }

    public void Copy(string file, string? to = null)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(to ?? file))!);
        File.Copy(Path.Combine(Samples, file), PathOf(to ?? file), overwrite: true);
    }

    /// <summary>The first rows of a file, with its header.</summary>
    public string Head(string file, int rows) => string.Join('\n', File.ReadLines(PathOf(file)).Take(rows + 1)) + "\n";

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
