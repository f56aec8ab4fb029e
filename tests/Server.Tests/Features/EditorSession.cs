using ExplainLsp.Server.Tests.Rpc;
using Newtonsoft.Json.Linq;

namespace ExplainLsp.Server.Tests.Features;

/// <summary>An editor with one table of the sample workspace open.</summary>
internal sealed class EditorSession : IAsyncDisposable
{
    private EditorSession(SampleWorkspace workspace, LspClient client, string uri) => (Workspace, Client, Uri) = (workspace, client, uri);

    public SampleWorkspace Workspace { get; }

    public LspClient Client { get; }

    public string Uri { get; }

    /// <summary>Opens the first rows of a sample file, or a text in its place.</summary>
    public static async Task<EditorSession> OpenAsync(string file, int rows = 20, Func<string, string>? edit = null, object? settings = null)
    {
        var workspace = SampleWorkspace.With(Path.GetDirectoryName(file)!);
        var client = await LspClient.StartInitializedAsync(workspace.Folder, settings: settings);
        var session = new EditorSession(workspace, client, workspace.UriOf(file));
        var text = workspace.Head(file, rows);
        await client.OpenAsync(session.Uri, edit?.Invoke(text) ?? text);
        return session;
    }

    /// <summary>The hover's Markdown; null for none. Asks again while it is being computed.</summary>
    public async Task<string?> HoverAsync(int line, int character)
    {
        for (var attempt = 0; ; attempt++)
        {
            var hover = await Client.ResultAsync("textDocument/hover", new { textDocument = new { uri = Uri }, position = new { line, character } });
            var text = (string?)hover.SelectToken("contents.value");
            if (text?.Contains("Working…", StringComparison.Ordinal) != true || attempt == 600)
            {
                return text;
            }

            await Task.Delay(100);
        }
    }

    public Task<JToken> RequestAsync(string method, object? more = null)
    {
        var parameters = JObject.FromObject(more ?? new { });
        parameters["textDocument"] = JObject.FromObject(new { uri = Uri });
        return Client.ResultAsync(method, parameters);
    }

    /// <summary>The findings of the version that is open.</summary>
    public async Task<JArray> DiagnosticsAsync(int version = 1) =>
        (JArray)(await Client.ReceivedAsync(
            "textDocument/publishDiagnostics",
            parameters => (string?)parameters["uri"] == Uri && (int?)parameters["version"] == version))["diagnostics"]!;

    public Task ChangeAsync(int version, params object[] changes) =>
        Client.NotifyAsync("textDocument/didChange", new { textDocument = new { uri = Uri, version }, contentChanges = changes });

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        Workspace.Dispose();
    }
}
