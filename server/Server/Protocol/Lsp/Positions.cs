namespace ExplainLsp.Server.Protocol;

/// <summary>A place in a text.</summary>
/// <param name="Line">The line, from 0.</param>
/// <param name="Character">The UTF-16 code unit within the line, from 0.</param>
public sealed record Position(int Line, int Character);

/// <summary>A stretch of text (LSP's <c>Range</c>).</summary>
/// <param name="Start">Where it starts.</param>
/// <param name="End">Where it ends, exclusive.</param>
public sealed record LspRange(Position Start, Position End);

/// <summary>A request about a place in a document.</summary>
/// <param name="TextDocument">The document.</param>
/// <param name="Position">The place.</param>
public sealed record TextDocumentPositionParams(TextDocumentIdentifier TextDocument, Position Position);

/// <summary>A stretch of text in a document.</summary>
/// <param name="Uri">The document.</param>
/// <param name="Range">The stretch.</param>
public sealed record Location(string Uri, LspRange Range);
