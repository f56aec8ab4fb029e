namespace ExplainLsp.Server.Protocol;

/// <summary><c>window/logMessage</c> and <c>window/showMessage</c>.</summary>
/// <param name="Type">1 error, 2 warning, 3 information, 4 log.</param>
/// <param name="Message">What to write.</param>
public sealed record LogMessageParams(int Type, string Message);

/// <summary><c>$/setTrace</c>.</summary>
/// <param name="Value"><c>off</c>, <c>messages</c> or <c>verbose</c>.</param>
public sealed record SetTraceParams(string Value);

/// <summary><c>$/logTrace</c>.</summary>
/// <param name="Message">What happened.</param>
/// <param name="Verbose">More of it, when the trace is verbose.</param>
public sealed record LogTraceParams(string Message, string? Verbose);
