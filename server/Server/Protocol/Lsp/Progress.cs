using Newtonsoft.Json.Linq;

namespace ExplainLsp.Server.Protocol;

/// <summary><c>window/workDoneProgress/create</c> and <c>/cancel</c>.</summary>
/// <param name="Token">A string or number.</param>
public sealed record ProgressTokenParams(JToken Token);

/// <summary><c>$/progress</c>.</summary>
/// <param name="Token">A string or number.</param>
/// <param name="Value">Begin, report or end.</param>
public sealed record ProgressParams(JToken Token, WorkDoneProgressValue Value);

/// <summary>A step of a progress.</summary>
/// <param name="Kind"><c>begin</c>, <c>report</c> or <c>end</c>.</param>
/// <param name="Title">What is done, at the beginning.</param>
/// <param name="Cancellable">Whether it can be stopped.</param>
/// <param name="Message">How far it is, in words.</param>
/// <param name="Percentage">How far it is, 0 to 100.</param>
public sealed record WorkDoneProgressValue(string Kind, string? Title = null, bool? Cancellable = null, string? Message = null, int? Percentage = null);
