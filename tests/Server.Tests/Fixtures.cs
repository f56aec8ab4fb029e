using System.Text.Json;

namespace ExplainLsp.Server.Tests;

/// <summary>The models, data and reference values in <c>tests/fixtures</c>.</summary>
internal static class Fixtures
{
    public static string Root { get; } = Path.Combine(RepositoryRoot(), "tests", "fixtures");

    public static string Model(string name, string file = "model.onnx") => Path.Combine(Root, "models", name, file);

    public static string Data(string set, string file = "test.csv") => Path.Combine(Root, "data", set, file);

    public static JsonElement Golden(string model, string method)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Root, "golden", model, method + ".json")));
        return document.RootElement.Clone();
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ExplainLsp.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("ExplainLsp.sln was not found above the tests.");
    }
}
