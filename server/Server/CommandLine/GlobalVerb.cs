using System.CommandLine;
using ExplainLsp.Server.Engine;

namespace ExplainLsp.Server.CommandLine;

/// <summary><c>explainlsp global MODEL SAMPLES</c>: what the model does over a whole file.</summary>
internal static class GlobalVerb
{
    /// <summary>The verb.</summary>
    public static Command Create(Terminal terminal)
    {
        var model = new Argument<string>("MODEL") { Description = "An .onnx file, or a folder that holds one" };
        var samples = new Argument<string>("SAMPLES") { Description = "A table: CSV, TSV, JSONL, Parquet or Arrow" };
        var label = new Option<string?>("--label-column") { Description = "The column of true labels; left out, it is found", HelpName = "NAME" };
        var verb = new Command("global", "Explain a model over a whole file.") { model, samples, label };
        var question = new QuestionOptions(verb);
        var settings = new OutputOptions(verb);
        verb.Computes((command, cancellation) =>
        {
            var given = settings.Read(command);
            using var writer = new ResultWriter(given, terminal, hasFigure: true);
            using var session = new EngineSession(given);
            var path = ModelPath.Resolve(command.GetValue(model)!);
            var query = question.Read(command, session.Ask(path, command.GetValue(samples)!, command.GetValue(label), cancellation));
            ExplanationReport report;
            using (var bar = new ProgressBar(terminal, given.Quiet, 1))
            {
                report = session.Engine.ExplainTable(query, bar, cancellation) with { ModelPath = path };
            }

            writer.Write(EngineSession.ResultOf(report));
            writer.Complete();
        });
        return verb;
    }
}
