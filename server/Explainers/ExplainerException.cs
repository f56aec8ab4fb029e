namespace ExplainLsp.Explainers;

/// <summary>
/// A question that cannot be asked: an unknown method, option, class or metric, or a budget too small or too large. The message is
/// one line for people: what, where, what to do.
/// </summary>
/// <param name="message">What, where, what to do.</param>
public sealed class ExplainerException(string message) : ArgumentException(message);
