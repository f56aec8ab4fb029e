using System.CommandLine;
using ExplainLsp.Figures;
using ExplainLsp.Server.Engine;

namespace ExplainLsp.Server.CommandLine;

/// <summary><c>explainlsp predict MODEL SAMPLES</c>: what the model says about rows, images and tensors.</summary>
internal static class PredictVerb
{
    /// <summary>The verb.</summary>
    public static Command Create(Terminal terminal)
    {
        var model = new Argument<string>("MODEL") { Description = "An .onnx file, or a folder that holds one" };
        var samples = new Argument<string>("SAMPLES") { Description = "A table (CSV, TSV, JSONL, Parquet, Arrow), an image, an .npy file, a list (CSV) or a folder of images" };
        var rows = new Option<string?>("--rows") { Description = "Rows of a table or a list: 3, 0-9, 0-9,20 or all; they count from 0", HelpName = "ROWS" };
        var output = new Option<string?>("--output") { Description = "The model's output to read", HelpName = "NAME" };
        var verb = new Command("predict", "Predict rows of a file, images or tensors.") { model, samples, rows, output };
        var settings = new OutputOptions(verb);
        verb.Computes((command, cancellation) =>
        {
            var given = settings.Read(command);
            using var writer = new ResultWriter(given, terminal, hasFigure: false);
            using var session = new EngineSession(given);
            var query = session.Ask(ModelPath.Resolve(command.GetValue(model)!), command.GetValue(samples)!, null, cancellation)
                with
            { Output = command.GetValue(output) };
            Write(writer, given.Format, query, session.Predict(query, command.GetValue(rows), cancellation));
            writer.Complete();
        });
        return verb;
    }

    private static void Write(ResultWriter writer, OutputFormat format, ExplanationQuery query, IEnumerable<SamplePrediction> rows)
    {
        if (format is OutputFormat.Json or OutputFormat.Csv or OutputFormat.Parquet)
        {
            foreach (var row in rows)
            {
                writer.Write(new CommandResult(() => PredictionJson.Write(query.Samples, row), () => PredictionDocument.Of(query, [row]), null) { Rows = () => [PredictionRow.Of(row)] });
            }
        }
        else
        {
            writer.Write(new CommandResult(() => "", () => PredictionDocument.Of(query, [.. rows]), null));
        }
    }
}
