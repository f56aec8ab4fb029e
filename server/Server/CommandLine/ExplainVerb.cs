using System.CommandLine;
using ExplainLsp.Server.Engine;

namespace ExplainLsp.Server.CommandLine;

/// <summary><c>explainlsp explain MODEL SAMPLE…</c>: why the model says what it says of rows, images and tensors.</summary>
internal static class ExplainVerb
{
    /// <summary>The verb.</summary>
    public static Command Create(Terminal terminal)
    {
        var model = new Argument<string>("MODEL") { Description = "An .onnx file, or a folder that holds one" };
        var samples = new Argument<string[]>("SAMPLE") { Description = "Tables (CSV, TSV, JSONL, Parquet, Arrow), images, .npy files, lists (CSV) or folders of images", Arity = ArgumentArity.OneOrMore };
        samples.Validators.Add(result =>
        {
            // The list of samples would otherwise swallow a mistyped option.
            if (result.Tokens.FirstOrDefault(token => token.Value.StartsWith("--", StringComparison.Ordinal)) is { } unknown)
            {
                result.AddError($"There is no option '{unknown.Value}' here.");
            }
        });
        var rows = new Option<string?>("--rows") { Description = "Rows of a table or a list: 3, 0-9, 0-9,20 or all (the default); they count from 0", HelpName = "ROWS" };
        var verb = new Command("explain", "Explain rows of a file, images or tensors.") { model, samples, rows };
        var question = new QuestionOptions(verb);
        var settings = new OutputOptions(verb);
        verb.Computes((command, cancellation) =>
        {
            var given = settings.Read(command);
            using var writer = new ResultWriter(given, terminal, hasFigure: true);
            using var session = new EngineSession(given);
            var path = ModelPath.Resolve(command.GetValue(model)!);
            // All samples of all files are read first: a faulty one is told before anything is written.
            var work = command.GetValue(samples)!
                .Select(sample => question.Read(command, session.Ask(path, sample, null, cancellation)))
                .SelectMany(query => session.Predict(query, command.GetValue(rows), cancellation).Select(row => (Query: query, row.Row)))
                .ToArray();
            using var bar = new ProgressBar(terminal, given.Quiet, work.Length);
            foreach (var (query, row) in work)
            {
                var report = session.Engine.Explain(query, row, bar, cancellation) with { ModelPath = path };
                bar.Next();
                writer.Write(EngineSession.ResultOf(report));
            }

            writer.Complete();
        });
        return verb;
    }
}
