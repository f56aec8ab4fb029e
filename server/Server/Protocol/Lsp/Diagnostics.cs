namespace ExplainLsp.Server.Protocol;

/// <summary><c>textDocument/publishDiagnostics</c>.</summary>
/// <param name="Uri">The document.</param>
/// <param name="Version">The version they were found in; null for files that are not open.</param>
/// <param name="Diagnostics">All of them.</param>
public sealed record PublishDiagnosticsParams(string Uri, int? Version, IReadOnlyList<Diagnostic> Diagnostics);

/// <summary>A finding.</summary>
/// <param name="Range">Where.</param>
/// <param name="Severity">1 error, 2 warning, 3 information, 4 hint.</param>
/// <param name="Source">Always <c>explain</c>.</param>
/// <param name="Message">What.</param>
public sealed record Diagnostic(LspRange Range, int Severity, string Source, string Message);
