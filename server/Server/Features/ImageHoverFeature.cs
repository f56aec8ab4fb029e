using System.Diagnostics;
using ExplainLsp.Server.Engine;
using ExplainLsp.Server.Protocol;
using ExplainLsp.Server.Rpc;

namespace ExplainLsp.Server.Features;

/// <summary>
/// Hovers on pictures that a document names, whatever its language, and on the rows of lists of pictures. Where no picture is named, or no
/// model takes pictures, nothing is opened and nothing is said.
/// </summary>
/// <param name="tables">Which model explains which file.</param>
/// <param name="engines">Predicts and explains.</param>
/// <param name="progress">Shows what takes long.</param>
/// <param name="log">Hears of what failed.</param>
internal sealed class ImageHoverFeature(BoundTables tables, EngineSource engines, WorkProgress progress, ClientLog log) : IDisposable
{
    private readonly LatestWork<ExplanationReport> _explanations = new();

    /// <inheritdoc/>
    public void Dispose() => _explanations.Dispose();

    /// <summary>The hover; null where no picture is named, and for tables that a tabular model explains.</summary>
    public async Task<Hover?> HoverAsync(TextDocumentPositionParams parameters, ServerSnapshot snapshot, CancellationToken cancellation)
    {
        var asked = Stopwatch.GetTimestamp();
        if (snapshot.Find(parameters.TextDocument.Uri) is not { } document || Find(document, parameters.Position, snapshot, cancellation) is not var (image, range))
        {
            return null;
        }

        var engine = engines.Current;
        var outcome = engine.Predict(image.Query, [image.Row], cancellation)[0];
        if (outcome.Prediction is not { } prediction)
        {
            return HoverFeature.Say(RowHover.Problem(outcome.Problem!), range);
        }

        var key = (image.Path, image.Row, image.Source.Binding, File.GetLastWriteTimeUtc(image.Path));
        var running = _explanations.Join(key, token => progress.RunAsync(
            null, $"Explaining {Path.GetFileName(image.Path)}", (report, stop) => engine.Explain(image.Query, image.Row, report, stop), token));
        var (explained, problem) = await Patience.ReadyAsync(running, asked, () => _explanations.GiveUp(key), log, cancellation).ConfigureAwait(false);
        var theme = EditorTheme.Hover(snapshot.Theme);
        return HoverFeature.Say(
            explained is not null
                ? ImageHover.Of(image, explained, theme)
                : ImageHover.Of(
                    image, prediction, engine.Read(image.Source, image.Row, cancellation), theme,
                    problem is null ? HoverFeature.Working : $"$(warning) {Markdown.Escape(problem)}"),
            range);
    }

    private (BoundImage Image, LspRange Range)? Find(TextDocument document, Position place, ServerSnapshot snapshot, CancellationToken cancellation)
    {
        if (document.IsTable && tables.Find(snapshot, document.Uri, cancellation) is { Samples: { } samples, Images: { } list })
        {
            return samples.Table.RowAt(place.Line) is { } row and >= 0 && BoundImage.InList(list, row) is { } listed && File.Exists(listed.Path)
                ? (listed, Ranges.OfRow(samples.Table, row))
                : null;
        }

        return ImagePaths.At(document, place, snapshot.Folders) is { } named && tables.FindImage(named.Path, cancellation).Bound is { } model
            ? (BoundImage.Alone(named.Path, model, cancellation), named.Range)
            : null;
    }
}
