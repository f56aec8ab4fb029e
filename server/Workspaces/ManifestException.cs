namespace ExplainLsp.Workspaces;

/// <summary>An <c>explain.json</c>, or a choice of model, that cannot be used. One line: what, where, what to do.</summary>
/// <param name="message">What, where, what to do.</param>
/// <param name="inner">The cause, for the log only.</param>
public sealed class ManifestException(string message, Exception? inner = null) : IOException(message, inner);
