namespace ExplainLsp.Server.Protocol;

/// <summary>A document with its text.</summary>
/// <param name="Uri">Its URI.</param>
/// <param name="LanguageId">Its language.</param>
/// <param name="Version">Its version.</param>
/// <param name="Text">Its text.</param>
public sealed record TextDocumentItem(string Uri, string LanguageId, int Version, string Text);

/// <summary><c>textDocument/didOpen</c>.</summary>
/// <param name="TextDocument">The document.</param>
public sealed record DidOpenTextDocumentParams(TextDocumentItem TextDocument);

/// <summary>A document at a version.</summary>
/// <param name="Uri">Its URI.</param>
/// <param name="Version">Its version; null when it is not open.</param>
public sealed record VersionedTextDocumentIdentifier(string Uri, int? Version);

/// <summary><c>textDocument/didChange</c>.</summary>
/// <param name="TextDocument">The document and its version after the changes.</param>
/// <param name="ContentChanges">The changes, one after another.</param>
public sealed record DidChangeTextDocumentParams(
    VersionedTextDocumentIdentifier TextDocument, IReadOnlyList<TextDocumentContentChange> ContentChanges);

/// <summary>One change.</summary>
/// <param name="Range">What is replaced; null for the whole text.</param>
/// <param name="Text">What stands there afterwards.</param>
public sealed record TextDocumentContentChange(LspRange? Range, string Text);

/// <summary><c>textDocument/didClose</c> and <c>didSave</c>.</summary>
/// <param name="TextDocument">The document.</param>
public sealed record TextDocumentParams(TextDocumentIdentifier TextDocument);
