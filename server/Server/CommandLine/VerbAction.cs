using System.CommandLine;

namespace ExplainLsp.Server.CommandLine;

/// <summary>What a verb does.</summary>
internal static class VerbAction
{
    /// <summary>
    /// Lets a verb compute on another thread: signals are only heard once the action has returned its task, and an interrupt must reach
    /// a computation that is under way.
    /// </summary>
    /// <param name="verb">The verb.</param>
    /// <param name="compute">Computes and writes; cancelled on SIGINT and SIGTERM.</param>
    public static void Computes(this Command verb, Action<ParseResult, CancellationToken> compute) =>
        verb.SetAction((command, cancellation) => Task.Run(
            () =>
            {
                compute(command, cancellation);
                return ExitCode.Done;
            },
            cancellation));
}
