using ExplainLsp.Server.Protocol;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using StreamJsonRpc;

namespace ExplainLsp.Server.Rpc;

/// <summary>The settings <c>explainLsp.*</c>: asked for where the client answers, else taken from what it sends.</summary>
/// <param name="rpc">The connection.</param>
/// <param name="state">The server's state.</param>
/// <param name="log">Its trace is a setting, and it hears of settings that make no sense.</param>
internal sealed class SettingsSync(JsonRpc rpc, ServerState state, ClientLog log)
{
    private const string Section = "explainLsp";

    private bool _askClient;
    private int _asked;

    /// <summary>The settings changed: before, after.</summary>
    public event Action<ServerSettings, ServerSettings>? Changed;

    /// <summary>Registers the methods.</summary>
    public void Register(Endpoints endpoints)
    {
        endpoints.OnNotification<SetTraceParams>("$/setTrace", parameters => log.Trace = parameters.Value);
        endpoints.OnNotification<DidChangeConfigurationParams>("workspace/didChangeConfiguration", parameters =>
        {
            if (_askClient)
            {
                _ = PullAsync();
            }
            else if (parameters.Settings is JObject settings)
            {
                Take(settings[Section] ?? settings);
            }
        });
    }

    /// <summary>What the client said at first.</summary>
    public void Initialize(InitializeParams parameters)
    {
        _askClient = parameters.Capabilities.Workspace?.Configuration is true;
        log.Trace = parameters.Trace ?? "off";
        if (parameters.InitializationOptions?.Settings is { } settings)
        {
            Take(settings);
        }
    }

    /// <summary>Asks the client, where it answers.</summary>
    public async Task PullAsync()
    {
        if (!_askClient)
        {
            return;
        }

        var asked = Interlocked.Increment(ref _asked);
        try
        {
            var answers = await rpc.InvokeWithParameterObjectAsync<JArray>(
                "workspace/configuration", new ConfigurationParams([new ConfigurationItem(Section)])).ConfigureAwait(false);
            if (asked == Volatile.Read(ref _asked) && answers is [JObject settings, ..])
            {
                Take(settings);
            }
        }
        catch (Exception exception) when (exception is RemoteRpcException or ObjectDisposedException or OperationCanceledException)
        {
            log.Warning($"The settings could not be read; those from before stay. {exception.Message}");
        }
    }

    private void Take(JToken settings)
    {
        var serializer = JsonSerializer.Create(new JsonSerializerSettings
        {
            NullValueHandling = NullValueHandling.Ignore,
            Error = (_, args) =>
            {
                log.Warning($"The setting {Section}.{args.ErrorContext.Path} makes no sense; its default is used.");
                args.ErrorContext.Handled = true;
            },
        });
        // A copy, so that paths in messages start at the section.
        var given = settings.DeepClone().ToObject<ServerSettings>(serializer) ?? new ServerSettings();
        var after = given with
        {
            Threads = Math.Clamp(given.Threads, 0, 256),
            MemoryBudget = Math.Clamp(given.MemoryBudget, 1, 65_536),
            Hover = given.Hover with { Budget = Math.Clamp(given.Hover.Budget, 100, 100_000_000) },
        };
        var before = state.Snapshot().Settings;
        state.Change(snapshot => snapshot with { Settings = after });
        if (before != after)
        {
            Changed?.Invoke(before, after);
        }
    }
}
