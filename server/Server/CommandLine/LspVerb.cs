using System.CommandLine;
using ExplainLsp.Server.Rpc;

namespace ExplainLsp.Server.CommandLine;

/// <summary><c>explainlsp lsp</c>: the language server on stdio.</summary>
internal static class LspVerb
{
    /// <summary>The verb.</summary>
    public static Command Create(Terminal terminal)
    {
        var verb = new Command("lsp", "Serve an editor over stdin and stdout (Language Server Protocol 3.17).")
        {
            // Clients of the protocol name the transport they use; stdio is the only one there is.
            new Option<bool>("--stdio") { Description = "Use stdin and stdout, which is what happens anyway", Hidden = true },
        };
        verb.SetAction((_, cancellation) => LanguageServer.RunAsync(terminal.Input, terminal.OutputStream, cancellation));
        return verb;
    }
}
