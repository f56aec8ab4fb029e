using System.Globalization;
using System.Runtime.CompilerServices;
using ExplainLsp.Explainers;
using ExplainLsp.Samples;
using ExplainLsp.Server.Engine;
using ExplainLsp.Server.Features.Panels;
using ExplainLsp.Server.Protocol;
using ExplainLsp.Server.Rpc;

namespace ExplainLsp.Server.Features;

/// <summary><c>explain/row</c> and <c>explain/checkCells</c>: one row, as it is in the file or with changed cells.</summary>
/// <param name="tables">Which model explains which table.</param>
/// <param name="engines">Predicts and explains.</param>
/// <param name="progress">Shows how far it is.</param>
/// <param name="exports">Keeps what can be saved.</param>
internal sealed class RowPanelFeature(BoundTables tables, EngineSource engines, WorkProgress progress, ExportFeature exports)
{
    // Counting a file's mistakes means predicting all of it; a panel should not wait for a long one.
    private const int MostRowsToCount = 10_000;

    // "What if" asks at every key; what a column holds is the same each time.
    private readonly ConditionalWeakTable<Table, Dictionary<string, ColumnFacts>> _facts = [];

    /// <summary>Registers the methods.</summary>
    public void Register(Endpoints endpoints)
    {
        endpoints.OnRequest<ExplainRowParams, PanelView>(CustomRequests.Row, RowAsync);
        endpoints.OnRequest<CheckCellsParams, IReadOnlyList<CellCheck>>(CustomRequests.CheckCells, (parameters, snapshot, cancellation) =>
            Task.FromResult<IReadOnlyList<CellCheck>>(Check(parameters, snapshot, cancellation)));
    }

    /// <summary>The methods that work for a table's rows.</summary>
    public static IReadOnlyList<ILocalExplainer> Methods(BoundTable table, ExplanationEngine engine, CancellationToken cancellation)
    {
        using var lease = engine.Sessions.Rent(table.Binding.ModelPath, cancellation);
        return ExplainerCatalog.LocalFor(SampleKinds.Rows, lease.Session, table.Binding.Output, cancellation);
    }

    private Task<PanelView> RowAsync(ExplainRowParams parameters, ServerSnapshot snapshot, CancellationToken cancellation)
    {
        var table = tables.Require(snapshot, parameters.TextDocument.Uri, cancellation);
        var query = table.Ask(parameters.Method, parameters.Target, parameters.Space, parameters.Background, parameters.Options);
        return progress.RunAsync(
            parameters.WorkDoneToken, $"Explaining row {parameters.Row}",
            (report, stop) =>
            {
                var inFile = engines.Current.Explain(query, parameters.Row, report, stop);
                var explained = Changed(table, parameters) is { } changed
                    ? engines.Current.Explain(query with { Samples = changed, Target = Index(inFile.Explanation.Target) }, parameters.Row, report, stop)
                    : inFile;
                var scene = new RowScene(
                    table, explained, parameters.Edits is null ? null : inFile, Mistakes(table, explained.Prediction!, stop), Facts(table, stop),
                    EditorTheme.Panel(snapshot.Theme), parameters.Background ?? table.Binding.BackgroundPath, parameters.Width);
                var pickers = Pickers.OfRow(table, explained, Methods(table, engines.Current, stop), BoundTables.Backgrounds(table), parameters.Background);
                return RowPanel.Of(scene, pickers, parameters.View, exports);
            },
            cancellation);
    }

    private List<CellCheck> Check(CheckCellsParams parameters, ServerSnapshot snapshot, CancellationToken cancellation)
    {
        var table = tables.Require(snapshot, parameters.TextDocument.Uri, cancellation);
        var changed = new ChangedRow((TableSource)table.Query.Samples, parameters.Row, parameters.Edits);
        return [.. WhatIf.Check(changed, Facts(table, cancellation), cancellation)];
    }

    /// <summary>The row with its changed cells; null when none differs from the file.</summary>
    private static ChangedRow? Changed(BoundTable table, ExplainRowParams parameters)
    {
        if (parameters.Edits is null or { Count: 0 })
        {
            return null;
        }

        var changed = new ChangedRow((TableSource)table.Query.Samples, parameters.Row, parameters.Edits);
        var differing = changed.Columns.Where(column =>
            parameters.Edits.TryGetValue(column.Name, out var value) && value != table.Samples.Table.Cell(parameters.Row, column.Column)).Select(column => column.Name).ToHashSet();
        return differing.Count == parameters.Edits.Count ? changed
            : differing.Count == 0 ? null
            : new ChangedRow((TableSource)table.Query.Samples, parameters.Row, parameters.Edits.Where(edit => differing.Contains(edit.Key)).ToDictionary());
    }

    private static string Index(Target target) => target.Index.ToString(CultureInfo.InvariantCulture);

    private (int Wrong, int Labelled)? Mistakes(BoundTable table, SamplePrediction prediction, CancellationToken cancellation)
    {
        var rows = table.Samples.Table.RowCount;
        if (prediction.IsRight != false || rows > MostRowsToCount)
        {
            return null;
        }

        var verdicts = engines.Current.Predict(table.Query, [.. Enumerable.Range(0, rows)], cancellation)
            .Select(outcome => outcome.Prediction?.IsRight).OfType<bool>().ToList();
        return (verdicts.Count(right => !right), verdicts.Count);
    }

    private Dictionary<string, ColumnFacts> Facts(BoundTable table, CancellationToken cancellation)
    {
        if (_facts.TryGetValue(table.Samples.Table, out var known))
        {
            return known;
        }

        var facts = new Dictionary<string, ColumnFacts>();
        foreach (var column in table.Binding.Encoder.Columns)
        {
            facts[column.Name] = ColumnFacts.Of(table.Samples.Table, column.Column, column.IsNumeric, cancellation);
        }

        _facts.AddOrUpdate(table.Samples.Table, facts);
        return facts;
    }
}
