using ExplainLsp.Server.Tests.Rpc;
using Newtonsoft.Json.Linq;

namespace ExplainLsp.Server.Tests.Features;

/// <summary>An editor on a folder of its own: a model of clothes, some pictures in folders named after their classes, and a list of them.</summary>
internal sealed class FashionSession : IAsyncDisposable
{
    private static readonly string[] Pictures =
        ["Coat/00010.png", "Coat/00006.png", "Shirt/00004.png", "Shirt/00007.png", "Pullover/00001.png", "Ankle boot/00000.png"];

    private FashionSession(SampleWorkspace workspace, LspClient client) => (Workspace, Client) = (workspace, client);

    public SampleWorkspace Workspace { get; }

    public LspClient Client { get; }

    /// <summary>Copies model and pictures, and starts a server on them.</summary>
    /// <param name="arrange">Changes the folder before the server sees it.</param>
    public static async Task<FashionSession> StartAsync(Action<SampleWorkspace>? arrange = null)
    {
        var workspace = new SampleWorkspace();
        foreach (var file in new[] { "model.onnx", "labels.txt", "config.json", "preprocessor_config.json" })
        {
            Copy(Fixtures.Model("fashion-cnn", file), workspace.PathOf($"fashion-cnn/{file}"));
        }

        foreach (var picture in Pictures)
        {
            Copy(Fixtures.Data("fashion-mnist", $"test/{picture}"), workspace.PathOf($"test/{picture}"));
        }

        workspace.Write("list.csv", "file,label\n" + string.Concat(Pictures.Select(picture => $"test/{picture},{picture.Split('/')[0]}\n")));
        arrange?.Invoke(workspace);
        return new FashionSession(workspace, await LspClient.StartInitializedAsync(workspace.Folder));
    }

    public string UriOf(string file) => Workspace.UriOf(file);

    /// <summary>Opens a document with a text.</summary>
    public Task OpenAsync(string file, string text) => Client.OpenAsync(UriOf(file), text);

    /// <summary>The hover's Markdown at a place; null for none. Asks again while it is being computed.</summary>
    public async Task<string?> HoverAsync(string file, int line, int character)
    {
        for (var attempt = 0; ; attempt++)
        {
            var hover = await Client.ResultAsync("textDocument/hover", new { textDocument = new { uri = UriOf(file) }, position = new { line, character } });
            var text = (string?)hover.SelectToken("contents.value");
            if (text?.Contains("Working…", StringComparison.Ordinal) != true || attempt == 600)
            {
                return text;
            }

            await Task.Delay(100);
        }
    }

    public Task<JToken> ExplainAsync(string picture, object? more = null)
    {
        var parameters = JObject.FromObject(more ?? new { });
        parameters["textDocument"] = JObject.FromObject(new { uri = UriOf(picture) });
        return Client.ResultAsync("explain/image", parameters);
    }

    public Task<JToken> SheetAsync(params string[] files) => Client.ResultAsync("explain/images", new { uris = files.Select(UriOf), workDoneToken = "sheet" });

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        Workspace.Dispose();
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.Copy(from, to);
    }
}
