namespace ExplainLsp.Samples.Tests;

/// <summary>The fixture folder, found from where the tests run.</summary>
internal static class Fixture
{
    public static string Path(string relative)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder.FullName, "ExplainLsp.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("ExplainLsp.sln not found above the tests.");
        return System.IO.Path.Combine(folder.FullName, "tests", "fixtures", relative);
    }

    public static InputSpec Input<T>(string name, params int[] rowShape) => new(name, typeof(T), rowShape);
}
