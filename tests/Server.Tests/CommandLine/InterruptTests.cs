using System.Diagnostics;
using System.Globalization;


namespace ExplainLsp.Server.Tests.CommandLine;

/// <summary>Ctrl+C.</summary>
public class InterruptTests
{
    [Fact]
    public async Task Interrupt_WhileExplaining_EndsWith130AndKeepsTheFile()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("result.json", "before");
        using var process = CommandRun.Start(
            "explain", "models/adult-gbm", "data/adult/test.csv", "--method", "exact-shap", "--rows", "all", "--format", "json", "--out", path);
        // The figure of CPU time says that it is past its start and computing.
        while (!process.HasExited && process.TotalProcessorTime < TimeSpan.FromSeconds(1.5))
        {
            await Task.Delay(50);
        }

        await SendInterruptAsync(process.Id);
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal(130, process.ExitCode);
        Assert.Equal("", await process.StandardOutput.ReadToEndAsync());
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal("before", await File.ReadAllTextAsync(path));
        Assert.Single(Directory.GetFiles(folder.Path), path);
    }

    private static async Task SendInterruptAsync(int processId)
    {
        using var kill = Process.Start("sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -INT {processId}")]);
        await kill.WaitForExitAsync();
    }
}
