using ExplainLsp.Samples;
using ExplainLsp.Server.Engine;
using ExplainLsp.Server.Protocol;
using ExplainLsp.Server.Rpc;

namespace ExplainLsp.Server.Features;

/// <summary><c>textDocument/inlayHint</c>: the prediction at the end of each visible row.</summary>
/// <param name="tables">Which model explains which table.</param>
/// <param name="engines">Predicts.</param>
/// <param name="state">Tells whether the document is still as it was.</param>
internal sealed class InlayHintFeature(BoundTables tables, EngineSource engines, ServerState state)
{
    /// <summary>Registers the method.</summary>
    public void Register(Endpoints endpoints) =>
        endpoints.OnRequest<InlayHintParams, IReadOnlyList<InlayHint>>("textDocument/inlayHint", InlayHintAsync);

    private Task<IReadOnlyList<InlayHint>> InlayHintAsync(InlayHintParams parameters, ServerSnapshot snapshot, CancellationToken cancellation)
    {
        var settings = snapshot.Settings.InlayHints;
        var lookup = settings.Enabled ? tables.Find(snapshot, parameters.TextDocument.Uri, cancellation) : TableLookup.None;
        var query = lookup switch
        {
            { Bound: { } bound } => bound.Query,
            { Images: { } list } => new ExplanationQuery(list),
            _ => null,
        };
        if (query is null || lookup.Samples is not { Table: var table } || table.RowCount > settings.MaxRows)
        {
            return Task.FromResult<IReadOnlyList<InlayHint>>([]);
        }

        var outcomes = engines.Current.Predict(query, VisibleRows(table, parameters.Range), cancellation);
        if (snapshot.Find(parameters.TextDocument.Uri) is { } document && !state.IsCurrent(document))
        {
            // The rows stand elsewhere by now; the client asks again.
            throw new ContentModifiedException();
        }

        return Task.FromResult<IReadOnlyList<InlayHint>>(
            [.. outcomes.Where(outcome => outcome.Prediction is not null).Select(outcome => HintOf(table, query.Binding.ModelName, outcome.Prediction!))]);
    }

    private static List<int> VisibleRows(Table table, LspRange range)
    {
        var rows = new List<int>();
        var last = Math.Min(range.End.Line, table.RowCount > 0 ? table.RowRange(table.RowCount - 1).EndLine : 0);
        for (var line = Math.Max(0, range.Start.Line); line <= last; line++)
        {
            if (table.RowAt(line) is { } row and >= 0 && (rows.Count == 0 || rows[^1] != row))
            {
                rows.Add(row);
            }
        }

        return rows;
    }

    private static InlayHint HintOf(Table table, string model, SamplePrediction prediction) => new(
        Ranges.Of(table.RowRange(prediction.Row)).End, PredictionText.Hint(prediction),
        PredictionText.Tooltip(model, prediction), PaddingLeft: true);
}
