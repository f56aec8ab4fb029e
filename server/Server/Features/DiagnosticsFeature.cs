using System.Collections.Concurrent;
using ExplainLsp.Explainers;
using ExplainLsp.Models;
using ExplainLsp.Samples;
using ExplainLsp.Server.Engine;
using ExplainLsp.Server.Protocol;
using ExplainLsp.Server.Rpc;
using ExplainLsp.Workspaces;
using StreamJsonRpc;

namespace ExplainLsp.Server.Features;

/// <summary>
/// <c>textDocument/publishDiagnostics</c> for open documents, a moment after they changed: what is wrong with a table's form, rows that
/// cannot be read, rows that the model gets wrong; for <c>explain.json</c> what its schema cannot see.
/// </summary>
/// <param name="rpc">The connection.</param>
/// <param name="tables">Which model explains which table.</param>
/// <param name="engines">Predicts.</param>
/// <param name="state">The open documents.</param>
/// <param name="log">Hears of what failed.</param>
/// <param name="ending">Ends everything.</param>
internal sealed class DiagnosticsFeature(
    JsonRpc rpc, BoundTables tables, EngineSource engines, ServerState state, ClientLog log, CancellationToken ending)
{
    private const string Source = "explain";
    private const int Error = 1;
    private const int Warning = 2;
    private const int Information = 3;

    // Typing should not make the problem list flicker.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);

    private readonly ConcurrentDictionary<string, CancellationTokenSource> _scheduled = new();

    /// <summary>A document changed, or something that its findings depend on.</summary>
    public void Schedule(TextDocument document)
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(ending);
        _scheduled.AddOrUpdate(document.Uri, source, (_, before) =>
        {
            before.Cancel();
            return source;
        });
        _ = Task.Run(() => RunAsync(document, source.Token), CancellationToken.None);
    }

    /// <summary>All open documents, after settings, models or manifests changed.</summary>
    public void ScheduleAll()
    {
        foreach (var document in state.Snapshot().Documents.Values)
        {
            Schedule(document);
        }
    }

    /// <summary>A document was closed: its findings go.</summary>
    public void Clear(string uri)
    {
        if (_scheduled.TryRemove(uri, out var source))
        {
            source.Cancel();
        }

        _ = PublishAsync(uri, null, []);
    }

    private async Task RunAsync(TextDocument document, CancellationToken cancellation)
    {
        try
        {
            await Task.Delay(Pause, cancellation).ConfigureAwait(false);
            var snapshot = state.Snapshot();
            var found = snapshot.Settings.Diagnostics.Enabled ? Find(document, snapshot, cancellation) : [];
            cancellation.ThrowIfCancellationRequested();
            if (state.IsCurrent(document))
            {
                await PublishAsync(document.Uri, document.Version, found).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // A newer version is on its way.
        }
        catch (Exception exception)
        {
            log.Error($"Diagnostics of {DocumentUri.NameOf(document.Uri)} failed.", exception);
        }
    }

    private IReadOnlyList<Diagnostic> Find(TextDocument document, ServerSnapshot snapshot, CancellationToken cancellation)
    {
        if (document.IsManifest)
        {
            return [.. tables.Diagnose(document.Path!, cancellation).Select(found => new Diagnostic(
                Ranges.Of(found.Range), found.Severity == ManifestSeverity.Error ? Error : Warning, Source, found.Message))];
        }

        var lookup = tables.Find(snapshot, document.Uri, cancellation);
        if (lookup.Samples is not { } samples || (lookup.Bound is null && !lookup.IsProblem))
        {
            // Nobody asked us about a table that no model explains.
            return [];
        }

        if (lookup.Bound is not { } bound)
        {
            return [new Diagnostic(Ranges.OfRow(samples.Table, -1), Warning, Source, lookup.Reason)];
        }

        var issues = samples.Table.Issues.Select(issue => new Diagnostic(
            issue.Row is { } row ? Ranges.OfRow(samples.Table, row) : Ranges.StartOf(issue.Line), Warning, Source, issue.Message)).ToList();
        return [.. issues, .. RowFindings(bound, snapshot.Settings.Diagnostics.MaxRows, cancellation)];
    }

    private List<Diagnostic> RowFindings(BoundTable bound, int maxRows, CancellationToken cancellation)
    {
        var table = bound.Samples.Table;
        if (table.RowCount == 0 || table.RowCount > maxRows)
        {
            return [];
        }

        try
        {
            var reported = table.Issues.Select(issue => issue.Row).ToHashSet();
            return engines.Current.Predict(bound.Query, [.. Enumerable.Range(0, table.RowCount)], cancellation)
                .Where(outcome => outcome.Prediction is not null || !reported.Contains(outcome.Row))
                .Select(outcome => FindingOf(bound, outcome)).OfType<Diagnostic>().ToList();
        }
        catch (Exception exception) when (exception is ModelException or ModelRunException or SampleException or ExplainerException)
        {
            return [new Diagnostic(Ranges.OfRow(table, -1), Error, Source, exception.Message)];
        }
    }

    private static Diagnostic? FindingOf(BoundTable bound, SampleOutcome outcome) => outcome switch
    {
        { Problem: { } problem } => new Diagnostic(Ranges.OfRow(bound.Samples.Table, outcome.Row), Warning, Source, problem),
        { Prediction: { IsRight: false } prediction } when bound.Binding.TargetColumn is { } column => new Diagnostic(
            Ranges.Of(bound.Samples.Table.CellRange(outcome.Row, column)), Information, Source,
            PredictionText.Wrong(bound.Binding.ModelName, prediction)),
        _ => null,
    };

    private Task PublishAsync(string uri, int? version, IReadOnlyList<Diagnostic> diagnostics) =>
        rpc.IsDisposed ? Task.CompletedTask
        : rpc.NotifyWithParameterObjectAsync("textDocument/publishDiagnostics", new PublishDiagnosticsParams(uri, version, diagnostics));
}
