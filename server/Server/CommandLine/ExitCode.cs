using ExplainLsp.Explainers;
using ExplainLsp.Models;
using ExplainLsp.Samples;
using ExplainLsp.Workspaces;

namespace ExplainLsp.Server.CommandLine;

/// <summary>How a command ends.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>Wrong use.</summary>
    public const int WrongUse = 2;

    /// <summary>Unreadable or unsupported input.</summary>
    public const int Unreadable = 3;

    /// <summary>The computation failed.</summary>
    public const int Failed = 4;

    /// <summary>Interrupted.</summary>
    public const int Interrupted = 130;

    /// <summary>What an exception means to the caller, and the one line that says it.</summary>
    public static (int Code, string Message) Of(Exception exception) => exception switch
    {
        OperationCanceledException => (Interrupted, "Interrupted; nothing was left half written."),
        ExplainerException or UsageException => (WrongUse, exception.Message),
        ModelException or SampleException or ManifestException => (Unreadable, exception.Message),
        ModelRunException => (Failed, exception.Message),
        OutOfMemoryException => (Failed, "The machine has no memory left for this. Explain fewer rows, or use fewer background rows."),
        IOException or UnauthorizedAccessException => (Unreadable, $"{exception.Message} Check the path and its permissions."),
        _ => (Failed, $"This is a bug in explainlsp ({exception.GetType().Name}: {exception.Message}). Report it with the command that you ran."),
    };
}

/// <summary>A command that cannot be run as it was written. One line: what, where, what to do.</summary>
/// <param name="message">What, where, what to do.</param>
internal sealed class UsageException(string message) : ArgumentException(message);
