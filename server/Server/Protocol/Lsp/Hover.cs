namespace ExplainLsp.Server.Protocol;

/// <summary>A hover.</summary>
/// <param name="Contents">Its text.</param>
/// <param name="Range">What it is about.</param>
public sealed record Hover(MarkupContent Contents, LspRange Range);

/// <summary>A text with its kind.</summary>
/// <param name="Kind"><c>markdown</c> or <c>plaintext</c>.</param>
/// <param name="Value">The text.</param>
public sealed record MarkupContent(string Kind, string Value);
