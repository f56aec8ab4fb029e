using System.Diagnostics;
using System.Text.Json;
using ExplainLsp.Explainers;
using ExplainLsp.Models;
using ExplainLsp.Samples;

// What the methods for whole files cost, and how much of it is the model. Arguments: a model of classes "0" and "1", a table, its target
// column. Prints one JSON object: milliseconds of each method, and of its model rows through the model alone.
const string Positive = "1";
var atLeast = TimeSpan.FromSeconds(3);

using var session = ModelSession.Open(ModelFile.Read(args[0]), ModelSessionOptions.Default);
var file = Table.Read(args[1]);
var encoder = TableEncoder.Bind(file, [.. session.Inputs.Select(input => new InputSpec(input.Name, input.ElementType, input.RowShape))], [args[2]]);
var table = encoder.Encode(file, [.. Enumerable.Range(0, file.RowCount)]);
var target = file.Header.IndexOf(args[2]);
double[] labels = [.. Enumerable.Range(0, file.RowCount).Select(row => file.Cell(row, target) == Positive ? 1.0 : 0.0)];
var output = session.Outputs[0];
var predictor = new Predictor(session, output, new Target(output.Name, 1, Positive, TargetSpace.Probability));

var results = new Dictionary<string, double> { ["rows"] = file.RowCount, ["columns"] = table.ColumnCount };
foreach (var id in (string[])["permutation-importance", "partial-dependence", "ale", "h-statistic"])
{
    var method = ExplainerCatalog.FindGlobal(id);
    var request = new GlobalRequest(predictor, table, labels, table, new Dictionary<string, string>(), Seed: 0);
    var rows = method.Explain(request, null, default).Cost.ModelRows;
    double explained = double.PositiveInfinity, alone = double.PositiveInfinity;
    // Taken in turns, so that a busy moment of the machine meets both; long enough that all code is compiled for good.
    for (var began = Stopwatch.StartNew(); began.Elapsed < atLeast;)
    {
        explained = Math.Min(explained, Milliseconds(() => method.Explain(request, null, default)));
        alone = Math.Min(alone, Milliseconds(() => RunAlone(rows)));
    }

    results[id] = Math.Round(explained, 2);
    results[id + " model"] = Math.Round(alone, 2);
    results[id + " rows"] = rows;
}

Console.WriteLine(JsonSerializer.Serialize(results));

void RunAlone(long rows)
{
    var batch = table.Allocate(8192);
    for (var i = 0; i < batch.Capacity; i++)
        table.CopyRange(i % table.RowCount, 1, batch, i);
    var values = new double[batch.Capacity];
    for (; rows > 0; rows -= batch.Rows)
    {
        batch.Rows = (int)Math.Min(rows, batch.Capacity);
        predictor.Predict(batch, values.AsSpan(0, batch.Rows), default);
    }
}

static double Milliseconds(Action action)
{
    var began = Stopwatch.GetTimestamp();
    action();
    return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
}
