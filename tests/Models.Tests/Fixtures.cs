using System.Globalization;
using System.Text.Json;

namespace ExplainLsp.Models.Tests;

/// <summary>The models, data and reference values in <c>tests/fixtures</c>.</summary>
internal static class Fixtures
{
    public static readonly string Repository = RepositoryRoot();

    private static readonly string Root = Path.Combine(Repository, "tests", "fixtures");

    public static string Model(string name, string file = "model.onnx") => Path.Combine(Root, "models", name, file);

    public static string File(string relative) => Path.Combine(Root, relative);

    public static JsonElement Golden(string model, string method)
    {
        using var document = JsonDocument.Parse(System.IO.File.ReadAllBytes(Path.Combine(Root, "golden", model, method + ".json")));
        return document.RootElement.Clone();
    }

    /// <summary>The cells of a plain CSV without its header; the data sets have no quoted fields.</summary>
    public static string[][] Csv(string relative) =>
        [.. System.IO.File.ReadLines(Path.Combine(Root, relative)).Skip(1).Where(line => line.Length > 0).Select(line => line.Split(','))];

    public static float[] Floats(string relative, int columns) =>
        [.. Csv(relative).SelectMany(row => row.Take(columns)).Select(cell => float.Parse(cell, CultureInfo.InvariantCulture))];

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !System.IO.File.Exists(Path.Combine(folder.FullName, "ExplainLsp.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("ExplainLsp.sln was not found above the tests.");
    }
}
