using ExplainLsp.Explainers;
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
/// <param name="exports">Keeps what can be saved.</param>
internal sealed class GlobalPanelFeature(
    BoundTables tables, EngineSource engines, WorkProgress progress, PartialViews partial, ExportFeature exports)
{
    /// <summary>Registers the method.</summary>
    public void Register(Endpoints endpoints) => endpoints.OnRequest<ExplainGlobalParams, PanelView>(CustomRequests.Global, GlobalAsync);

    private Task<PanelView> GlobalAsync(ExplainGlobalParams parameters, ServerSnapshot snapshot, CancellationToken cancellation)
    {
        var table = tables.Require(snapshot, parameters.TextDocument.Uri, cancellation);
        var (view, method) = GlobalViews.Choose(table, parameters.View, parameters.Method);
        var query = table.Ask(method, parameters.Target, parameters.Space, parameters.Background, OptionsOf(parameters, view, method));
        return progress.RunAsync(
            parameters.WorkDoneToken, $"Explaining {table.Samples.Name}",
            (report, stop) => Page(
                engines.Current.ExplainTable(query, report, sofar => partial.Send(parameters.WorkDoneToken, Page(sofar, stop)), stop), stop),
            cancellation);

        PanelView Page(ExplanationReport explained, CancellationToken stop) => GlobalPanel.Of(
            new GlobalScene(table, explained, parameters.Feature, EditorTheme.Panel(snapshot.Theme), parameters.Width, stop), view,
            feature => Pickers.OfTable(table, explained, view, feature, BoundTables.Backgrounds(table), parameters.Background), exports);
    }

    /// <summary>A method that can look at one column alone does so, where the view is about one.</summary>
    private static IReadOnlyDictionary<string, string>? OptionsOf(ExplainGlobalParams parameters, GlobalView view, string method) =>
        view.IsAboutAColumn && parameters.Feature is { } feature && ExplainerCatalog.Global.FirstOrDefault(known => known.Id == method) is { } explainer
            && explainer.Options.Any(option => option.Key == "feature")
            ? new Dictionary<string, string>(parameters.Options ?? new Dictionary<string, string>()) { ["feature"] = feature }
            : parameters.Options;
}
