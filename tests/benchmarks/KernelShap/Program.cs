using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using ExplainLsp.Benchmarks.KernelShap;
using ExplainLsp.Explainers;
using ExplainLsp.Models;
using ExplainLsp.Samples;

// What KernelSHAP costs beyond the model: the same rows, once through the explainer and once through ONNX Runtime alone.
// Arguments: the model, the table that is explained, the background table. Prints one JSON object. Or: curve, and a folder of models and
// data; prints errors against coalitions evaluated.
const int Evaluations = 2048;
const int BackgroundRows = 50;
const int Rounds = 7;

if (args is ["curve", var folder])
{
    Console.WriteLine(new ErrorCurve(folder).Json());
    return;
}

using var session = ModelSession.Open(ModelFile.Read(args[0]), ModelSessionOptions.Default);
InputSpec[] inputs = [.. session.Inputs.Select(input => new InputSpec(input.Name, input.ElementType, input.RowShape))];
var table = Table.Read(args[1]);
var encoder = TableEncoder.Bind(table, inputs, ["target"]);
var row = new TableRow(encoder.Encode(table, [0]), 0);
var background = encoder.Encode(Table.Read(args[2]), [.. Enumerable.Range(0, BackgroundRows)]);

var output = session.Outputs[0];
var predictor = new Predictor(session, output, new Target(output.Name, 0, "malignant", TargetSpace.Probability));
var masker = new BackgroundMasker(row, background);
var options = ImmutableDictionary<string, string>.Empty.Add(
    "evaluations", Evaluations.ToString(CultureInfo.InvariantCulture));
var request = new LocalRequest(predictor, row, masker, options, Seed: 0);
var kernelShap = ExplainerCatalog.FindLocal("kernel-shap");

var modelRows = kernelShap.Explain(request, null, default).Cost.ModelRows;
using var bare = new BareModel(args[0], masker);
bare.Run(modelRows);

// Taken in turns, so that a busy moment of the machine meets both.
var withEngine = new double[Rounds];
var alone = new double[Rounds];
for (var round = 0; round < Rounds; round++)
{
    withEngine[round] = Milliseconds(() => kernelShap.Explain(request, null, default));
    alone[round] = Milliseconds(() => bare.Run(modelRows));
}

Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $$"""{ "modelRows": {{modelRows}}, "kernelShap": {{Median(withEngine):F1}}, "bareModel": {{Median(alone):F1}} }"""));

static double Milliseconds(Action action)
{
    var began = Stopwatch.GetTimestamp();
    action();
    return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
}

static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
