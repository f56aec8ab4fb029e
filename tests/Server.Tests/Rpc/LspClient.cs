using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using ExplainLsp.Server.Rpc;
using Nerdbank.Streams;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace ExplainLsp.Server.Tests.Rpc;

/// <summary>
/// An editor, as far as the wire goes: writes and reads bytes itself, so that what it sees is what any client sees. Answers the server's
/// requests with null unless told otherwise.
/// </summary>
internal sealed class LspClient : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Stream _toServer;
    private readonly Stream _fromServer;
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JObject>> _pending = new();
    private readonly SemaphoreSlim _writing = new(1);
    private readonly List<(string Method, JToken Params)> _received = [];
    private readonly Task _reading;
    private TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _id;

    public LspClient(Stream toServer, Stream fromServer)
    {
        (_toServer, _fromServer) = (toServer, fromServer);
        _reading = Task.Run(ReadAllAsync);
    }

    /// <summary>How the server's requests are answered, by method.</summary>
    public ConcurrentDictionary<string, Func<JToken, JToken?>> Answers { get; } = new();

    /// <summary>The server's exit code, for servers in this process.</summary>
    public Task<int>? ExitCode { get; private init; }

    /// <summary>A server in this process.</summary>
    public static LspClient Start(CancellationToken cancellation = default)
    {
        var (client, server) = FullDuplexStream.CreatePair();
        var exitCode = Task.Run(
            async () =>
            {
                await using (server)
                {
                    return await LanguageServer.RunAsync(server, server, cancellation);
                }
            },
            CancellationToken.None);
        return new LspClient(client, client) { ExitCode = exitCode };
    }

    /// <summary>A server in this process that has been initialized.</summary>
    public static async Task<LspClient> StartInitializedAsync(string? folder = null, object? capabilities = null, object? settings = null)
    {
        var client = Start();
        if (settings is not null)
        {
            client.Answers["workspace/configuration"] = _ => new JArray(JObject.FromObject(settings));
        }

        await client.InitializeAsync(folder, capabilities ?? new { workspace = new { configuration = settings is not null, applyEdit = true } });
        return client;
    }

    public async Task<JObject> InitializeAsync(string? folder, object? capabilities = null, int? processId = null)
    {
        var result = await ResultAsync("initialize", new
        {
            processId,
            rootUri = (string?)null,
            capabilities = capabilities ?? new { },
            workspaceFolders = folder is null ? null : new[] { new { uri = DocumentUri.FromPath(folder), name = "folder" } },
        });
        await NotifyAsync("initialized", new { });
        return (JObject)result;
    }

    public Task<JObject> RequestAsync(string method, object? parameters, CancellationToken cancel = default) => SendRequestAsync(method, parameters, cancel).Response;

    public (int Id, Task<JObject> Response) SendRequestAsync(string method, object? parameters, CancellationToken cancel = default)
    {
        var id = Interlocked.Increment(ref _id);
        var source = _pending[id] = new TaskCompletionSource<JObject>(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = WriteAsync(Message(method, parameters, id));
        cancel.Register(() => _ = NotifyAsync("$/cancelRequest", new { id }));
        return (id, source.Task.WaitAsync(Patience, CancellationToken.None));
    }

    /// <summary>The result; fails when the answer is an error.</summary>
    public async Task<JToken> ResultAsync(string method, object? parameters, CancellationToken cancel = default)
    {
        var response = await RequestAsync(method, parameters, cancel);
        Assert.True(response["error"] is null, response.ToString());
        Assert.True(response.ContainsKey("result"), response.ToString());
        return response["result"]!;
    }

    /// <summary>The error's code; fails when the answer is a result.</summary>
    public async Task<int> ErrorAsync(string method, object? parameters, CancellationToken cancel = default)
    {
        var response = await RequestAsync(method, parameters, cancel);
        Assert.True(response["error"] is not null, response.ToString());
        return (int)response["error"]!["code"]!;
    }

    public Task NotifyAsync(string method, object? parameters) => WriteAsync(Message(method, parameters, null));

    public Task OpenAsync(string uri, string text, int version = 1, string languageId = "csv") =>
        NotifyAsync("textDocument/didOpen", new { textDocument = new { uri, languageId, version, text } });

    /// <summary>The first notification or request of the server's with this method that fits; waits for it.</summary>
    public async Task<JToken> ReceivedAsync(string method, Func<JToken, bool>? fits = null)
    {
        var deadline = Task.Delay(Patience);
        while (true)
        {
            Task arrived;
            lock (_received)
            {
                if (_received.Find(message => message.Method == method && (fits?.Invoke(message.Params) ?? true)) is { Method: not null } found)
                {
                    return found.Params;
                }

                arrived = _arrived.Task;
            }

            if (await Task.WhenAny(arrived, deadline) == deadline)
            {
                throw new TimeoutException($"{method} did not come.");
            }
        }
    }

    /// <summary>All notifications and requests of the server's so far with this method.</summary>
    public IReadOnlyList<JToken> Received(string method)
    {
        lock (_received)
        {
            return [.. _received.Where(message => message.Method == method).Select(message => message.Params)];
        }
    }

    /// <summary>Forgets what came.</summary>
    public void Forget()
    {
        lock (_received)
        {
            _received.Clear();
        }
    }

    public async Task WriteAsync(string json)
    {
        var body = Encoding.UTF8.GetBytes(json);
        var header = Encoding.ASCII.GetBytes($"Content-Length: {body.Length.ToString(CultureInfo.InvariantCulture)}\r\n\r\n");
        await _writing.WaitAsync();
        try
        {
            await _toServer.WriteAsync(header);
            await _toServer.WriteAsync(body);
            await _toServer.FlushAsync();
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The server is gone; what was asked stays unanswered.
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Closes the server's input.</summary>
    public ValueTask CloseAsync() => _toServer.DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        if (ExitCode is not null)
        {
            await ExitCode.WaitAsync(Patience);
        }

        await _reading.WaitAsync(Patience);
        _writing.Dispose();
    }

    private static string Message(string method, object? parameters, int? id)
    {
        var message = new JObject { ["jsonrpc"] = "2.0", ["method"] = method };
        if (id is not null)
        {
            message["id"] = id;
        }

        if (parameters is not null)
        {
            message["params"] = JToken.FromObject(parameters);
        }

        return message.ToString(Formatting.None);
    }

    private async Task ReadAllAsync()
    {
        try
        {
            var reader = new BufferedStream(_fromServer);
            while (await ReadMessageAsync(reader) is { } message)
            {
                Take(message);
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The server is gone.
        }

        foreach (var pending in _pending.Values)
        {
            pending.TrySetException(new IOException("The server left."));
        }
    }

    private void Take(JObject message)
    {
        if (message["method"] is not { } method)
        {
            if (message["id"]?.Type == JTokenType.Integer && _pending.TryRemove((int)message["id"]!, out var pending))
            {
                pending.TrySetResult(message);
            }
            else
            {
                Record("response", message);
            }

            return;
        }

        var parameters = message["params"] ?? JValue.CreateNull();
        if (message["id"] is { } id)
        {
            var result = Answers.TryGetValue((string)method!, out var answer) ? answer(parameters) : null;
            _ = WriteAsync(new JObject { ["jsonrpc"] = "2.0", ["id"] = id, ["result"] = result ?? JValue.CreateNull() }.ToString(Formatting.None));
        }

        Record((string)method!, parameters);
    }

    private void Record(string method, JToken parameters)
    {
        lock (_received)
        {
            _received.Add((method, parameters));
            _arrived.TrySetResult();
            _arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private static async Task<JObject?> ReadMessageAsync(Stream stream)
    {
        var length = 0;
        while (true)
        {
            var line = await ReadLineAsync(stream);
            if (line is null)
            {
                return null;
            }

            if (line.Length == 0)
            {
                break;
            }

            if (line.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase))
            {
                length = int.Parse(line["Content-Length: ".Length..], CultureInfo.InvariantCulture);
            }
        }

        var body = new byte[length];
        await stream.ReadExactlyAsync(body);
        return JObject.Parse(Encoding.UTF8.GetString(body));
    }

    private static async Task<string?> ReadLineAsync(Stream stream)
    {
        var line = new StringBuilder();
        var buffer = new byte[1];
        while (await stream.ReadAsync(buffer) == 1)
        {
            if (buffer[0] == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            line.Append((char)buffer[0]);
        }

        return null;
    }
}
