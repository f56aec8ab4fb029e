using System.Collections.Immutable;
using System.Diagnostics;
using ExplainLsp.Explainers;
using ExplainLsp.Server.Engine;
using ExplainLsp.Server.Features.Panels;
using ExplainLsp.Server.Protocol;
using ExplainLsp.Server.Rpc;
using StreamJsonRpc;

namespace ExplainLsp.Server.Features;

/// <summary><c>explain/image</c> and <c>explain/imageAt</c>: the panel of a picture, refined while it is computed.</summary>
/// <param name="tables">Which model explains which file.</param>
/// <param name="engines">Predicts and explains.</param>
/// <param name="progress">Shows how far it is.</param>
/// <param name="partial">Shows coarse answers.</param>
internal sealed class ImagePanelFeature(BoundTables tables, EngineSource engines, WorkProgress progress, PartialViews partial)
{
    // Coarse maps that follow faster than this are not seen.
    private static readonly TimeSpan PartialInterval = TimeSpan.FromMilliseconds(150);

    /// <summary>Registers the methods.</summary>
    public void Register(Endpoints endpoints)
    {
        endpoints.OnRequest<ExplainImageParams, PanelView>(CustomRequests.Image, ExplainAsync);
        endpoints.OnRequest<ImageAtParams, ImageAtResult>(CustomRequests.ImageAt, (parameters, snapshot, cancellation) =>
            Task.FromResult(ImageAt(parameters, snapshot, cancellation)));
    }

    private Task<PanelView> ExplainAsync(ExplainImageParams parameters, ServerSnapshot snapshot, CancellationToken cancellation)
    {
        var path = DocumentUri.ToPath(parameters.TextDocument.Uri) ?? throw Refused($"{DocumentUri.NameOf(parameters.TextDocument.Uri)} is not a file. Save it first.");
        if (!File.Exists(path))
        {
            throw Refused($"{Path.GetFileName(path)} is not there any more. Check its path.");
        }

        var image = BoundImage.Alone(path, tables.RequireImage(path, cancellation), cancellation);
        return progress.RunAsync(
            parameters.WorkDoneToken, $"Explaining {Path.GetFileName(path)}", (report, stop) => Explain(parameters, image, snapshot, report, stop), cancellation);
    }

    private PanelView Explain(
        ExplainImageParams parameters, BoundImage image, ServerSnapshot snapshot, IProgress<ExplanationProgress> report, CancellationToken stop)
    {
        var engine = engines.Current;
        var query = image.Query with
        {
            Method = parameters.Method,
            Target = parameters.Target,
            Space = parameters.Space,
            Options = (parameters.Options ?? ImmutableDictionary<string, string>.Empty).ToImmutableSortedDictionary(StringComparer.Ordinal),
        };
        var scene = new ImageScene(
            BoundImage.PlaceOf(image.Path, snapshot.Folders), EditorTheme.Panel(snapshot.Theme), ImagePickers.For(engine, image.Source.Binding, stop), parameters.Other);
        long last = 0;
        var first = engine.Explain(
            query, image.Row, report,
            coarse =>
            {
                if (parameters.WorkDoneToken is not null && (last == 0 || Stopwatch.GetElapsedTime(last) >= PartialInterval))
                {
                    last = Stopwatch.GetTimestamp();
                    partial.Send(parameters.WorkDoneToken, ImagePanel.Of(scene, coarse, null, isFinished: false));
                }
            },
            stop);
        if (SecondOf(parameters, query, first) is not { } question)
        {
            return ImagePanel.Of(scene, first, null, isFinished: true);
        }

        partial.Send(parameters.WorkDoneToken, ImagePanel.Of(scene, first, null, isFinished: false));
        return ImagePanel.Of(scene, first, engine.Explain(question, image.Row, report, stop), isFinished: true);
    }

    /// <summary>What is compared with: the same method for another class, or another method for the same class; null for nothing.</summary>
    private static ExplanationQuery? SecondOf(ExplainImageParams parameters, ExplanationQuery query, ExplanationReport first)
    {
        var target = first.Explanation.Target.Index.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (parameters.Other is { Length: > 0 } other && other != target)
        {
            return query with { Method = first.Explanation.Method, Target = other };
        }

        return parameters.OtherMethod is { Length: > 0 } method && method != first.Explanation.Method
            ? query with
            {
                Method = method,
                Target = target,
                Options = query.Options.Where(option => ExplainerCatalog.FindLocal(method).Options.Any(known => known.Key == option.Key && option.Key == "baseline")).ToImmutableSortedDictionary(StringComparer.Ordinal),
            }
            : null;
    }

    private ImageAtResult ImageAt(ImageAtParams parameters, ServerSnapshot snapshot, CancellationToken cancellation)
    {
        if (snapshot.Find(parameters.TextDocument.Uri) is not { } document)
        {
            return new ImageAtResult(null);
        }

        if (ImagePaths.At(document, parameters.Position, snapshot.Folders) is { } named)
        {
            return new ImageAtResult(DocumentUri.FromPath(named.Path));
        }

        return tables.Find(snapshot, document.Uri, cancellation) is { Samples: { } samples, Images: { } list }
            && samples.Table.RowAt(parameters.Position.Line) is { } row
            ? new ImageAtResult(BoundImage.InList(list, row)?.Uri)
            : new ImageAtResult(null);
    }

    private static LocalRpcException Refused(string message) => new(message) { ErrorCode = PanelFeature.RequestFailed };
}
