using ExplainLsp.Server.Protocol;
using StreamJsonRpc;

namespace ExplainLsp.Server.Rpc;

/// <summary>
/// The log in the client's output channel (<c>window/logMessage</c>), and the trace (<c>$/logTrace</c>) for those who turned it on.
/// What is said before the connection stands goes nowhere.
/// </summary>
internal sealed class ClientLog
{
    private JsonRpc? _rpc;
    private volatile string _trace = "off";

    /// <summary><c>off</c>, <c>messages</c> or <c>verbose</c>; anything else is off.</summary>
    public string Trace
    {
        get => _trace;
        set => _trace = value is "messages" or "verbose" ? value : "off";
    }

    /// <summary>Sends from here on.</summary>
    public void Attach(JsonRpc rpc) => _rpc = rpc;

    /// <summary>Something failed that should not have: one sentence, then the stack.</summary>
    public void Error(string message, Exception exception) => Send(1, $"{message} {exception}");

    /// <summary>Something people should know.</summary>
    public void Warning(string message) => Send(2, message);

    /// <summary>Something worth a line.</summary>
    public void Information(string message) => Send(3, message);

    /// <summary>A step, only with the trace on.</summary>
    public void Step(string message, string? detail = null)
    {
        if (_trace != "off")
        {
            Notify("$/logTrace", new LogTraceParams(message, _trace == "verbose" ? detail : null));
        }
    }

    private void Send(int type, string message) => Notify("window/logMessage", new LogMessageParams(type, message));

    private void Notify(string method, object parameters)
    {
        // A connection that is going down has no one to tell.
        if (_rpc is { IsDisposed: false } rpc)
        {
            _ = rpc.NotifyWithParameterObjectAsync(method, parameters).ContinueWith(
                task => _ = task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }
    }
}
