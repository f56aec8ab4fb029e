namespace ExplainLsp.Samples;

/// <summary>
/// A sample file, row or cell that cannot be read or does not fit the model. The message is one line for people: what is wrong,
/// where (row and line), and what to do.
/// </summary>
/// <param name="message">What, where, what to do; no stack trace, no type names.</param>
/// <param name="inner">The cause, for the log only.</param>
public sealed class SampleException(string message, Exception? inner = null) : IOException(message, inner);
