using ExplainLsp.Server.Protocol;
using ExplainLsp.Server.Rpc;

namespace ExplainLsp.Server.Features;

/// <summary><c>textDocument/codeLens</c>: what can be done with a table, above its header.</summary>
/// <param name="tables">Which model explains which table.</param>
/// <param name="status">Told which model explains the table that is being looked at.</param>
internal sealed class CodeLensFeature(BoundTables tables, StatusFeature status)
{
    /// <summary>Registers the method.</summary>
    public void Register(Endpoints endpoints) =>
        endpoints.OnRequest<TextDocumentParams, IReadOnlyList<CodeLens>>("textDocument/codeLens", CodeLensAsync);

    private Task<IReadOnlyList<CodeLens>> CodeLensAsync(TextDocumentParams parameters, ServerSnapshot snapshot, CancellationToken cancellation)
    {
        var uri = parameters.TextDocument.Uri;
        var lookup = tables.Find(snapshot, uri, cancellation);
        status.Show(lookup);
        return Task.FromResult<IReadOnlyList<CodeLens>>(lookup switch
        {
            { Bound: not null } =>
            [
                Lens("Explain all rows", "explainLsp.explainAll", uri),
                Lens("Global importance", "explainLsp.globalImportance", uri),
                Lens("Choose model…", "explainLsp.chooseModel", uri),
            ],
            { Images: not null } => [Lens("Explain all images", "explainLsp.explainImages", uri), Lens("Choose model…", "explainLsp.chooseModel", uri)],
            { Samples: { } samples } when !tables.Models(samples.Path, cancellation).IsEmpty => [Lens("Choose a model for this file…", "explainLsp.chooseModel", uri)],
            _ => [],
        });
    }

    private static CodeLens Lens(string title, string command, string uri) => new(Ranges.StartOf(0), new Command(title, command, [uri]));
}
