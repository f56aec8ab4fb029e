using System.CommandLine;
using ExplainLsp.Server.Engine;

namespace ExplainLsp.Server.CommandLine;

/// <summary>The command line: <c>explainlsp VERB</c>. Its output, exit codes and JSON are a contract that scripts rely on.</summary>
public static class ExplainLspCommand
{
    /// <summary>Runs a command.</summary>
    /// <returns>The exit code: 0 done, 2 wrong use, 3 unreadable or unsupported input, 4 the computation failed, 130 interrupted.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        using var terminal = new Terminal();
        var command = Build(terminal).Parse(arguments);
        if (command.Errors.Count > 0)
        {
            return Fail(terminal, ExitCode.WrongUse, MisuseOf(command));
        }

        try
        {
            var code = await command.InvokeAsync(new InvocationConfiguration
            {
                Output = terminal.Output,
                Error = terminal.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = TimeSpan.FromSeconds(2),
            }).ConfigureAwait(false);
            await terminal.Output.FlushAsync().ConfigureAwait(false);
            return code;
        }
        catch (Exception exception)
        {
            var (code, message) = ExitCode.Of(exception);
            return Fail(terminal, code, message);
        }
    }

    private static RootCommand Build(Terminal terminal) => new("Explains ONNX models: what a model predicts, and why.")
    {
        LspVerb.Create(terminal),
        ModelsVerb.Create(terminal),
        InspectVerb.Create(terminal),
        PredictVerb.Create(terminal),
        ExplainVerb.Create(terminal),
        GlobalVerb.Create(terminal),
        GradientVerb.Create(terminal),
        TokenizeVerb.Create(terminal),
    };

    private static string MisuseOf(ParseResult command)
    {
        var verb = command.CommandResult.Command;
        var help = verb is RootCommand ? "explainlsp --help" : $"explainlsp {verb.Name} --help";
        if (command.UnmatchedTokens is not [var unknown, ..])
        {
            return $"{command.Errors[0].Message} Run '{help}' to see what there is.";
        }

        var what = unknown.StartsWith('-') ? "option" : verb is RootCommand ? "verb" : "argument";
        IEnumerable<string> known = what == "option" ? verb.Options.Select(option => option.Name) : verb.Subcommands.Select(child => child.Name);
        return $"There is no {what} '{unknown}' here.{ClosestName.Question(unknown, known)} Run '{help}' to see what there is.";
    }

    private static int Fail(Terminal terminal, int code, string message)
    {
        terminal.Error.WriteLine(message.ReplaceLineEndings(" "));
        return code;
    }
}
