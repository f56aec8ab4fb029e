namespace ExplainLsp.Models;

/// <summary>
/// A model that was opened but failed while it computed. The message is one line for people: what, where, what to do.
/// </summary>
/// <param name="message">What, where, what to do; no stack trace, no type names.</param>
/// <param name="inner">The cause, for the log only.</param>
public sealed class ModelRunException(string message, Exception? inner = null) : InvalidOperationException(message, inner);
