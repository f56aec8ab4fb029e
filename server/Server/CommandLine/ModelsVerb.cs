using System.CommandLine;
using ExplainLsp.Models;
using ExplainLsp.Server.Engine;

namespace ExplainLsp.Server.CommandLine;

/// <summary><c>explainlsp models FOLDER</c>: models found, and what binds to them.</summary>
internal static class ModelsVerb
{
    /// <summary>The verb.</summary>
    public static Command Create(Terminal terminal)
    {
        var folder = new Argument<string>("FOLDER") { Description = "A folder" };
        var verb = new Command("models", "List models, and the files that they explain.") { folder };
        var settings = new OutputOptions(verb);
        verb.Computes((command, cancellation) =>
        {
            var given = settings.Read(command);
            var path = command.GetValue(folder)!;
            if (!Directory.Exists(path))
            {
                throw new ModelException($"There is no folder {path}. Name a folder that holds models and samples.");
            }

            using var writer = new ResultWriter(given, terminal, hasFigure: false);
            using var sessions = new SessionCache(EngineOptions.Default.Sessions, EngineOptions.Default.Run);
            var survey = FolderSurvey.Of(path, new SampleBinder(sessions), cancellation);
            writer.Write(new CommandResult(() => FolderSurveyJson.Write(survey), () => FolderSurveyDocument.Of(survey), null));
            writer.Complete();
        });
        return verb;
    }
}
