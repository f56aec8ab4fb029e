using ExplainLsp.Server.Protocol;
using StreamJsonRpc;

namespace ExplainLsp.Server.Features;

/// <summary><c>explain/partial</c>: what a request has found so far.</summary>
/// <param name="rpc">The connection.</param>
internal sealed class PartialViews(JsonRpc rpc)
{
    /// <summary>Shows a coarse answer, unless nobody waits for it.</summary>
    /// <param name="token">The request's progress token; null for nobody.</param>
    /// <param name="view">The answer so far.</param>
    public void Send(string? token, PanelView view)
    {
        if (token is not null && !rpc.IsDisposed)
        {
            _ = rpc.NotifyWithParameterObjectAsync(CustomRequests.Partial, new PartialParams(token, view)).ContinueWith(
                task => _ = task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }
    }
}
