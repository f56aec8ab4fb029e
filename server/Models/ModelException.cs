namespace ExplainLsp.Models;

/// <summary>
/// A model that cannot be read or used as it is. The message is one line for people: what is wrong, where, and what to do.
/// </summary>
/// <param name="message">What, where, what to do; no stack trace, no type names.</param>
/// <param name="inner">The cause, for the log only.</param>
public sealed class ModelException(string message, Exception? inner = null) : IOException(message, inner);
