#pragma warning disable RS0030 // The one place where the command line takes the process's own streams; everything else is given them.

using System.Text;

namespace ExplainLsp.Server.CommandLine;

/// <summary>The process's own streams: results go to the output, progress and errors to the error stream.</summary>
internal sealed class Terminal : IDisposable
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Takes the process's streams.</summary>
    public Terminal()
    {
        Input = Console.OpenStandardInput();
        OutputStream = Console.OpenStandardOutput();
        Output = new StreamWriter(OutputStream, Utf8) { NewLine = "\n" };
        Error = new StreamWriter(Console.OpenStandardError(), Utf8) { AutoFlush = true, NewLine = "\n" };
    }

    /// <summary>What the process reads.</summary>
    public Stream Input { get; }

    /// <summary>Where results go, as bytes.</summary>
    public Stream OutputStream { get; }

    /// <summary>Where results go, as UTF-8 text; flush before the process ends.</summary>
    public TextWriter Output { get; }

    /// <summary>Where errors and progress go.</summary>
    public TextWriter Error { get; }

    /// <summary>Whether a person sees the output as it is.</summary>
    public bool IsOutputTerminal { get; } = !Console.IsOutputRedirected;

    /// <summary>Whether a person sees the error stream as it is, so that a bar may be drawn over itself.</summary>
    public bool IsErrorTerminal { get; } = !Console.IsErrorRedirected;

    /// <inheritdoc/>
    public void Dispose()
    {
        Output.Dispose();
        Error.Dispose();
        Input.Dispose();
    }
}
