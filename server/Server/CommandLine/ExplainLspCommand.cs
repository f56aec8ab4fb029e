namespace ExplainLsp.Server.CommandLine;

/// <summary>The command line: <c>explainlsp VERB</c>.</summary>
public static class ExplainLspCommand
{
    /// <summary>Runs a command.</summary>
    /// <returns>The exit code: 0 done, 2 wrong use, 3 unreadable or unsupported input, 4 the computation failed, 130 interrupted.</returns>
    public static Task<int> RunAsync(string[] arguments) => Task.FromResult(arguments.Length == 0 ? 2 : 0);
}
