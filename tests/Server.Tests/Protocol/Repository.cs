namespace ExplainLsp.Server.Tests.Protocol;

/// <summary>Where the repository is.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "ExplainLsp.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("ExplainLsp.sln not found above the tests.");
        }

        return folder;
    }
}
