using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using ExplainLsp.Explainers;
using ExplainLsp.Server.Engine;
using ExplainLsp.Server.Protocol;
using Newtonsoft.Json.Linq;
using StreamJsonRpc;

namespace ExplainLsp.Server.Rpc;

/// <summary>
/// Work-done progress: under the client's own token at once, else under one of ours once the work takes longer than half a second. The
/// client can cancel either.
/// </summary>
/// <param name="rpc">The connection.</param>
internal sealed class WorkProgress(JsonRpc rpc)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan ReportInterval = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<string, CancellationTokenSource> _running = new();
    private int _created;

    /// <summary>Whether the client shows progress that the server begins.</summary>
    public bool ClientShowsOurs { get; set; }

    /// <summary>Work is being reported on: how far it is, in words; null when it ended.</summary>
    public event Action<string?>? Working;

    /// <summary>Registers <c>window/workDoneProgress/cancel</c>.</summary>
    public void Register(Endpoints endpoints) =>
        endpoints.OnNotification<ProgressTokenParams>("window/workDoneProgress/cancel", parameters =>
        {
            if (_running.TryGetValue(Key(parameters.Token), out var source))
            {
                source.Cancel();
            }
        });

    /// <summary>Runs work that reports how far it is.</summary>
    /// <param name="clientToken">The client's token; null for none.</param>
    /// <param name="title">"Explaining row 13".</param>
    /// <param name="work">The work.</param>
    /// <param name="cancellation">The request's own cancellation; the progress' cancel button comes on top.</param>
    /// <param name="unit">What is counted.</param>
    public async Task<T> RunAsync<T>(
        string? clientToken, string title, Func<IProgress<ExplanationProgress>, CancellationToken, T> work, CancellationToken cancellation,
        string unit = "evaluations")
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        JToken token = clientToken ?? $"explainlsp/{Interlocked.Increment(ref _created)}";
        _running[Key(token)] = source;
        var report = new Reporter(this, token, title, unit);
        try
        {
            if (clientToken is not null)
            {
                report.Begin();
            }

            var running = Task.Run(() => work(report, source.Token), CancellationToken.None);
            if (clientToken is null && ClientShowsOurs && await Task.WhenAny(running, Task.Delay(Patience, source.Token)).ConfigureAwait(false) != running
                && !source.IsCancellationRequested)
            {
                await rpc.InvokeWithParameterObjectAsync<object?>("window/workDoneProgress/create", new ProgressTokenParams(token), source.Token).ConfigureAwait(false);
                report.Begin();
            }

            return await running.ConfigureAwait(false);
        }
        finally
        {
            report.End(source.IsCancellationRequested);
            _running.TryRemove(Key(token), out _);
        }
    }

    private static string Key(JToken token) => token.ToString(Newtonsoft.Json.Formatting.None);

    private void Send(JToken token, WorkDoneProgressValue value)
    {
        if (!rpc.IsDisposed)
        {
            _ = rpc.NotifyWithParameterObjectAsync("$/progress", new ProgressParams(token, value)).ContinueWith(
                task => _ = task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }
    }

    /// <summary>Sends begin, reports at most ten times a second, and one end.</summary>
    private sealed class Reporter(WorkProgress owner, JToken token, string title, string unit) : IProgress<ExplanationProgress>
    {
        private readonly Lock _gate = new();
        private bool _begun;
        private readonly long _started = Stopwatch.GetTimestamp();
        private long _last;

        public void Begin()
        {
            lock (_gate)
            {
                _begun = true;
                owner.Send(token, new WorkDoneProgressValue("begin", Title: title, Cancellable: true, Percentage: 0));
            }
        }

        public void Report(ExplanationProgress value)
        {
            lock (_gate)
            {
                if (!_begun || (_last != 0 && Stopwatch.GetElapsedTime(_last) < ReportInterval))
                {
                    return;
                }

                _last = Stopwatch.GetTimestamp();
                var percentage = value.Total > 0 ? (int)Math.Clamp(value.Done * 100 / value.Total, 0, 100) : (int?)null;
                var message = ProgressText.Of(value, unit, Stopwatch.GetElapsedTime(_started));
                owner.Send(token, new WorkDoneProgressValue("report", Message: message, Percentage: percentage));
                owner.Working?.Invoke(string.Create(CultureInfo.InvariantCulture, $"Explaining {value.Done:N0} of {value.Total:N0}"));
            }
        }

        public void End(bool cancelled)
        {
            lock (_gate)
            {
                if (_begun)
                {
                    _begun = false;
                    owner.Send(token, new WorkDoneProgressValue("end", Message: cancelled ? "Stopped" : null));
                    owner.Working?.Invoke(null);
                }
            }
        }
    }
}
