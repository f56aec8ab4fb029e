using System.Collections.Immutable;
using ExplainLsp.Explainers;
using ExplainLsp.Models;
using ExplainLsp.Samples;
using ExplainLsp.Server.Engine;
using ExplainLsp.Server.Protocol;
using ExplainLsp.Server.Rpc;

namespace ExplainLsp.Server.Features;

/// <summary><c>explain/tablePage</c>: rows of a table with what the model says of them, for files that no text editor can show.</summary>
/// <param name="tables">Which model explains which table.</param>
/// <param name="engines">Predicts.</param>
internal sealed class TablePageFeature(BoundTables tables, EngineSource engines)
{
    private const int MostRows = 1000;

    /// <summary>Registers the method.</summary>
    public void Register(Endpoints endpoints) =>
        endpoints.OnRequest<TablePageParams, TablePage>(CustomRequests.TablePage, (parameters, snapshot, cancellation) =>
            Task.FromResult(PageOf(parameters, snapshot, cancellation)));

    private TablePage PageOf(TablePageParams parameters, ServerSnapshot snapshot, CancellationToken cancellation)
    {
        try
        {
            var lookup = tables.Find(snapshot, parameters.TextDocument.Uri, cancellation);
            return lookup.Samples is { Table: var table }
                ? PageOf(lookup, table, Math.Clamp(parameters.From, 0, table.RowCount), Math.Clamp(parameters.Count, 1, MostRows), cancellation)
                : Empty($"{DocumentUri.NameOf(parameters.TextDocument.Uri)} is no table. Open a CSV, TSV, JSON lines, Parquet or Arrow file.");
        }
        catch (SampleException problem)
        {
            // A damaged file is shown as one, with nothing of it.
            return Empty(problem.Message);
        }
    }

    private TablePage PageOf(TableLookup lookup, Table table, int from, int count, CancellationToken cancellation)
    {
        var rows = Enumerable.Range(from, Math.Min(count, table.RowCount - from)).ToArray();
        var columns = Enumerable.Range(0, table.Header.Length).Select(column => ColumnOf(table, lookup.Bound, column)).ToArray();
        var (outcomes, problem) = Predict(lookup, rows, cancellation);
        return new TablePage(
            columns, table.RowCount, from, [.. rows.Select(row => RowOf(table, columns, row, lookup.Bound, outcomes.GetValueOrDefault(row)))],
            lookup.Bound?.Binding.ModelName, problem);
    }

    private (Dictionary<int, SampleOutcome> Outcomes, string? Problem) Predict(TableLookup lookup, int[] rows, CancellationToken cancellation)
    {
        if (lookup.Bound is not { } bound)
        {
            return ([], lookup.Reason.Length > 0 ? lookup.Reason : null);
        }

        try
        {
            return (engines.Current.Predict(bound.Query, rows, cancellation).ToDictionary(outcome => outcome.Row), null);
        }
        catch (Exception exception) when (exception is ModelException or ModelRunException or ExplainerException)
        {
            return ([], exception.Message);
        }
    }

    private static TablePageColumn ColumnOf(Table table, BoundTable? bound, int column)
    {
        var feature = bound?.Binding.Encoder.Columns.FirstOrDefault(candidate => candidate.Column == column);
        var role = feature is not null ? "feature" : bound?.Binding.TargetColumn == column ? "label" : "other";
        return new TablePageColumn(table.Header[column], table.IsNumeric(column) ?? feature?.IsNumeric ?? false, role, table.ProblemOf(column));
    }

    private static TablePageRow RowOf(Table table, TablePageColumn[] columns, int row, BoundTable? bound, SampleOutcome? outcome)
    {
        var cells = columns.Select((column, number) => column.Problem is null ? table.Cell(row, number) : "").ToArray();
        return outcome switch
        {
            { Prediction: { } prediction } => new TablePageRow(
                row, cells, PredictionText.Hint(prediction), PredictionText.Tooltip(bound!.Binding.ModelName, prediction), prediction.IsRight),
            { Problem: { } problem } => new TablePageRow(row, cells, "", problem, null),
            _ => new TablePageRow(row, cells, "", "", null),
        };
    }

    private static TablePage Empty(string problem) => new([], 0, 0, [], null, problem);
}
