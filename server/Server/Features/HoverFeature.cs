using ExplainLsp.Server.Protocol;
using ExplainLsp.Server.Rpc;

namespace ExplainLsp.Server.Features;

/// <summary><c>textDocument/hover</c>.</summary>
internal sealed class HoverFeature
{
    /// <summary>Registers the method.</summary>
    public void Register(Endpoints endpoints) =>
        endpoints.OnRequest<TextDocumentPositionParams, Hover?>("textDocument/hover", HoverAsync);

    private Task<Hover?> HoverAsync(TextDocumentPositionParams parameters, ServerSnapshot snapshot, CancellationToken cancellation) =>
        Task.FromResult<Hover?>(null);
}
