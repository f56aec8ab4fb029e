using System.CommandLine;

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
            using var writer = new ResultWriter(given, terminal, hasFigure: false);
            throw new NotImplementedException($"{given} {cancellation}");
        });
        return verb;
    }
}
