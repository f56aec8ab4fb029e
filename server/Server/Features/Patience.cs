using System.Diagnostics;
using ExplainLsp.Explainers;
using ExplainLsp.Models;
using ExplainLsp.Samples;
using ExplainLsp.Server.Rpc;

namespace ExplainLsp.Server.Features;

/// <summary>How long a hover waits: what is ready after 300 ms is shown, the rest goes on in the background.</summary>
internal static class Patience
{
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(300);

    /// <summary>The result if it comes in time; a sentence if it cannot come; neither while it is being computed.</summary>
    /// <param name="running">The work.</param>
    /// <param name="asked">When the hover was asked for, a <see cref="Stopwatch"/> timestamp.</param>
    /// <param name="giveUp">Stops the work: the mouse has left.</param>
    /// <param name="log">Hears of what failed.</param>
    /// <param name="cancellation">The mouse has left.</param>
    public static async Task<(T? Result, string? Problem)> ReadyAsync<T>(
        Task<T> running, long asked, Action giveUp, ClientLog log, CancellationToken cancellation)
        where T : class
    {
        var left = Limit - Stopwatch.GetElapsedTime(asked);
        if (!running.IsCompleted && left > TimeSpan.Zero)
        {
            await Task.WhenAny(running, Task.Delay(left, cancellation)).ConfigureAwait(false);
        }

        if (cancellation.IsCancellationRequested)
        {
            giveUp();
            cancellation.ThrowIfCancellationRequested();
        }

        if (!running.IsCompleted || running.IsCanceled)
        {
            return (null, null);
        }

        try
        {
            return (await running.ConfigureAwait(false), null);
        }
        catch (Exception exception) when (exception is ExplainerException or ModelException or ModelRunException or SampleException)
        {
            log.Information(exception.Message);
            return (null, exception.Message);
        }
    }
}
