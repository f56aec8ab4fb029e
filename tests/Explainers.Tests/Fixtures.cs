using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using ExplainLsp.Models;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Tests;

/// <summary>The models, data and peers' values in <c>tests/fixtures</c>; sessions are opened once.</summary>
internal static class Fixtures
{
    public static readonly string Root = FindRoot();
    private static readonly ConcurrentDictionary<(string, int), ModelSession> Sessions = new();
    private static readonly ConcurrentDictionary<string, Table> Tables = new();

    public static ModelSession Session(string model, int threads = 1) => Sessions.GetOrAdd(
        (model, threads),
        _ => ModelSession.Open(
            ModelFile.Read(Path.Combine(Root, "models", model, "model.onnx")), new ModelSessionOptions(threads, 64L << 20)));

    public static Table Table(string relative) => Tables.GetOrAdd(relative, _ => Samples.Table.Read(Path.Combine(Root, "data", relative)));

    public static Predictor Predictor(string model, int index, TargetSpace space = TargetSpace.Probability, int threads = 1)
    {
        ModelSession session = Session(model, threads);
        SessionOutput output = session.Outputs[0];
        return new Predictor(session, output, new Target(output.Name, index, index.ToString(CultureInfo.InvariantCulture), space));
    }

    public static EncodedTable Encode(string model, string relative, string target, IEnumerable<int>? rows = null)
    {
        Table table = Table(relative);
        InputSpec[] inputs = [.. Session(model).Inputs.Select(input => new InputSpec(input.Name, input.ElementType, input.RowShape))];
        return TableEncoder.Bind(table, inputs, [target]).Encode(table, [.. rows ?? Enumerable.Range(0, table.RowCount)]);
    }

    /// <summary>The labels of a table: class indices by the order of <paramref name="classes"/>, or numbers when there are none.</summary>
    public static double[] Labels(string relative, string target, params string[] classes)
    {
        Table table = Table(relative);
        int column = table.Header.IndexOf(target);
        return [.. Enumerable.Range(0, table.RowCount).Select(row => classes.Length == 0
            ? double.Parse(table.Row(row)[column], CultureInfo.InvariantCulture)
            : Array.IndexOf(classes, table.Row(row)[column]))];
    }

    public static LocalRequest Request(
        Predictor predictor, EncodedTable samples, int row, EncodedTable background, long seed = 0, params (string Key, string Value)[] options)
    {
        var sample = new TableRow(samples, row);
        return new LocalRequest(predictor, sample, new BackgroundMasker(sample, background), Options(options), seed);
    }

    public static Dictionary<string, string> Options(params (string Key, string Value)[] options) =>
        options.ToDictionary(option => option.Key, option => option.Value);

    public static JsonElement Golden(string model, string method)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Root, "golden", model, method + ".json")));
        return document.RootElement.Clone();
    }

    public static double[] Doubles(this JsonElement array) => [.. array.EnumerateArray().Select(element => element.GetDouble())];

    public static int[] Ints(this JsonElement array) => [.. array.EnumerateArray().Select(element => element.GetInt32())];

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ExplainLsp.sln")))
            folder = folder.Parent;
        return Path.Combine(folder?.FullName ?? throw new DirectoryNotFoundException("ExplainLsp.sln is nowhere above."), "tests", "fixtures");
    }
}
