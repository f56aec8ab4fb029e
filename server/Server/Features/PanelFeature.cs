using System.Collections.Immutable;
using ExplainLsp.Explainers;
using ExplainLsp.Models;
using ExplainLsp.Samples;
using ExplainLsp.Server.Engine;
using ExplainLsp.Server.Features.Panels;
using ExplainLsp.Server.Protocol;
using ExplainLsp.Server.Rpc;
using StreamJsonRpc;

namespace ExplainLsp.Server.Features;

/// <summary><c>explain/row</c>, <c>explain/global</c>, <c>explain/rowAt</c>, <c>explain/methods</c>, <c>explain/modelSummary</c>: what panels and palette commands ask.</summary>
/// <param name="tables">Which model explains which table.</param>
/// <param name="engines">Predicts and explains.</param>
/// <param name="progress">Shows how far it is.</param>
internal sealed class PanelFeature(BoundTables tables, EngineSource engines, WorkProgress progress)
{
    /// <summary>LSP's code of a request that cannot be done, for a reason that people can read.</summary>
    public const int RequestFailed = -32803;

    // Counting a file's mistakes means predicting all of it; a panel should not wait for a long one.
    private const int MostRowsToCount = 10_000;

    /// <summary>Registers the methods.</summary>
    public void Register(Endpoints endpoints)
    {
        endpoints.OnRequest<ExplainRowParams, PanelView>(CustomRequests.Row, RowAsync);
        endpoints.OnRequest<ExplainGlobalParams, PanelView>(CustomRequests.Global, GlobalAsync);
        endpoints.OnRequest<RowAtParams, RowAtResult>(CustomRequests.RowAt, (parameters, snapshot, cancellation) =>
            Task.FromResult(RowAt(parameters, snapshot, cancellation)));
        endpoints.OnRequest<ExplainMethodsParams, IReadOnlyList<MethodChoice>>(CustomRequests.Methods, (parameters, snapshot, cancellation) =>
            Task.FromResult(Methods(snapshot, parameters.TextDocument.Uri, cancellation)));
        endpoints.OnRequest<ModelSummaryParams, PanelView>(CustomRequests.ModelSummary, (parameters, snapshot, cancellation) =>
            Task.FromResult(Summary(snapshot, parameters.TextDocument.Uri, cancellation)));
    }

    private RowAtResult RowAt(RowAtParams parameters, ServerSnapshot snapshot, CancellationToken cancellation)
    {
        var lookup = tables.Find(snapshot, parameters.TextDocument.Uri, cancellation);
        return lookup.Samples?.Table.RowAt(parameters.Line) is { } row and >= 0
            ? new RowAtResult(row, lookup.Images is { } list ? BoundImage.InList(list, row)?.Uri : null)
            : new RowAtResult(null);
    }

    private IReadOnlyList<MethodChoice> Methods(ServerSnapshot snapshot, string uri, CancellationToken cancellation)
    {
        if (DocumentUri.ToPath(uri) is { } path && DocumentUri.IsImage(path))
        {
            var model = tables.RequireImage(path, cancellation);
            using var lease = engines.Current.Sessions.Rent(model.ModelPath, cancellation);
            return MethodChoices.Of(ExplainerCatalog.LocalFor(SampleKinds.Grids, lease.Session, model.Output, cancellation));
        }

        var table = Require(snapshot, uri, cancellation);
        return MethodChoices.Of(table, RowMethods(table, cancellation));
    }

    private IReadOnlyList<ILocalExplainer> RowMethods(BoundTable table, CancellationToken cancellation)
    {
        using var lease = engines.Current.Sessions.Rent(table.Binding.ModelPath, cancellation);
        return ExplainerCatalog.LocalFor(SampleKinds.Rows, lease.Session, table.Binding.Output, cancellation);
    }

    private Task<PanelView> RowAsync(ExplainRowParams parameters, ServerSnapshot snapshot, CancellationToken cancellation)
    {
        var table = Require(snapshot, parameters.TextDocument.Uri, cancellation);
        var query = Ask(table, parameters.Method, parameters.Target, parameters.Space, parameters.Background, parameters.Options);
        return progress.RunAsync(
            parameters.WorkDoneToken, $"Explaining row {parameters.Row}",
            (report, stop) =>
            {
                var explained = engines.Current.Explain(query, parameters.Row, report, stop);
                return RowPanel.Of(
                    table, explained, Mistakes(table, explained.Prediction!, stop), Facts(table, stop),
                    Pickers.OfRow(table, explained, RowMethods(table, stop), BoundTables.Backgrounds(table), parameters.Background),
                    EditorTheme.Panel(snapshot.Theme), parameters.Width);
            },
            cancellation);
    }

    private Task<PanelView> GlobalAsync(ExplainGlobalParams parameters, ServerSnapshot snapshot, CancellationToken cancellation)
    {
        var table = Require(snapshot, parameters.TextDocument.Uri, cancellation);
        var method = parameters.Method ?? (table.Binding.TargetColumn is null ? "mean-abs-shap" : "permutation-importance");
        var query = Ask(table, method, parameters.Target, parameters.Space, parameters.Background, parameters.Options);
        return progress.RunAsync(
            parameters.WorkDoneToken, $"Explaining {table.Samples.Name}",
            (report, stop) =>
            {
                var explained = engines.Current.ExplainTable(query, report, stop);
                return GlobalPanel.Of(
                    table, explained, Pickers.OfTable(table, explained, BoundTables.Backgrounds(table), parameters.Background),
                    EditorTheme.Panel(snapshot.Theme), parameters.Width);
            },
            cancellation);
    }

    private PanelView Summary(ServerSnapshot snapshot, string uri, CancellationToken cancellation)
    {
        if (DocumentUri.ToPath(uri) is { } path && path.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase))
        {
            return ModelPanel.Of(Path.GetFileNameWithoutExtension(path), ModelFile.Read(path, cancellation), []);
        }

        var table = Require(snapshot, uri, cancellation);
        return ModelPanel.Of(table.Binding.ModelName, ModelFile.Read(table.Binding.ModelPath, cancellation), table.Binding.ClassNames);
    }

    private BoundTable Require(ServerSnapshot snapshot, string uri, CancellationToken cancellation)
    {
        var lookup = tables.Find(snapshot, uri, cancellation);
        return lookup.Bound ?? throw new LocalRpcException(
            lookup.Reason.Length > 0 ? lookup.Reason : $"No model explains {DocumentUri.NameOf(uri)}. Open a CSV or TSV file in the workspace, or choose a model for it.")
        {
            ErrorCode = RequestFailed,
        };
    }

    private static ExplanationQuery Ask(
        BoundTable table, string? method, string? target, string? space, string? background, IReadOnlyDictionary<string, string>? options) =>
        table.Query with
        {
            Method = method,
            Target = target,
            Space = space,
            BackgroundPath = background,
            Options = (options ?? ImmutableDictionary<string, string>.Empty).ToImmutableSortedDictionary(StringComparer.Ordinal),
        };

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

    private static Dictionary<string, ColumnFacts> Facts(BoundTable table, CancellationToken cancellation)
    {
        var facts = new Dictionary<string, ColumnFacts>();
        foreach (var column in table.Binding.Encoder.Columns)
        {
            facts[column.Name] = ColumnFacts.Of(table.Samples.Table, column.Column, column.IsNumeric, cancellation);
        }

        return facts;
    }
}
