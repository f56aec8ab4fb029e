using ExplainLsp.Server.Engine;
using ExplainLsp.Server.Features.Panels;
using ExplainLsp.Server.Protocol;
using ExplainLsp.Server.Rpc;

namespace ExplainLsp.Server.Features;

/// <summary><c>explain/global</c>: a model over a whole file. What is known is shown while it is being computed, so stopping keeps it.</summary>
/// <param name="tables">Which model explains which table.</param>
/// <param name="engines">Predicts and explains.</param>
/// <param name="progress">Shows how far it is.</param>
/// <param name="partial">Shows what is known so far.</param>
internal sealed class GlobalPanelFeature(BoundTables tables, EngineSource engines, WorkProgress progress, PartialViews partial)
{
    /// <summary>Registers the method.</summary>
    public void Register(Endpoints endpoints) => endpoints.OnRequest<ExplainGlobalParams, PanelView>(CustomRequests.Global, GlobalAsync);

    private Task<PanelView> GlobalAsync(ExplainGlobalParams parameters, ServerSnapshot snapshot, CancellationToken cancellation)
    {
        var table = tables.Require(snapshot, parameters.TextDocument.Uri, cancellation);
        var method = parameters.Method ?? (table.Binding.TargetColumn is null ? "mean-abs-shap" : "permutation-importance");
        var query = table.Ask(method, parameters.Target, parameters.Space, parameters.Background, parameters.Options);
        return progress.RunAsync(
            parameters.WorkDoneToken, $"Explaining {table.Samples.Name}",
            (report, stop) => Page(engines.Current.ExplainTable(query, report, sofar => partial.Send(parameters.WorkDoneToken, Page(sofar)), stop)),
            cancellation);

        PanelView Page(ExplanationReport explained) => GlobalPanel.Of(
            table, explained, Pickers.OfTable(table, explained, BoundTables.Backgrounds(table), parameters.Background),
            EditorTheme.Panel(snapshot.Theme), parameters.Width);
    }
}
