using ExplainLsp.Figures;
using ExplainLsp.Models;
using ExplainLsp.Samples;
using ExplainLsp.Server.Engine;
using ExplainLsp.Server.Protocol;
using ExplainLsp.Server.Rpc;
using ExplainLsp.Workspaces;
using StreamJsonRpc;

namespace ExplainLsp.Server.Features;

/// <summary><c>explain/models</c> and <c>explain/chooseModel</c>: which models there are, and writing a choice into <c>explain.json</c>.</summary>
/// <param name="rpc">Sends the edit.</param>
/// <param name="tables">Which model explains which table.</param>
internal sealed class ModelChoiceFeature(JsonRpc rpc, BoundTables tables)
{
    private const int RequestFailed = -32803;

    /// <summary>Registers the methods.</summary>
    public void Register(Endpoints endpoints)
    {
        endpoints.OnRequest<ExplainModelsParams, IReadOnlyList<ModelChoice>>(CustomRequests.Models, (parameters, snapshot, cancellation) =>
            Task.FromResult(Models(parameters.TextDocument?.Uri, snapshot, cancellation)));
        endpoints.OnRequest<ChooseModelParams, ChooseModelResult>(CustomRequests.ChooseModel, ChooseAsync);
    }

    private IReadOnlyList<ModelChoice> Models(string? uri, ServerSnapshot snapshot, CancellationToken cancellation)
    {
        var lookup = uri is null ? TableLookup.None : tables.Find(snapshot, uri, cancellation);
        var picture = uri is not null && DocumentUri.ToPath(uri) is { } file && DocumentUri.IsImage(file) ? file : null;
        var inForce = picture is null ? lookup.Bound?.Binding ?? (ModelBinding?)lookup.Images?.Binding : tables.FindImage(picture, cancellation).Bound;
        var choices = new List<ModelChoice>();
        foreach (var path in tables.Models(picture ?? lookup.Samples?.Path, cancellation))
        {
            cancellation.ThrowIfCancellationRequested();
            var (binding, reason) = Try(path, picture, lookup.Samples, cancellation);
            var bound = inForce?.ModelPath == path;
            choices.Add(new ModelChoice(
                path, bound ? inForce!.ModelName : binding?.ModelName ?? Path.GetFileNameWithoutExtension(path),
                binding is null ? reason : Describe(binding), binding is not null, bound));
        }

        return [.. choices.OrderByDescending(choice => choice.Bound).ThenByDescending(choice => choice.Fits).ThenBy(choice => choice.Path, StringComparer.Ordinal)];
    }

    private (ModelBinding? Binding, string Reason) Try(string model, string? picture, SampleFile? samples, CancellationToken cancellation)
    {
        if (picture is not null)
        {
            return tables.TryImage(model, picture, cancellation);
        }

        if (samples is null)
        {
            return (null, "");
        }

        var (table, reason) = tables.Try(model, samples, cancellation);
        return table is null && ImageList.Of(samples.Table) is not null ? tables.TryImage(model, samples.Path, cancellation) : (table, reason);
    }

    private async Task<ChooseModelResult> ChooseAsync(ChooseModelParams parameters, ServerSnapshot snapshot, CancellationToken cancellation)
    {
        var uri = parameters.TextDocument.Uri;
        if (DocumentUri.ToPath(uri) is not { } sample)
        {
            throw Refused($"{DocumentUri.NameOf(uri)} has no place in the workspace yet. Save it, then choose a model.");
        }

        if (!File.Exists(parameters.ModelPath))
        {
            throw Refused($"{parameters.ModelPath} does not exist. Choose another model.");
        }

        var path = tables.ManifestPathFor(sample);
        var open = snapshot.FindPath(path);
        var text = open?.Text ?? (File.Exists(path) ? await File.ReadAllTextAsync(path, cancellation).ConfigureAwait(false) : null);
        var chosen = ManifestEditor.Choose(text, Relative(path, SamplesOf(sample)), Relative(path, parameters.ModelPath));
        var manifestUri = open?.Uri ?? DocumentUri.FromPath(path);
        if (chosen != text)
        {
            await ApplyAsync(manifestUri, open?.Version, text, chosen, cancellation).ConfigureAwait(false);
        }

        return new ChooseModelResult(manifestUri);
    }

    private async Task ApplyAsync(string uri, int? version, string? before, string after, CancellationToken cancellation)
    {
        var edits = new List<object>();
        if (before is null)
        {
            edits.Add(new CreateFile("create", uri, new CreateFileOptions(IgnoreIfExists: true)));
        }

        edits.Add(new TextDocumentEdit(new OptionalVersionedTextDocumentIdentifier(uri, version), [SmallestEdit(before ?? "", after)]));
        var result = await rpc.InvokeWithParameterObjectAsync<ApplyWorkspaceEditResult?>(
            "workspace/applyEdit", new ApplyWorkspaceEditParams("Choose model", new WorkspaceEdit(edits)), cancellation).ConfigureAwait(false);
        if (result is not { Applied: true })
        {
            throw Refused($"explain.json was not changed{(result?.FailureReason is { Length: > 0 } reason ? $": {reason}" : "")}. Choose again, or write it by hand.");
        }
    }

    /// <summary>One edit from the first to the last character that differs, so that carets and undo stay where they were.</summary>
    private static TextEdit SmallestEdit(string before, string after)
    {
        var start = before.AsSpan().CommonPrefixLength(after);
        var end = 0;
        while (end < Math.Min(before.Length, after.Length) - start && before[^(end + 1)] == after[^(end + 1)])
        {
            end++;
        }

        return new TextEdit(new LspRange(PositionOf(before, start), PositionOf(before, before.Length - end)), after[start..^end]);
    }

    private static Position PositionOf(string text, int offset)
    {
        // A place inside a CRLF is no place; the line break belongs to the line that it ends.
        var line = LineBreaks.Count(text.AsSpan(0, offset));
        return new Position(line, offset - LineBreaks.EndOfNth(text, line));
    }

    /// <summary>What a choice is made for: a table, or a picture with its neighbours of the same kind.</summary>
    private static string SamplesOf(string sample) =>
        DocumentUri.IsImage(sample) ? Path.Combine(Path.GetDirectoryName(sample)!, "*" + Path.GetExtension(sample)) : sample;

    private static string Relative(string manifest, string path) => Path.GetRelativePath(Path.GetDirectoryName(manifest)!, path).Replace('\\', '/');

    private static string Describe(ModelBinding binding)
    {
        var result = binding.Output.Kind == OutputKind.Value ? "a number" : $"{NumberText.Whole(binding.Output.Width)} classes";
        var taken = binding is TableBinding { Encoder.Columns.Length: var columns }
            ? columns == 1 ? "1 column" : $"{NumberText.Whole(columns)} columns"
            : "images";
        return $"{taken} → {result}";
    }

    private static LocalRpcException Refused(string message) => new(message) { ErrorCode = RequestFailed };
}
