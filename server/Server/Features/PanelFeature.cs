using ExplainLsp.Explainers;
using ExplainLsp.Models;
using ExplainLsp.Samples;
using ExplainLsp.Server.Engine;
using ExplainLsp.Server.Features.Panels;
using ExplainLsp.Server.Protocol;
using ExplainLsp.Server.Rpc;

namespace ExplainLsp.Server.Features;

/// <summary><c>explain/rowAt</c>, <c>explain/rows</c>, <c>explain/methods</c>, <c>explain/modelSummary</c>: what panels and palette commands ask.</summary>
/// <param name="tables">Which model explains which table.</param>
/// <param name="engines">Predicts and explains.</param>
internal sealed class PanelFeature(BoundTables tables, EngineSource engines)
{
    /// <summary>LSP's code of a request that cannot be done, for a reason that people can read.</summary>
    public const int RequestFailed = -32803;

    /// <summary>Registers the methods.</summary>
    public void Register(Endpoints endpoints)
    {
        endpoints.OnRequest<RowAtParams, RowAtResult>(CustomRequests.RowAt, (parameters, snapshot, cancellation) =>
            Task.FromResult(RowAt(parameters, snapshot, cancellation)));
        endpoints.OnRequest<RowsParams, IReadOnlyList<RowPlace>>(CustomRequests.Rows, (parameters, snapshot, cancellation) =>
            Task.Run<IReadOnlyList<RowPlace>>(() => Rows(parameters, snapshot, cancellation), cancellation));
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

    private List<RowPlace> Rows(RowsParams parameters, ServerSnapshot snapshot, CancellationToken cancellation)
    {
        var table = tables.Require(snapshot, parameters.TextDocument.Uri, cancellation);
        int[] rows = [.. parameters.Rows.Where(row => row >= 0 && row < table.Samples.Table.RowCount).Distinct().Order()];
        return [.. engines.Current.Predict(table.Query, rows, cancellation).Select(outcome =>
        {
            var range = table.Samples.Table.RowRange(outcome.Row);
            return new RowPlace(
                outcome.Row, range.StartLine, range.EndLine, range.EndCharacter, Figures.NumberText.Row(outcome.Row, range.StartLine + 1),
                outcome.Prediction is { } prediction ? Figures.NumberText.ForMarkup(PredictionWords.Of(prediction)) : "");
        })];
    }

    private IReadOnlyList<MethodChoice> Methods(ServerSnapshot snapshot, string uri, CancellationToken cancellation)
    {
        if (DocumentUri.ToPath(uri) is { } path && DocumentUri.IsImage(path))
        {
            var model = tables.RequireImage(path, cancellation);
            using var lease = engines.Current.Sessions.Rent(model.ModelPath, cancellation);
            return MethodChoices.Of(ExplainerCatalog.LocalFor(SampleKinds.Grids, lease.Session, model.Output, cancellation));
        }

        var table = tables.Require(snapshot, uri, cancellation);
        return MethodChoices.Of(table, RowPanelFeature.Methods(table, engines.Current, cancellation));
    }

    private PanelView Summary(ServerSnapshot snapshot, string uri, CancellationToken cancellation)
    {
        if (DocumentUri.ToPath(uri) is { } path && path.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase))
        {
            return ModelPanel.Of(Path.GetFileNameWithoutExtension(path), ModelFile.Read(path, cancellation), []);
        }

        var table = tables.Require(snapshot, uri, cancellation);
        return ModelPanel.Of(table.Binding.ModelName, ModelFile.Read(table.Binding.ModelPath, cancellation), table.Binding.ClassNames);
    }
}
