using System.Diagnostics;
using ExplainLsp.Explainers;
using ExplainLsp.Models;
using ExplainLsp.Samples;
using ExplainLsp.Server.Engine;
using ExplainLsp.Server.Features.Panels;
using ExplainLsp.Server.Protocol;
using ExplainLsp.Server.Rpc;
using ExplainLsp.Workspaces;
using StreamJsonRpc;

namespace ExplainLsp.Server.Features;

/// <summary>
/// <c>explain/images</c>: pictures of files, folders or a list, explained one after another, mistakes first. Those that are done are shown at
/// once, so stopping keeps what is there.
/// </summary>
/// <param name="tables">Which model explains which file.</param>
/// <param name="engines">Predicts and explains.</param>
/// <param name="progress">Shows how far it is.</param>
/// <param name="partial">Shows what is done.</param>
internal sealed class ContactSheetFeature(BoundTables tables, EngineSource engines, WorkProgress progress, PartialViews partial)
{
    // More pictures than this are looked through nowhere; the sub-line says how many there are.
    private const int MostPictures = 500;

    private static readonly TimeSpan PartialInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>Registers the method.</summary>
    public void Register(Endpoints endpoints) => endpoints.OnRequest<ExplainImagesParams, PanelView>(CustomRequests.Images, ExplainAsync);

    private Task<PanelView> ExplainAsync(ExplainImagesParams parameters, ServerSnapshot snapshot, CancellationToken cancellation)
    {
        var found = parameters.Uris.SelectMany(uri => Find(uri, snapshot, cancellation)).DistinctBy(image => image.Path).ToList();
        return found.Count == 0
            ? throw Refused("There is no picture to explain here. Choose a folder with PNG, JPEG, BMP, WebP or GIF files.")
            : progress.RunAsync(
                parameters.WorkDoneToken, $"Explaining {found.Count} pictures",
                (report, stop) => Explain(parameters, new ContactSheet(NamesOf(parameters.Uris), found.Count, EditorTheme.Panel(snapshot.Theme)), found, report, stop),
                cancellation, "pictures");
    }

    private PanelView Explain(
        ExplainImagesParams parameters, ContactSheet sheet, List<BoundImage> found, IProgress<ExplanationProgress> report, CancellationToken stop)
    {
        var shown = found.Take(MostPictures).ToList();
        var fresh = new List<PanelSheetItem>();
        var sent = Stopwatch.GetTimestamp();
        foreach (var (image, outcome) in InOrder(shown, stop))
        {
            report.Report(new ExplanationProgress(sheet.Items.Count, shown.Count));
            var item = ItemOf(sheet, image, outcome, parameters.Method, stop);
            sheet.Add(item);
            fresh.Add(item);
            if (sheet.Items.Count < shown.Count && (sheet.Items.Count == 1 || Stopwatch.GetElapsedTime(sent) >= PartialInterval))
            {
                partial.Send(parameters.WorkDoneToken, sheet.View([.. fresh], shown.Count));
                fresh.Clear();
                sent = Stopwatch.GetTimestamp();
            }
        }

        return sheet.View(sheet.Items, shown.Count);
    }

    /// <summary>The pictures with their predictions: wrong ones first, so that they are explained first.</summary>
    private List<(BoundImage Image, SampleOutcome Outcome)> InOrder(List<BoundImage> images, CancellationToken stop) =>
        images.GroupBy(image => image.Source)
            .SelectMany(group => group.Zip(engines.Current.Predict(new ExplanationQuery(group.Key), [.. group.Select(image => image.Row)], stop)))
            .OrderBy(pair => pair.Second switch { { Prediction.IsRight: false } => 0, { Prediction: null } => 3, { Prediction.IsRight: true } => 2, _ => 1 })
            .ThenByDescending(pair => pair.Second.Prediction?.Value)
            .ToList();

    private PanelSheetItem ItemOf(ContactSheet sheet, BoundImage image, SampleOutcome outcome, string? method, CancellationToken stop)
    {
        if (outcome.Prediction is not { } prediction)
        {
            return ContactSheet.Problem(image, outcome.Problem!);
        }

        try
        {
            return sheet.Item(image, engines.Current.Explain(image.Query with { Method = method }, image.Row, null, stop));
        }
        catch (Exception exception) when (exception is ExplainerException or ModelException or ModelRunException or SampleException)
        {
            return ContactSheet.Problem(image, exception.Message);
        }
    }

    private IEnumerable<BoundImage> Find(string uri, ServerSnapshot snapshot, CancellationToken cancellation)
    {
        var path = DocumentUri.ToPath(uri) ?? throw Refused($"{DocumentUri.NameOf(uri)} is not a file. Save it first.");
        if (Directory.Exists(path))
        {
            var files = ImageFiles.In(path, cancellation);
            return files.Count == 0 ? [] : All(GridSourceReader.Read(path, tables.RequireImage(files[0], cancellation), cancellation));
        }

        if (DocumentUri.IsTable(path))
        {
            var lookup = tables.Find(snapshot, uri, cancellation);
            return lookup.Images is { } list ? All(list) : throw Refused(
                lookup.Reason.Length > 0 && lookup.Bound is null ? lookup.Reason : $"{Path.GetFileName(path)} lists no pictures. Choose a table with a column of paths.");
        }

        return DocumentUri.IsImage(path) ? [BoundImage.Alone(path, tables.RequireImage(path, cancellation), cancellation)] : [];
    }

    private static IEnumerable<BoundImage> All(GridSource source) => Enumerable.Range(0, source.Count).Select(row => BoundImage.InList(source, row)).OfType<BoundImage>();

    private static string NamesOf(IReadOnlyList<string> uris) =>
        uris.Count == 1 ? DocumentUri.NameOf(uris[0].TrimEnd('/')) : $"{DocumentUri.NameOf(uris[0].TrimEnd('/'))} and {uris.Count - 1} more";

    private static LocalRpcException Refused(string message) => new(message) { ErrorCode = PanelFeature.RequestFailed };
}
