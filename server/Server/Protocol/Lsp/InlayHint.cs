namespace ExplainLsp.Server.Protocol;

/// <summary><c>textDocument/inlayHint</c>.</summary>
/// <param name="TextDocument">The document.</param>
/// <param name="Range">The visible stretch.</param>
public sealed record InlayHintParams(TextDocumentIdentifier TextDocument, LspRange Range);

/// <summary>A note within a line.</summary>
/// <param name="Position">Where.</param>
/// <param name="Label">Its text.</param>
/// <param name="Tooltip">What it means.</param>
/// <param name="PaddingLeft">Whether a space stands before it.</param>
public sealed record InlayHint(Position Position, string Label, string Tooltip, bool PaddingLeft);
