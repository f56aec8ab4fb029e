using ExplainLsp.Server.Protocol;

namespace ExplainLsp.Server.Rpc;

/// <summary><c>textDocument/didOpen</c>, <c>didChange</c>, <c>didClose</c>: the open documents, in order of arrival.</summary>
/// <param name="state">The server's state.</param>
internal sealed class DocumentSync(ServerState state)
{
    /// <summary>A document was opened or changed, and now reads so.</summary>
    public event Action<TextDocument>? Changed;

    /// <summary>A document was closed.</summary>
    public event Action<string>? Closed;

    /// <summary>Registers the methods.</summary>
    public void Register(Endpoints endpoints)
    {
        endpoints.OnNotification<DidOpenTextDocumentParams>("textDocument/didOpen", parameters =>
        {
            var item = parameters.TextDocument;
            Set(new TextDocument(item.Uri, item.LanguageId, item.Version, TextBuffer.From(item.Text)));
        });
        endpoints.OnNotification<DidChangeTextDocumentParams>("textDocument/didChange", parameters =>
        {
            var uri = parameters.TextDocument.Uri;
            var document = state.Snapshot().Find(uri) ?? throw new InvalidOperationException($"{uri} changed before it was opened.");
            Set(document.Apply(parameters.TextDocument.Version ?? document.Version + 1, parameters.ContentChanges));
        });
        endpoints.OnNotification<TextDocumentParams>("textDocument/didClose", parameters =>
        {
            var uri = parameters.TextDocument.Uri;
            state.Change(snapshot => snapshot with { Documents = snapshot.Documents.Remove(uri) });
            Closed?.Invoke(uri);
        });
        endpoints.OnNotification<TextDocumentParams>("textDocument/didSave", _ => { });
    }

    private void Set(TextDocument document)
    {
        state.Change(snapshot => snapshot with { Documents = snapshot.Documents.SetItem(document.Uri, document) });
        Changed?.Invoke(document);
    }
}
