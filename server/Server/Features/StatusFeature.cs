using ExplainLsp.Server.Protocol;
using StreamJsonRpc;

namespace ExplainLsp.Server.Features;

/// <summary><c>explain/status</c> and <c>explain/stale</c>: what the status item shows, and what panels must know.</summary>
/// <param name="rpc">The connection.</param>
internal sealed class StatusFeature(JsonRpc rpc)
{
    private readonly Lock _gate = new();
    private StatusParams? _sent;
    private StatusParams _resting = new("ready", "Explain", "No table is being looked at.");

    /// <summary>The table that is being looked at.</summary>
    public void Show(TableLookup lookup)
    {
        var status = lookup switch
        {
            { Bound: { } bound } => new StatusParams("ready", bound.Binding.ModelName, $"{bound.Binding.ModelName} explains {bound.Samples.Name}: {bound.Binding.Reason}."),
            { Images: { } list } => new StatusParams("ready", list.Binding.ModelName, $"{list.Binding.ModelName} explains the pictures of {list.Name}: {list.Binding.Reason}."),
            { IsProblem: true } => new StatusParams("problem", "Explain", lookup.Reason),
            { Samples: not null } => new StatusParams("ready", "Explain", lookup.Reason),
            _ => null,
        };
        if (status is not null)
        {
            lock (_gate)
            {
                _resting = status;
                Send(status);
            }
        }
    }

    /// <summary>Work that takes long, or its end.</summary>
    /// <param name="text">"Explaining 340 of 4,000"; null when it ended.</param>
    public void Working(string? text)
    {
        lock (_gate)
        {
            Send(text is null ? _resting : new StatusParams("working", text, "Work in progress can be stopped from its notification or panel."));
        }
    }

    /// <summary>Tells panels that what they show is from before a change.</summary>
    public void Stale(string? modelPath, string text) => Notify(CustomRequests.Stale, new StaleParams(modelPath, text));

    private void Send(StatusParams status)
    {
        if (status != _sent)
        {
            _sent = status;
            Notify(CustomRequests.Status, status);
        }
    }

    private void Notify(string method, object parameters)
    {
        if (!rpc.IsDisposed)
        {
            _ = rpc.NotifyWithParameterObjectAsync(method, parameters).ContinueWith(
                task => _ = task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }
    }
}
