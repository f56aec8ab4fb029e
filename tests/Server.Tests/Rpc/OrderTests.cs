using System.Diagnostics;
using ExplainLsp.Server.Tests.Features;
using ExplainLsp.Server.Tests.Protocol;
using Newtonsoft.Json.Linq;

namespace ExplainLsp.Server.Tests.Rpc;

/// <summary>Changes are ordered, reads see the state as it was when they arrived, settings take effect, and a real process says and ends the same.</summary>
public class OrderTests
{
    [Fact]
    public async Task Reads_BetweenChanges_SeeTheTextOfTheirMoment()
    {
        await using var session = await EditorSession.OpenAsync("wine/test.csv", edit: _ => "a\n");
        var answers = new List<Task<JToken>>();
        for (var version = 2; version < 60; version++)
        {
            await session.ChangeAsync(version, new { range = new { start = new { line = version - 1, character = 0 }, end = new { line = version - 1, character = 0 } }, text = "x\n" });
            answers.Add(session.RequestAsync("explain/rowAt", new { line = version - 1 }));
            answers.Add(session.RequestAsync("explain/rowAt", new { line = version }));
        }

        var rows = await Task.WhenAll(answers);

        Assert.Equal(
            Enumerable.Range(2, 58).SelectMany(version => new int?[] { version - 2, null }), rows.Select(row => (int?)row["row"]));
    }

    [Fact]
    public async Task SettingsThatMakeNoSense_AreLogged_AndTheirDefaultsHold()
    {
        await using var session = await EditorSession.OpenAsync("wine/test.csv", 3, settings: new { threads = "many", hover = new { budget = -5 } });

        var log = await session.Client.ReceivedAsync("window/logMessage", parameters => ((string)parameters["message"]!).Contains("threads", StringComparison.Ordinal));

        Assert.Contains("makes no sense", (string?)log["message"], StringComparison.Ordinal);
        Assert.NotNull(await session.HoverAsync(1, 0));
    }

    [Fact]
    public async Task InlayHints_SwitchedOffLater_AreGone()
    {
        await using var session = await EditorSession.OpenAsync("wine/test.csv", 3, settings: new { inlayHints = new { enabled = true } });
        var range = new { start = new { line = 0, character = 0 }, end = new { line = 3, character = 0 } };
        Assert.NotEmpty(await session.RequestAsync("textDocument/inlayHint", new { range }));

        session.Client.Answers["workspace/configuration"] = _ => JArray.Parse("[{\"inlayHints\":{\"enabled\":false}}]");
        session.Client.Forget();
        await session.Client.NotifyAsync("workspace/didChangeConfiguration", new { settings = (object?)null });
        await session.Client.ReceivedAsync("workspace/configuration");

        for (var attempt = 0; (await session.RequestAsync("textDocument/inlayHint", new { range })).Any(); attempt++)
        {
            Assert.InRange(attempt, 0, 200);
            await Task.Delay(50);
        }
    }

    [Fact]
    public async Task RealProcess_AnswersOnStdout_AndEndsWithTheCode()
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "explainlsp.dll"), "lsp"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Repository.Root,
        };
        using var process = Process.Start(start)!;
        await using (var client = new LspClient(process.StandardInput.BaseStream, process.StandardOutput.BaseStream))
        {
            var result = await client.InitializeAsync(null, processId: Environment.ProcessId);
            Assert.Equal("explainlsp", (string?)result["serverInfo"]!["name"]);
            Assert.Equal(JTokenType.Null, (await client.ResultAsync("shutdown", null)).Type);
            await client.NotifyAsync("exit", null);
            await process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token);
        }

        Assert.Equal(0, process.ExitCode);
    }
}
