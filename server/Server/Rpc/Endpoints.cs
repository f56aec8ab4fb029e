using System.Diagnostics;
using StreamJsonRpc;

namespace ExplainLsp.Server.Rpc;

/// <summary>
/// Where features register their methods. The request queue lives here: handlers of notifications run one after another in the order of
/// arrival; a request takes its snapshot of the state in that same order and then computes on its own, side by side with others.
/// </summary>
/// <param name="rpc">The connection, not yet listening.</param>
/// <param name="state">What snapshots are taken of.</param>
/// <param name="log">Where the trace goes.</param>
internal sealed class Endpoints(JsonRpc rpc, ServerState state, ClientLog log)
{
    /// <summary>A notification, handled in order of arrival.</summary>
    public void OnNotification<TParams>(string method, Action<TParams> handler) =>
        Add(method, (TParams parameters) =>
        {
            log.Step($"Received notification '{method}'.");
            try
            {
                handler(parameters);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // Nobody waits for a notification; the log is the only place to say it.
                log.Error($"{method} failed.", exception);
            }
        });

    /// <summary>A request that changes the state, handled in order of arrival.</summary>
    public void OnOrderedRequest<TParams, TResult>(string method, Func<TParams, TResult> handler) =>
        Add(method, (TParams parameters) => handler(parameters));

    /// <summary>A request that reads: computed on the state as it is when the request arrives.</summary>
    public void OnRequest<TParams, TResult>(string method, Func<TParams, ServerSnapshot, CancellationToken, Task<TResult>> handler) =>
        Add(method, (TParams parameters, CancellationToken cancellation) =>
        {
            var snapshot = state.Snapshot();
            return Task.Run(() => RunAsync(method, parameters, snapshot, handler, cancellation), cancellation);
        });

    private async Task<TResult> RunAsync<TParams, TResult>(
        string method, TParams parameters, ServerSnapshot snapshot,
        Func<TParams, ServerSnapshot, CancellationToken, Task<TResult>> handler, CancellationToken cancellation)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            return await handler(parameters, snapshot, cancellation).ConfigureAwait(false);
        }
        finally
        {
            log.Step($"'{method}' took {Stopwatch.GetElapsedTime(start).TotalMilliseconds:0} ms{(cancellation.IsCancellationRequested ? ", cancelled" : "")}.");
        }
    }

    private void Add(string method, Delegate handler) =>
        rpc.AddLocalRpcMethod(handler.Method, handler.Target, new JsonRpcMethodAttribute(method) { UseSingleObjectParameterDeserialization = true });
}
