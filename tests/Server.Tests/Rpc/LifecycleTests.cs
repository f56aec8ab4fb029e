using System.Diagnostics;
using Newtonsoft.Json.Linq;

namespace ExplainLsp.Server.Tests.Rpc;

/// <summary>What LSP 3.17 says about beginning, ending and the codes of errors.</summary>
public class LifecycleTests
{
    private static readonly object HoverParams = new { textDocument = new { uri = "file:///a.csv" }, position = new { line = 0, character = 0 } };

    [Fact]
    public async Task Request_BeforeInitialize_IsRefused()
    {
        await using var client = LspClient.Start();

        Assert.Equal(-32002, await client.ErrorAsync("textDocument/hover", HoverParams));
        Assert.Equal(-32002, await client.ErrorAsync("no/suchMethod", null));
    }

    [Fact]
    public async Task Notification_BeforeInitialize_IsDropped()
    {
        await using var client = LspClient.Start();

        await client.OpenAsync("file:///a.csv", "a,b\n1,2\n");
        var result = await client.InitializeAsync(null);

        Assert.Equal("utf-16", (string?)result["capabilities"]!["positionEncoding"]);
    }

    [Fact]
    public async Task Initialize_SaysWhatTheServerCan()
    {
        await using var client = LspClient.Start();

        var result = await client.InitializeAsync(null);

        Assert.Equal("explainlsp", (string?)result["serverInfo"]!["name"]);
        Assert.Equal(2, (int?)result["capabilities"]!["textDocumentSync"]!["change"]);
        Assert.True((bool?)result["capabilities"]!["hoverProvider"]);
        Assert.False((bool?)result["capabilities"]!["codeLensProvider"]!["resolveProvider"]);
        Assert.True((bool?)result["capabilities"]!["inlayHintProvider"]);
        Assert.True((bool?)result["capabilities"]!["workspace"]!["workspaceFolders"]!["supported"]);
    }

    [Fact]
    public async Task Initialize_Twice_IsRefused()
    {
        await using var client = await LspClient.StartInitializedAsync();

        Assert.Equal(-32600, await client.ErrorAsync("initialize", new { capabilities = new { } }));
    }

    [Fact]
    public async Task Request_AfterShutdown_IsRefused()
    {
        await using var client = await LspClient.StartInitializedAsync();

        Assert.Equal(JTokenType.Null, (await client.ResultAsync("shutdown", null)).Type);
        Assert.Equal(-32600, await client.ErrorAsync("textDocument/hover", HoverParams));
        Assert.Equal(-32600, await client.ErrorAsync("shutdown", null));
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public async Task Exit_EndsTheServer(bool shutDownFirst, int exitCode)
    {
        await using var client = await LspClient.StartInitializedAsync();
        if (shutDownFirst)
        {
            await client.ResultAsync("shutdown", null);
        }

        await client.NotifyAsync("exit", null);

        Assert.Equal(exitCode, await client.ExitCode!.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task Exit_BeforeInitialize_EndsTheServer()
    {
        await using var client = LspClient.Start();

        await client.NotifyAsync("exit", null);

        Assert.Equal(1, await client.ExitCode!.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task ClosedInput_EndsTheServer()
    {
        await using var client = await LspClient.StartInitializedAsync();

        await client.CloseAsync();

        Assert.Equal(1, await client.ExitCode!.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task ParentProcess_Ends_ServerEnds()
    {
        using var parent = Process.Start(new ProcessStartInfo("sleep", "600"))!;
        await using var client = LspClient.Start();
        await client.InitializeAsync(null, processId: parent.Id);
        Assert.False(client.ExitCode!.IsCompleted);

        parent.Kill();

        Assert.Equal(1, await client.ExitCode.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task UnknownMethod_IsNotFound()
    {
        await using var client = await LspClient.StartInitializedAsync();

        Assert.Equal(-32601, await client.ErrorAsync("no/suchMethod", new { }));
        Assert.Equal(-32601, await client.ErrorAsync("$/noSuchMethod", new { }));
    }

    [Fact]
    public async Task UnknownNotification_IsIgnored()
    {
        await using var client = await LspClient.StartInitializedAsync();

        await client.NotifyAsync("$/noSuchNotification", new { anything = 1 });
        await client.NotifyAsync("no/suchNotification", new { anything = 1 });

        Assert.Equal(JTokenType.Null, (await client.ResultAsync("textDocument/hover", HoverParams)).Type);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"textDocument\":{},\"position\":{\"line\":0,\"character\":0}}")]
    [InlineData("{\"textDocument\":null,\"position\":{\"line\":0,\"character\":0}}")]
    [InlineData("{\"textDocument\":{\"uri\":\"file:///a.csv\"},\"position\":\"here\"}")]
    [InlineData("{\"textDocument\":{\"uri\":\"file:///a.csv\"},\"position\":{\"line\":\"x\",\"character\":0}}")]
    [InlineData("[1,2]")]
    [InlineData(null)]
    public async Task MalformedParameters_AreInvalid(string? parameters)
    {
        await using var client = await LspClient.StartInitializedAsync();

        Assert.Equal(-32602, await client.ErrorAsync("textDocument/hover", parameters is null ? null : JToken.Parse(parameters)));
    }

    [Fact]
    public async Task MessageThatIsNotJson_IsAParseError_AndTheServerGoesOn()
    {
        await using var client = await LspClient.StartInitializedAsync();

        await client.WriteAsync("{\"jsonrpc\":\"2.0\",\"id\":77,\"method\":");

        var response = await client.ReceivedAsync("response");
        Assert.Equal(-32700, (int?)response["error"]!["code"]);
        Assert.Equal(JTokenType.Null, response["id"]!.Type);
        Assert.Equal(JTokenType.Null, (await client.ResultAsync("textDocument/hover", HoverParams)).Type);
    }

    [Fact]
    public async Task MalformedNotification_IsIgnored_AndTheServerGoesOn()
    {
        await using var client = await LspClient.StartInitializedAsync();

        await client.NotifyAsync("textDocument/didOpen", new { textDocument = 3 });
        await client.NotifyAsync("textDocument/didChange", new { textDocument = new { uri = "file:///never-opened.csv", version = 2 }, contentChanges = Array.Empty<object>() });

        Assert.Equal(JTokenType.Null, (await client.ResultAsync("textDocument/hover", HoverParams)).Type);
    }
}
