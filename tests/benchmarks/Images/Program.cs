using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ExplainLsp.Benchmarks.Images;
using ExplainLsp.Explainers;
using ExplainLsp.Models;
using ExplainLsp.Samples;

// What explaining images costs beyond the model: on a ResNet-18 with random weights (224 × 224) and on a small convolutional network.
// Arguments: the small model, a picture for it, its preprocessor_config.json. Prints one JSON object. With one argument it only writes
// the ResNet-18 there.
if (args is [var path])
{
    ResNet18.Write(path);
    return;
}

var folder = Directory.CreateTempSubdirectory("explainlsp-benchmark-");
try
{
    var largePath = Path.Combine(folder.FullName, "resnet18.onnx");
    ResNet18.Write(largePath);
    using var large = new Subject(largePath, null, null, batch: 4);
    using var small = new Subject(args[0], args[1], args[2], batch: 50);
    var results = new Dictionary<string, double>();

    foreach (var (name, subject, rounds) in ((string, Subject, int)[])[("resnet18", large, 5), ("small", small, 21)])
    {
        var (forward, gradient) = Measure.InTurns(rounds, subject.Forward, subject.Gradient);
        results[$"{name}Forward"] = forward;
        results[$"{name}Gradient"] = gradient;
    }

    foreach (var (name, subject, rounds) in ((string, Subject, int)[])[("resnet18", large, 5), ("small", small, 41)])
    {
        using var graphs = subject.Graphs();
        (results[$"{name}Exported"], results[$"{name}Upgraded"]) = Measure.InTurns(rounds, graphs.Exported, graphs.Upgraded);
        (results[$"{name}OneGraph"], results[$"{name}TwoGraphs"]) = Measure.InTurns(rounds, graphs.One, graphs.Two);
    }

    foreach (var (name, subject, rounds) in ((string, Subject, int)[])[("resnet18", large, 1), ("small", small, 11)])
    {
        var (bare, explained) = Measure.InTurns(rounds, () => subject.Bare.Run(50), () => subject.Explain("integrated-gradients", ("steps", "50")));
        results[$"{name}BareFifty"] = bare;
        results[$"{name}IntegratedGradients"] = explained;
    }

    results["peakGrowthMiB"] = Measure.PeakGrowth(() => large.Explain("integrated-gradients", ("steps", "50")));
    foreach (var (name, method, options) in ((string, string, (string, string)[])[])
    [
        ("occlusion", "occlusion", [("window", "4"), ("stride", "1")]),
        ("rise", "rise", [("samples", "4000")]),
        ("lime", "lime", [("samples", "1000"), ("segments", "grid")]),
    ])
    {
        var rows = small.Explain(method, options).Cost.ModelRows;
        var (bare, explained) = Measure.InTurns(7, () => small.Bare.Run(rows), () => small.Explain(method, options));
        results[$"{name}Rows"] = rows;
        results[$"{name}Bare"] = bare;
        results[$"{name}Explained"] = explained;
    }

    var first = double.NaN;
    var began = Stopwatch.GetTimestamp();
    large.Explain("integrated-gradients", progress => first = double.IsNaN(first) && progress.Partial is not null
        ? Stopwatch.GetElapsedTime(began).TotalMilliseconds : first, ("steps", "50"));
    results["firstMap"] = first;
    results["finishedMap"] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    Console.WriteLine(JsonSerializer.Serialize(results.ToDictionary(pair => pair.Key, pair => double.IsFinite(pair.Value) ? Math.Round(pair.Value, 3) : -1)));
}
finally
{
    folder.Delete(recursive: true);
}
