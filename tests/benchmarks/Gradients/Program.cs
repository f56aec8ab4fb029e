using System.Diagnostics;
using System.Globalization;
using ExplainLsp.Benchmarks.Gradients;
using ExplainLsp.Models;

// What a gradient pass costs beside a forward pass of the same batch: a ResNet-18 with random weights (batch normalisation as nodes, and
// folded), and the fashion model, whose path is the argument. Then a batch of 50, as integrated gradients run it, with the memory that it
// takes. Prints one JSON object.
var folder = Directory.CreateTempSubdirectory("explainlsp-bench-");
try
{
    var results = new List<string>();
    foreach (var (name, path, rows, rounds) in Models(folder.FullName, args[0]))
    {
        using var session = ModelSession.Open(ModelFile.Read(path), ModelSessionOptions.Default);
        var (forward, gradient) = Compare(session, rows, rounds);
        results.Add(string.Create(CultureInfo.InvariantCulture, $"\"{name}\": {{ \"rows\": {rows}, \"forward\": {forward:F1}, \"gradient\": {gradient:F1} }}"));
    }

    using (var session = ModelSession.Open(ModelFile.Read(Path.Combine(folder.FullName, "resnet18.onnx")), ModelSessionOptions.Default))
    {
        var before = Process.GetCurrentProcess().WorkingSet64;
        var (forward, gradient) = Compare(session, 50, 1);
        var peak = Process.GetCurrentProcess().PeakWorkingSet64;
        results.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"\"fifty\": {{ \"rows\": 50, \"forward\": {forward:F1}, \"gradient\": {gradient:F1}, \"residentMiB\": {before >> 20}, \"peakMiB\": {peak >> 20} }}"));
    }

    Console.WriteLine($"{{ {string.Join(", ", results)} }}");
}
finally
{
    folder.Delete(recursive: true);
}

static IEnumerable<(string Name, string Path, int Rows, int Rounds)> Models(string folder, string fashion)
{
    foreach (var folded in new[] { false, true })
    {
        var path = Path.Combine(folder, folded ? "resnet18-folded.onnx" : "resnet18.onnx");
        ResNet18.Write(path, folded);
        yield return (folded ? "resnet18Folded" : "resnet18", path, 4, 5);
    }

    yield return ("fashion", fashion, 64, 15);
}

static (double Forward, double Gradient) Compare(ModelSession session, int rows, int rounds)
{
    var (input, output) = (session.Inputs[0], session.Outputs[0]);
    var random = new Random(0);
    var data = new float[rows * input.RowShape.Aggregate(1, (product, size) => product * size)];
    for (var i = 0; i < data.Length; i++)
        data[i] = (random.NextSingle() * 2) - 1;
    ModelTensor[] tensors = [new(input.Name, data, [.. input.RowShape])];
    var scores = new double[rows * output.Width];
    var model = session.Gradient(new GradientRequest(output.Name, [input.Name]), default);
    var seed = new float[rows * model.Width];
    for (var row = 0; row < rows; row++)
        seed[row * model.Width] = 1;
    var (forward, gradient) = (new double[rounds], new double[rounds]);
    session.Run(tensors, rows, output, scores, default);
    model.Run(tensors, Math.Min(rows, 16), seed, null, default);

    // Taken in turns, so that a busy moment of the machine meets both.
    for (var round = 0; round < rounds; round++)
    {
        forward[round] = Milliseconds(() => session.Run(tensors, rows, output, scores, default));
        gradient[round] = Milliseconds(() => model.Run(tensors, rows, seed, null, default));
    }

    return (Median(forward), Median(gradient));
}

static double Milliseconds(Action action)
{
    var began = Stopwatch.GetTimestamp();
    action();
    return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
}

static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
