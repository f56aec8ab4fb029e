using System.Text.Json;
using ExplainLsp.Benchmarks.Trees;
using ExplainLsp.Samples;

// What trees cost: predictions beside ONNX Runtime. Arguments: a model of trees, the table that is explained, the background table.
// Prints one JSON object.
var folder = Directory.CreateTempSubdirectory("explainlsp-benchmark-");
try
{
    var results = new Dictionary<string, double>();
    using var small = new Ensemble(args[0], Table.Read(args[1]), Table.Read(args[2]), "target");
    using var large = Ensemble.Random(folder.FullName, 500, 8, 50, 256, 100);
    using var deep = Ensemble.Random(folder.FullName, 20, 20, 50, 256, 100, 0.25);
    foreach (var (name, ensemble) in ((string, Ensemble)[])[("small", small), ("large", large), ("deep", deep)])
    {
        var times = Measure.InTurns(5, ensemble.Predict, () => ensemble.PredictBare(true), () => ensemble.PredictBare(false));
        results[name + "RowsPerSecond"] = ensemble.PredictedRows / times[0] * 1000;
        results[name + "BareOneThread"] = ensemble.PredictedRows / times[1] * 1000;
        results[name + "BareAllThreads"] = ensemble.PredictedRows / times[2] * 1000;
    }

    foreach (var (name, ensemble) in ((string, Ensemble)[])[("small", small), ("large", large), ("deep", deep)])
    {
        var (pathDependent, interventional) = (ensemble.PathDependent(), ensemble.Interventional());
        var rows = ensemble.Blocks(ensemble.Rows.RowCount);
        var rounds = name == "small" ? 20 : 2;
        results[name + "PathDependent"] = Measure.Shortest(rounds, () => ensemble.Explain(pathDependent, rows, false)) / ensemble.Rows.RowCount;
        results[name + "Interventional"] = Measure.Shortest(rounds, () => ensemble.Explain(interventional, rows, false)) / ensemble.Rows.RowCount;
        if (name == "small")
            results[name + "Interactions"] = Measure.Shortest(rounds, () => ensemble.Explain(pathDependent, rows, true)) / ensemble.Rows.RowCount;
        Console.Error.WriteLine(JsonSerializer.Serialize(results.ToDictionary(pair => pair.Key, pair => Math.Round(pair.Value, 4))));
    }

    Console.WriteLine(JsonSerializer.Serialize(results.ToDictionary(pair => pair.Key, pair => Math.Round(pair.Value, 4))));
}
finally
{
    folder.Delete(recursive: true);
}
