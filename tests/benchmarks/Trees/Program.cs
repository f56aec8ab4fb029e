using System.Text.Json;
using ExplainLsp.Benchmarks.Trees;
using ExplainLsp.Samples;

// What trees cost: predictions beside ONNX Runtime, rows that TreeSHAP explains in a second, how that grows. Arguments: a model of trees, the table that is explained, the background table.
// Prints one JSON object.
var folder = Directory.CreateTempSubdirectory("explainlsp-benchmark-");
try
{
    var results = new Dictionary<string, double>();
    using var small = new Ensemble(args[0], Table.Read(args[1]), Table.Read(args[2]), "target");
    using var large = Ensemble.Random(folder.FullName, 500, 8, 50, 256, 100);
    using var deep = Ensemble.Random(folder.FullName, 20, 20, 50, 256, 100, early: 0.25);
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
        var count = name == "small" ? 1024 : 256;
        var rows = ensemble.Blocks(count);
        var rounds = name == "small" ? 20 : 2;
        results[name + "PathDependent"] = count / Measure.Shortest(rounds, () => ensemble.Explain(pathDependent, rows, false)) * 1000;
        results[name + "Interactions"] = count / Measure.Shortest(rounds, () => ensemble.Explain(pathDependent, rows, true)) * 1000;
        var few = name == "small" ? count : 64;
        var fewRows = ensemble.Blocks(few);
        results[name + "Interventional"] = few / Measure.Shortest(name == "small" ? rounds : 1, () => ensemble.Explain(interventional, fewRows, false)) * 1000;
    }

    results["growthWithRows"] = Growth([64, 128, 256], size => (large, size, false, 0));
    results["growthWithBackground"] = Growth([25, 50, 100], size => (small, 512, true, size));
    foreach (var (name, sizes) in ((string, int[])[])[("growthWithTrees", [50, 100, 200]), ("growthWithDepth", [3, 6, 12])])
    {
        // Twice the levels double the leaves many times over: chains have as many branches as levels.
        Ensemble[] grown = [.. sizes.Select(size => name == "growthWithTrees"
            ? Ensemble.Random(folder.FullName, size, 6, 50, 128, 100) : Ensemble.Random(folder.FullName, 200, size, 50, 128, 100, isChain: true))];
        results[name] = Growth(sizes, size => (grown[Array.IndexOf(sizes, size)], 128, false, 0));
        Array.ForEach(grown, each => each.Dispose());
    }

    Console.WriteLine(JsonSerializer.Serialize(results.ToDictionary(pair => pair.Key, pair => Math.Round(pair.Value, 4))));
}
finally
{
    folder.Delete(recursive: true);
}

// How the time to explain grows with a size, as the exponent of a fitted power; a background is made ready in the time, as for a new question.
static double Growth(int[] sizes, Func<int, (Ensemble Ensemble, int Rows, bool Interventional, int Background)> at) =>
    Measure.Exponent([.. sizes.Select(size => (double)size)], [.. sizes.Select(size =>
    {
        var (ensemble, count, interventional, background) = at(size);
        var (rows, pathDependent) = (ensemble.Blocks(count), ensemble.PathDependent());
        return Measure.Shortest(5, () => ensemble.Explain(interventional ? ensemble.Interventional(background) : pathDependent, rows, false));
    })]);
