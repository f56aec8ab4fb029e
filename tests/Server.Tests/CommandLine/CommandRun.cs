using System.Diagnostics;
using System.Text;
using System.Text.Json;
using ExplainLsp.Server.CommandLine;

namespace ExplainLsp.Server.Tests.CommandLine;

/// <summary>The command as a process of its own: what a script sees of it.</summary>
/// <param name="ExitCode">How it ended.</param>
/// <param name="Bytes">What it wrote to stdout.</param>
/// <param name="Error">What it wrote to stderr.</param>
internal sealed record CommandRun(int ExitCode, byte[] Bytes, string Error)
{
    public string Output => Encoding.UTF8.GetString(Bytes);

    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public JsonElement Json => JsonDocument.Parse(Assert.Single(Lines)).RootElement;

    public static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Fixtures.Root,
        };
        start.ArgumentList.Add(typeof(ExplainLspCommand).Assembly.Location);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    public static async Task<CommandRun> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        process.StandardInput.Close();
        using var output = new MemoryStream();
        var error = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.BaseStream.CopyToAsync(output);
        await process.WaitForExitAsync();
        return new CommandRun(process.ExitCode, output.ToArray(), await error);
    }

    /// <summary>Runs a command that must succeed and say nothing on stderr.</summary>
    public static async Task<CommandRun> SucceedAsync(params string[] arguments)
    {
        var run = await RunAsync(arguments);
        Assert.Equal("", run.Error);
        Assert.Equal(0, run.ExitCode);
        return run;
    }

    /// <summary>Runs a command that must fail: with this code, nothing on stdout, and one sentence that holds these words on stderr.</summary>
    public static async Task FailAsync(int exitCode, string[] words, params string[] arguments)
    {
        var run = await RunAsync(arguments);
        Assert.Equal("", run.Output);
        var line = Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.All(words, word => Assert.Contains(word, line, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("   at ", line, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", line, StringComparison.Ordinal);
        Assert.Equal(exitCode, run.ExitCode);
    }
}
